"""From the preview to the applied change, and back."""

from datetime import date

import pytest

from communes.models import BoundaryChange, Commune
from tests.factories import make_assessment, make_change, make_criteria_set, make_period
from tests.targets.boundaries.drafts import Merger

pytestmark = pytest.mark.django_db


def test_preview_of_a_draft_with_faults_leads_back_to_them(pages, merger):
    merger.unit.parts.all().delete()
    answer = pages.client.get(pages.draft("boundary_preview"), follow=True)
    assert answer.redirect_chain[-1][0] == merger.draft.get_absolute_url()
    assert b"No line is entered yet" in answer.content


def test_change_is_applied_from_its_preview(pages, merger):
    seen = pages.get(pages.draft("boundary_preview")).context["seen"]
    answer = pages.post(pages.draft("boundary_apply"), seen=seen)
    change = BoundaryChange.objects.get()
    assert answer.redirect_chain[-1][0] == pages.address("boundary", change.pk)
    assert Commune.objects.filter(code="99901").exists()


def test_stale_preview_is_shown_anew(pages, merger):
    answer = pages.post(pages.draft("boundary_apply"), seen="alt")
    assert answer.redirect_chain[-1][0] == pages.draft("boundary_preview")
    assert b"Something changed since this preview" in answer.content
    assert not BoundaryChange.objects.exists()


def test_applied_draft_leads_to_its_change(pages, merger):
    change = merger.apply()
    answer = pages.post(pages.draft("boundary_unit_remove", unit=merger.unit.pk))
    assert answer.redirect_chain[-1][0] == pages.address("boundary", change.pk)
    assert merger.draft.units.exists()


def test_change_is_taken_back_with_a_reason(pages, merger):
    change = merger.apply()
    pages.post(pages.address("boundary_undo", change.pk), reason="")
    assert BoundaryChange.objects.exists()
    pages.post(pages.address("boundary_undo", change.pk), reason="nhầm")
    assert not BoundaryChange.objects.exists()


def test_what_stands_in_the_way_is_told_before_and_after(pages, merger):
    change = merger.apply()
    make_assessment(
        commune=Commune.objects.get(code="99901"),
        criteria_set=make_criteria_set(criteria=1),
        period=make_period(province=merger.province, year=2026, quarter=1),
    )
    address = pages.address("boundary_undo", change.pk)
    sentence = "Assessments: there are some for Commune Tân Lập."
    assert pages.get(address).context["obstacles"] == [sentence]
    assert sentence in pages.post(address, reason="nhầm").content.decode()


def test_change_of_the_reference_data_stays(pages, merger):
    change = make_change(province=merger.province, effective_on=date(2020, 1, 1))
    answer = pages.post(pages.address("boundary_undo", change.pk), reason="nhầm")
    assert b"came with the reference data and stays" in answer.content
    assert BoundaryChange.objects.filter(pk=change.pk).exists()


def test_preview_costs_the_same_for_any_number_of_units(pages, merger, django_assert_num_queries):
    for number in range(10):
        extra = Merger(province=merger.province)
        unit = merger.new_unit(f"999{number + 20}", district=extra.district)
        merger.line(extra.old, unit)
    pages.get(pages.draft("boundary_preview"))
    # as the draft without its history, then assessments, periods, roles, data version
    with django_assert_num_queries(18):
        pages.get(pages.draft("boundary_preview"))

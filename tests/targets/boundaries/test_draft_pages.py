"""The pages on which a draft is entered."""

import pytest

from targets.boundaries.models import BoundaryDraft, DraftPart, DraftUnit
from tests.targets.boundaries.drafts import Merger

pytestmark = pytest.mark.django_db

UNIT = {"code": "99950", "name": "Tân Thanh", "kind": "commune"}


def test_draft_is_begun_with_its_resolution(pages, merger):
    pages.post(pages.address("boundary_add"), resolution="7/NQ", effective_on="2026-02-01")
    draft = BoundaryDraft.objects.get(resolution="7/NQ")
    assert (draft.source, draft.history.get().history_user) == ("7/NQ", merger.officer)


def test_draft_keeps_what_was_typed_when_the_day_is_refused(pages):
    answer = pages.post(
        pages.address("boundary_add"), resolution="7/NQ", effective_on="2199-02-01"
    )
    assert "not on 01/02/2199" in answer.context["form"].errors["effective_on"][0]
    assert b'value="7/NQ"' in answer.content


def test_draft_says_what_changed_in_its_history(pages, merger):
    pages.post(pages.draft("boundary_change_draft"), resolution="9/NQ", effective_on="2026-02-01")
    events = pages.get(pages.draft("boundary_draft")).context["events"]
    assert events[0].what.startswith("In effect from: 01/01/2026 → 01/02/2026")


def test_unit_is_added_with_the_units_that_pass_into_it(pages, merger):
    district = merger.district.pk
    pages.post(
        pages.draft("boundary_unit_add"),
        **UNIT,
        district=district,
        area_km2="12.5",
        whole=[merger.third.pk],
    )
    unit = DraftUnit.objects.get(code="99950")
    (part,) = unit.parts.all()
    assert (part.old, part.kind, part.share_area) == (merger.third, "code_change", 1)
    assert str(unit.area_km2) == "12.50"


def test_unit_loses_the_lines_that_are_no_longer_chosen(pages, merger):
    pages.post(
        pages.draft("boundary_unit", unit=merger.unit.pk),
        **UNIT,
        district=merger.district.pk,
        whole=[merger.old.pk, merger.third.pk],
    )
    parts = merger.unit.parts.values_list("old", "kind")
    assert list(parts) == [
        (merger.old.pk, "merged_into_new"),
        (merger.third.pk, "merged_into_new"),
    ]


def test_code_of_another_new_unit_is_refused(pages, merger):
    answer = pages.post(pages.draft("boundary_unit_add"), **UNIT | {"code": "99901"})
    (error,) = answer.context["form"].errors["code"]
    assert error == "Commune Tân Lập of this draft has the code 99901 already."


def test_line_of_a_split_is_entered_in_per_cent(pages, merger):
    pages.post(
        pages.draft("boundary_line_add"),
        old=merger.third.pk,
        target=f"unit-{merger.unit.pk}",
        kind="dissolved_split",
        area="33.512",
    )
    part = DraftPart.objects.get(old=merger.third)
    assert (str(part.share_area), part.share_people, part.is_whole) == ("0.33512", None, False)


def test_line_shows_what_is_stored_when_it_is_changed(pages, merger):
    part = merger.line(merger.third, merger.other, "boundary_transfer", share_area="0.25")
    form = pages.get(pages.draft("boundary_line", line=part.pk)).context["form"]
    assert form["target"].value() == f"commune-{merger.other.pk}"
    assert form["area"].value() == 25


def test_same_line_twice_is_refused(pages, merger):
    answer = pages.post(
        pages.draft("boundary_line_add"),
        old=merger.old.pk,
        target=f"unit-{merger.unit.pk}",
        kind="merged_into_new",
    )
    (error,) = answer.context["form"].errors["target"]
    assert error == "Commune Bắc Ái → Commune Tân Lập is in the draft already."


def test_unit_does_not_pass_into_itself(pages, merger):
    answer = pages.post(
        pages.draft("boundary_line_add"),
        old=merger.third.pk,
        target=f"commune-{merger.third.pk}",
        kind="absorbed",
    )
    assert answer.context["form"].errors["target"] == ["A unit does not pass into itself."]


def test_unit_is_removed_with_its_lines(pages, merger):
    pages.post(pages.draft("boundary_unit_remove", unit=merger.unit.pk))
    assert not DraftPart.objects.exists()


def test_line_of_another_draft_is_not_there(pages, merger):
    other = Merger(province=merger.province).draft.parts.first()
    answer = pages.post(pages.draft("boundary_line_remove", line=other.pk))
    assert answer.status_code == 404


def test_draft_is_dropped_and_stays_in_the_history(pages, merger):
    pages.post(pages.draft("boundary_discard"))
    assert not BoundaryDraft.objects.exists()
    assert BoundaryDraft.history.first().history_user == merger.officer


def test_draft_costs_the_same_for_any_number_of_units(pages, merger, django_assert_num_queries):
    for number in range(10):
        extra = Merger(province=merger.province)
        unit = merger.new_unit(f"999{number + 20}", district=extra.district)
        merger.line(extra.old, unit)
    pages.get(pages.draft("boundary_draft"))
    # session, user, roles, province, draft, units, lines, districts that end,
    # checks (resolution, codes, districts, later changes), history; savepoint around
    with django_assert_num_queries(15):
        pages.get(pages.draft("boundary_draft"))

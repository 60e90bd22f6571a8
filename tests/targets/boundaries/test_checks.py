"""What is wrong with a draft, told in sentences."""

from datetime import date

import pytest

from targets.boundaries.checks import faults_of
from targets.boundaries.models import DraftPart
from targets.boundaries.proposal import Proposal
from tests.factories import make_change, make_commune, make_district, make_province
from tests.targets.boundaries.drafts import DAY, Merger

pytestmark = pytest.mark.django_db


def faults(merger):
    return faults_of(Proposal.of(merger.draft))


def split(merger, *shares, field="share_area"):
    """The third unit is split between the new one and others, with these shares."""
    targets = [merger.unit, *(merger.new_unit(f"9991{n}") for n in range(1, len(shares)))]
    for target, share in zip(targets, shares, strict=True):
        merger.line(merger.third, target, "dissolved_split", **{field: share})


def test_merger_in_order_has_none(merger):
    assert faults(merger) == []


def test_empty_draft_says_what_to_enter(merger):
    merger.draft.units.all().delete()
    assert faults(merger) == ["No line is entered yet: say which unit passes into which."]


def test_same_resolution_of_the_same_day_is_not_entered_twice(merger):
    make_change(province=merger.province, effective_on=DAY, resolution="9/NQ")
    assert faults(merger) == ["9/NQ with effect from 01/01/2026 is in the register already."]


def test_old_unit_that_begins_on_the_day_is_too_young(merger):
    young = make_commune(district=merger.district, name="Mới", valid_from=DAY)
    merger.line(young, merger.unit)
    assert faults(merger) == [
        "Commune Mới is in force from 01/01/2026 on only, so it cannot change on 01/01/2026."
    ]


def test_old_unit_that_was_over_before_is_refused(merger):
    gone = make_commune(district=merger.district, name="Cũ", valid_to=date(2020, 1, 1))
    merger.line(gone, merger.unit)
    assert faults(merger) == [
        "Commune Cũ was in force until 01/01/2020 only, not on the day before 01/01/2026."
    ]


def test_old_unit_that_ends_later_by_another_change_is_refused(merger):
    ending = make_commune(district=merger.district, name="Cũ", valid_to=date(2026, 6, 30))
    merger.line(ending, merger.unit)
    assert faults(merger) == ["Commune Cũ ends on 30/06/2026 by another change already."]


def test_whole_unit_has_one_line(merger):
    merger.line(merger.old, merger.third, "absorbed")
    assert faults(merger) == [
        "Commune Bắc Ái passes on as a whole, so it can have one line only, not 2."
    ]


def test_unit_is_not_both_dissolved_and_kept(merger):
    merger.line(merger.third, merger.unit, "dissolved_split")
    merger.line(merger.third, merger.new_unit("99911"), "boundary_transfer")
    assert "Commune Tân Minh is both dissolved and kept; choose one." in faults(merger)


def test_split_names_every_part(merger):
    merger.line(merger.third, merger.unit, "dissolved_split", share_area="0.6")
    assert faults(merger)[0].startswith("Commune Tân Minh is split, but only one part is named")


def test_unit_that_ends_takes_nobody_in(merger):
    merger.line(merger.third, merger.old, "absorbed")
    assert faults(merger) == [
        "Commune Bắc Ái takes others in and lives on, but a line ends it too."
    ]


def test_kind_of_a_line_fits_where_it_leads(merger):
    DraftPart.objects.filter(old=merger.old).update(kind="absorbed")
    merger.line(merger.third, make_commune(district=merger.district, name="Sống"))
    told = faults(merger)
    assert len(told) == 2
    assert "Commune Sống lives on" in told[0] + told[1]
    assert "Commune Tân Lập is new" in told[0] + told[1]


@pytest.mark.parametrize("shares", [("0.6", "0.4"), ("0.60001", "0.39995"), (None, None)])
def test_shares_that_make_a_whole_pass(merger, shares):
    split(merger, *shares)
    assert faults(merger) == []


@pytest.mark.parametrize(("field", "what"), [("share_area", "area"), ("share_people", "people")])
def test_shares_that_make_no_whole_are_told(merger, field, what):
    split(merger, "0.6", "0.3", field=field)
    assert faults(merger) == [
        f"Commune Tân Minh: the shares of {what} make 90.00\u202f%, not 100 %."
    ]


def test_share_is_given_for_every_part_or_none(merger):
    split(merger, "0.6", None)
    assert faults(merger) == [
        "Commune Tân Minh: give the share of area for every part of it, or for none."
    ]


def test_new_unit_comes_from_something(merger):
    merger.new_unit("99902", name="Lẻ")
    assert faults(merger) == ["Commune Lẻ is new, but no line says what it is formed from."]


def test_code_in_force_for_another_unit_is_refused_also_in_another_province(merger):
    holder = make_commune(name="Khác", code="99901")
    assert faults(merger) == [
        f"Commune Tân Lập: the code 99901 is borne by {holder}, which does not end before."
    ]


def test_new_unit_lies_in_a_district_while_there_are_some(merger):
    merger.draft.units.update(district=None)
    assert faults(merger) == ["Commune Tân Lập: choose its district."]


def test_new_unit_does_not_lie_in_a_district_that_ends(merger):
    make_district(province=merger.province)
    merger.line(merger.third, merger.unit)
    merger.draft.districts_ended.add(merger.district)
    assert faults(merger) == [
        "Commune Tân Lập: District Tràng Định is not in force on 01/01/2026."
    ]


def test_district_ends_with_all_its_communes(merger):
    merger.abolish(merger.district)
    assert faults(merger) == [
        "These units would be left in a district that ends: Commune Tân Minh."
    ]


def test_change_comes_after_the_last_one_of_its_units(merger):
    make_change(
        province=merger.province,
        effective_on=date(2026, 3, 1),
        parts=[(merger.third, merger.other, False)],
    )
    (told,) = faults(merger)
    assert told == (
        "Some of these units were changed with effect from 01/03/2026; "
        "a change of 01/01/2026 would come before that."
    )


def test_checks_cost_the_same_for_any_number_of_units(merger, django_assert_num_queries):
    for number in range(10):
        unit = merger.new_unit(f"999{number + 20}")
        merger.line(make_commune(district=merger.district), unit)
    proposal = Proposal.of(merger.draft)
    # the same resolution, who bears the codes, districts that are left, later changes
    with django_assert_num_queries(4):
        assert faults_of(proposal) == []


def test_draft_of_another_province_is_its_own(merger):
    Merger(province=make_province())
    assert faults(merger) == []

"""What a preview says, and that it comes true."""

import pytest

from accounts.models import Membership, Role
from communes.models import Commune, Province
from targets import tables
from targets.boundaries.preview import preview_of
from targets.boundaries.proposal import Proposal
from targets.forms import Standpoint
from targets.snapshot import load, snapshot_of
from targets.wording import headline
from tests.factories import (
    make_assessment,
    make_criteria_set,
    make_period,
    make_plan,
    make_recognition,
    make_user,
)
from tests.targets.boundaries.drafts import DAY, Merger

pytestmark = pytest.mark.django_db


@pytest.fixture
def merger(merger):
    Province.objects.filter(pk=merger.province.pk).update(register_complete=True)
    make_plan(
        province=merger.province,
        last_year=2030,
        targets=[
            {"metric": "communes_standard", "kind": "cumulative_count", "year": 2030, "low": 3}
        ],
    )
    return merger


def preview(merger):
    merger.draft.refresh_from_db()
    return preview_of(Proposal.of(merger.draft))


def test_counts_units_before_and_after(merger):
    told = [(row["before"], row["after"]) for row in preview(merger).kinds]
    assert told == [(3, 2), (0, 0), (0, 0), (3, 2)]


def test_counts_communes_and_recognised_ones_by_district(merger):
    make_recognition(commune=merger.old, year=2024)
    make_recognition(commune=merger.third, year=2024)
    district, total = preview(merger).districts
    assert (district["label"], district["before"], district["after"]) == (
        "Tràng Định",
        (2, 3),
        (1, 2),
    )
    assert (total["before"], total["after"]) == ((2, 3), (1, 2))


def test_counts_communes_without_a_district_once_districts_end(merger):
    merger.line(merger.third, merger.unit)
    merger.abolish(merger.district)
    told = [(row["label"], row["before"], row["after"]) for row in preview(merger).districts]
    assert told[:-1] == [
        ("Tràng Định", (0, 3), (0, 0)),
        ("Without a district", (0, 0), (0, 1)),
    ]


def test_headlines_are_those_of_the_dashboard_without_and_with_the_change(merger):
    make_recognition(commune=merger.old, year=2024)
    told = preview(merger)
    assert "has 1 of 3 communes recognised" in told.headline_before
    assert "has 0 of 2 communes recognised" in told.headline_after


def test_what_is_foreseen_comes_true(merger):
    make_recognition(commune=merger.old, year=2024)
    make_recognition(commune=merger.third, year=2024)
    told = preview(merger)
    merger.apply()
    snapshot = load(Province.objects.get(pk=merger.province.pk))
    at = Standpoint(plan=snapshot.plan(), as_of=DAY)
    assert headline(snapshot, tables.plan_rows(snapshot, at)) == told.headline_after


def test_recognition_that_lapses_says_how_many_of_its_new_commune_were_recognised(merger):
    make_recognition(commune=merger.old, year=2024, grade="advanced")
    make_recognition(commune=merger.third, year=2024)
    (lapse,) = preview(merger).lapses
    assert lapse.unit == "Commune Bắc Ái (District Tràng Định)"
    assert (lapse.grade, lapse.into) == ("Advanced NTM", "Commune Tân Lập")
    assert (lapse.can_carry, lapse.recognised, lapse.together) == (True, 1, 2)


def test_recognition_does_not_carry_over_to_a_town(merger):
    make_recognition(commune=merger.old, year=2024)
    merger.draft.units.update(kind=Commune.Kind.TOWNSHIP)
    assert not preview(merger).lapses[0].can_carry


def test_open_assessments_of_units_that_end_are_listed_by_period(merger):
    criteria_set = make_criteria_set(criteria=1)
    for year, quarter in [(2025, 4), (2026, 1)]:
        period = make_period(province=merger.province, year=year, quarter=quarter, status="open")
        for commune in (merger.old, merger.third):
            make_assessment(commune=commune, criteria_set=criteria_set, period=period)
    make_assessment(commune=merger.other, criteria_set=criteria_set, period=period, met=1)
    told = preview(merger)
    assert [(row["communes"], row["still_reports"]) for row in told.open_assessments] == [
        ([merger.old], True),
        ([merger.old], False),
    ]
    assert [period.code for period in told.periods] == ["2026-Q1"]


def test_roles_say_where_they_move(merger):
    staff = make_user(role=Role.COMMUNE_STAFF, commune=merger.old)
    Membership.objects.create(
        user=staff, role=Role.COMMUNE_STAFF, province=merger.province, commune=merger.other
    )
    told = preview(merger).roles
    assert [held.target for held in told] == [merger.unit, None]
    assert told[1].why_not == "Has the same role in Commune Tân Lập already."


def test_roles_in_split_units_and_ended_districts_stay(merger):
    merger.line(merger.third, merger.unit, "dissolved_split")
    merger.line(merger.third, merger.new_unit("99911"), "dissolved_split")
    merger.abolish(merger.district)
    make_user(role=Role.COMMUNE_STAFF, commune=merger.third)
    make_user(role=Role.DISTRICT_STAFF, district=merger.district)
    told = [(held.target, held.why_not.split(";")[0]) for held in preview(merger).roles]
    assert told == [(None, "The unit is split"), (None, "The district ends")]


def test_preview_writes_nothing_and_costs_the_same_for_any_number_of_units(
    merger, django_assert_num_queries
):
    for number in range(10):
        extra = Merger(province=merger.province)
        unit = merger.new_unit(f"999{number + 20}", district=extra.district)
        for old in (extra.old, extra.other):
            merger.line(old, unit)
            make_user(role=Role.COMMUNE_STAFF, commune=old)
    draft = type(merger.draft).objects.select_related("province").get(pk=merger.draft.pk)
    proposal = Proposal.of(draft)
    snapshot_of(draft.province)
    # assessments, periods, roles; ten tables of the province that nobody had looked into
    with django_assert_num_queries(13) as asked:
        preview_of(proposal)
    assert all(query["sql"].startswith("SELECT") for query in asked.captured_queries)

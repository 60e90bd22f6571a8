"""Many assessments laid out at once say what each says alone."""

import pytest

from criteria.entry import read_entries, read_entry
from criteria.models import Assessment
from criteria.sheets import forget_layouts
from tests.criteria.world import World
from tests.factories import make_assessment, make_commune, make_period

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World()


def read(world):
    return read_entries(list(Assessment.objects.filter(period=world.period).with_names()))


def add_commune_with_a_past(world):
    commune = make_commune(district=world.district)
    past = [
        make_assessment(
            commune=commune,
            criteria_set=world.criteria_set,
            period=make_period(province=world.province, year=2024, quarter=quarter),
            met=met,
        )
        for quarter, met in [(3, 1), (4, 2)]
    ]
    past[-1].scores.create(indicator=world.roads, value=100, verdict="met")
    assessment = world.make_assessment(commune, state="returned")
    world.fill(assessment, roads=60)
    return assessment


def test_each_has_its_own_last_verified_one(world):
    assessments = [add_commune_with_a_past(world) for _ in range(2)]
    found = {entry.assessment.pk: entry for entry in read(world)}
    assert found[world.assessment.pk].before is None
    for assessment in assessments:
        entry = found[assessment.pk]
        assert (entry.before.commune, entry.before.criteria_met) == (assessment.commune, 2)
        assert (entry.rows[0].last.value, entry.rows[0].warnings) == (100, ["fell", "jump"])
        assert entry == read_entry(Assessment.objects.with_names().get(pk=assessment.pk))


def test_two_periods_of_one_commune_have_each_its_own_before(world):
    assessment = add_commune_with_a_past(world)
    last = Assessment.objects.get(commune=assessment.commune, period__quarter=4)
    both = Assessment.objects.filter(pk__in=[assessment.pk, last.pk]).with_names().order_by("pk")
    assert [entry.before.criteria_met for entry in read_entries(list(both))] == [1, 2]


def test_costs_the_same_queries_for_any_number(world, django_assert_num_queries):
    for _ in range(3):
        add_commune_with_a_past(world)
        forget_layouts()
        # the assessments, scores, the last verified, their scores, steps of return,
        # the set's criteria, indicators and thresholds
        with django_assert_num_queries(8):
            read(world)

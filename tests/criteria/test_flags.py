"""What reviewers alone are pointed to, and on what grounds."""

import pytest

from criteria.checks import Flag
from criteria.models import Assessment
from criteria.review_wording import why_flagged
from criteria.reviewing import read_reviews
from tests.criteria.world import World
from tests.factories import (
    make_assessment,
    make_indicator,
    make_period,
    make_recognition,
    make_score,
    make_threshold,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    """Five percentages more, each with a threshold of 70."""
    world = World(quarter=4)
    second = world.criteria_set.criteria.get(number=2)
    world.shares = [make_indicator(criterion=second) for _ in range(5)]
    for indicator in world.shares:
        make_threshold(indicator=indicator, value=70, is_verified=True)
    return world


def score_shares(world, values, assessment=None):
    for indicator, value in zip(world.shares, values, strict=True):
        make_score(assessment=assessment or world.assessment, indicator=indicator, value=value)


def raised(world, user=None):
    assessment = Assessment.objects.with_names().get(pk=world.assessment.pk)
    [review] = read_reviews([assessment], user or world.officer)
    return {of.flag: why_flagged(of, review) for of in review.flags}


def test_nothing_is_flagged_without_grounds(world):
    world.fill()
    score_shares(world, [71, 82, 93, 74, 95])
    assert raised(world) == {}


def test_many_values_at_the_threshold(world):
    score_shares(world, [70, 70, 70, 70, 95])
    assert raised(world)[Flag.AT_THRESHOLD].startswith("4 giá trị")


def test_same_numbers_as_another_commune_are_named(world):
    other = world.make_assessment(world.other_commune)
    for assessment in (world.assessment, other):
        score_shares(world, [71, 82, 93, 74, 95], assessment)
    assert "Xã Bắc Ái" in raised(world)[Flag.IDENTICAL]


def test_commune_out_of_sight_is_neither_compared_nor_named(world):
    other = world.make_assessment(world.other_commune)
    for assessment in (world.assessment, other):
        score_shares(world, [71, 82, 93, 74, 95], assessment)
    assert raised(world, world.district_staff) == {}


def test_same_numbers_in_another_period_are_no_copy(world):
    earlier = make_period(province=world.province, year=2025, quarter=1)
    other = world.make_assessment(world.other_commune, earlier)
    for assessment in (world.assessment, other):
        score_shares(world, [71, 82, 93, 74, 95], assessment)
    assert raised(world) == {}


def test_every_criterion_becomes_met_in_december(world):
    before = make_assessment(
        commune=world.commune,
        criteria_set=world.criteria_set,
        period=make_period(province=world.province, year=2025, quarter=3),
        met=0,
    )
    scored = [world.roads, world.poor, world.plan, *world.shares]
    for indicator in scored:
        make_score(assessment=before, indicator=indicator, verdict="not_met")
        value = 95 if indicator.kind == "percent" else None
        make_score(assessment=world.assessment, indicator=indicator, verdict="met", value=value)
    third = world.criteria_set.criteria.get(number=3)
    before.scores.create(criterion=third, verdict="not_met")
    world.assessment.scores.create(criterion=third, verdict="met")
    assert Flag.ALL_AT_YEAR_END in raised(world)


class TestRecognition:
    def test_recognised_commune_short_of_a_criterion(self, world):
        world.fill(roads=60)
        score_shares(world, [71, 82, 93, 74, 95])
        make_recognition(commune=world.commune, year=2024)
        assert "công nhận" in raised(world)[Flag.RECOGNISED_GAP]

    def test_decision_that_counts_only_later_does_not(self, world):
        world.fill(roads=60)
        score_shares(world, [71, 82, 93, 74, 95])
        make_recognition(commune=world.commune, year=2026)
        assert raised(world) == {}

    def test_commune_that_meets_all_and_is_not_in_a_complete_register(self, world):
        world.fill()
        score_shares(world, [71, 82, 93, 74, 95])
        assert raised(world) == {}
        world.province.register_complete = True
        world.province.save()
        assert Flag.RECOGNISED_GAP in raised(world)

    def test_advanced_set_asks_for_an_advanced_recognition(self, world):
        world.criteria_set.grade = "advanced"
        world.criteria_set.save()
        world.fill(roads=60)
        score_shares(world, [71, 82, 93, 74, 95])
        make_recognition(commune=world.commune, year=2023)
        assert raised(world) == {}
        make_recognition(commune=world.commune, year=2024, grade="advanced")
        assert Flag.RECOGNISED_GAP in raised(world)

    def test_basically_met_is_enough_where_the_province_says_so(self, world):
        world.fill(roads=90)
        score_shares(world, [71, 82, 93, 74, 95])
        world.assessment.scores.filter(indicator=world.plan).update(verdict="basically")
        make_recognition(commune=world.commune, year=2024)
        assert Flag.RECOGNISED_GAP in raised(world)
        world.province.basically_met_counts = True
        world.province.save()
        assert raised(world) == {}


def test_district_is_compared_with_approved_ones_of_others(world):
    other = make_assessment(
        commune=world.other_commune,
        criteria_set=world.criteria_set,
        period=world.period,
        met=3,
    )
    for assessment in (world.assessment, other):
        score_shares(world, [71, 82, 93, 74, 95], assessment)
    assert Flag.IDENTICAL in raised(world, world.district_staff)

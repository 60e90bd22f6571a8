"""Scores are written whole, once, with their history, and never over somebody else's."""

from decimal import Decimal

import pytest
from django.utils import timezone

from accounts.refusals import Refused
from criteria.models import Assessment, Origin, ReportingPeriod, Score
from criteria.refusals import Conflicts
from criteria.scoring import why_not_writable
from tests.criteria.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World()


def score_of(indicator):
    return Score.objects.get(indicator=indicator)


def test_number_decides_against_a_verified_threshold(world):
    world.save(world.change("1.1", 80, "not_met"))
    assert score_of(world.roads).verdict == "met"


def test_hand_decides_where_the_threshold_is_unverified(world):
    world.save(world.change("1.2", 50, "met"))
    assert score_of(world.poor).verdict == "met"


def test_what_does_not_apply_keeps_no_number(world):
    world.save(world.change("1.1", 80))
    world.save(world.change("1.1", 80, "not_applicable", version=1))
    assert (score_of(world.roads).value, score_of(world.roads).verdict) == (None, "not_applicable")


def test_saving_leaves_who_when_before_and_after(world):
    world.save(world.change("1.1", 70, note="đường mới"))
    world.save(world.change("1.1", 85, version=1), origin=Origin.API)
    first, second = Score.history.order_by("history_id")
    assert (first.history_type, first.before_value, first.value) == ("+", None, Decimal(70))
    assert second.history_type == "~"
    assert (second.before_value, second.value) == (Decimal(70), Decimal(85))
    assert (second.before_verdict, second.verdict) == ("not_met", "met")
    assert (second.before_note, second.note) == ("đường mới", "")
    assert (second.history_user, second.origin) == (world.staff, "api")
    assert second.id == score_of(world.roads).pk


def test_stale_save_is_refused_with_both_findings(world):
    world.save(world.change("1.1", 70))
    world.save(world.change("1.1", 75, version=1), by=world.district_staff)
    with pytest.raises(Conflicts) as refusal:
        world.save(world.change("1.1", 90, version=1))
    [(mine, theirs)] = refusal.value.pairs
    assert (mine.value, theirs.value, theirs.entered_by) == (90, 75, world.district_staff)
    assert score_of(world.roads).value == 75


def test_two_first_entries_do_not_overwrite_each_other(world):
    world.save(world.change("1.1", 70))
    with pytest.raises(Conflicts):
        world.save(world.change("1.1", 90), by=world.district_staff)


def test_replayed_request_changes_nothing_and_is_no_conflict(world):
    for _time in range(2):
        world.save(world.change("1.1", 70))
    assert score_of(world.roads).version == 1
    assert Score.history.count() == 1


def test_one_stale_change_keeps_all_others_out(world):
    world.save(world.change("1.1", 70))
    with pytest.raises(Conflicts):
        world.save(world.change("1.1", 90), world.change("2.1", verdict="met"))
    assert Score.objects.count() == 1


def test_score_can_be_emptied_again(world):
    world.save(world.change("1.1", 70))
    world.save(world.change("1.1", version=1))
    assert (score_of(world.roads).value, score_of(world.roads).verdict) == (None, None)


def test_criterion_without_indicators_is_scored_itself(world):
    world.save(world.change("3", verdict="met"))
    assert Score.objects.get().criterion.number == 3


@pytest.mark.parametrize("state", ["submitted", "checked"])
def test_assessment_out_of_entry_takes_no_scores(world, state):
    world.assessment.state = state
    world.assessment.save()
    with pytest.raises(Refused):
        world.save(world.change("1.1", 70))
    assert not Score.objects.exists()


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (ReportingPeriod.Status.CLOSED, "đã đóng đối với Xã Hội Hoan.*ngoại lệ"),
        (ReportingPeriod.Status.PLANNED, "chưa mở.*khi tỉnh mở kỳ"),
    ],
)
def test_period_that_is_not_open_refuses_writes_and_says_what_to_do(status, words):
    world = World(status=status)
    with pytest.raises(Refused, match=words):
        world.save(world.change("1.1", 70))
    assert not Score.objects.exists()


class TestException:
    @pytest.fixture
    def closed(self):
        return World(status=ReportingPeriod.Status.CLOSED)

    def may_save(self, world):
        try:
            world.save(world.change("1.1", 70))
        except Refused:
            return False
        return True

    def test_lets_its_commune_write(self, closed):
        closed.make_exception(commune=closed.commune)
        assert self.may_save(closed)

    def test_lets_the_communes_of_its_district_write(self, closed):
        closed.make_exception(district=closed.district)
        assert self.may_save(closed)

    def test_helps_no_other_unit(self, closed):
        closed.make_exception(commune=closed.other_commune)
        closed.make_exception(district=closed.other_district)
        assert not self.may_save(closed)

    def test_ends_at_its_moment(self, closed):
        closed.make_exception(hours=-1, commune=closed.commune)
        assert not self.may_save(closed)

    def test_is_looked_up_once_for_any_number_of_communes(self, closed, django_assert_num_queries):
        closed.make_assessment(closed.other_commune)
        assessments = list(Assessment.objects.with_names())
        closed.make_exception(commune=closed.commune)
        with django_assert_num_queries(1):
            reasons = why_not_writable(assessments)
        [refused] = [a for a in assessments if a.pk in reasons]
        assert refused.commune == closed.other_commune
        assert "đã đóng" in reasons[refused.pk]

    def test_ends_when_withdrawn(self, closed):
        granted = closed.make_exception(commune=closed.commune)
        granted.withdrawn_at = timezone.now()
        granted.save()
        assert not self.may_save(closed)


def test_costs_the_same_queries_for_any_number_of_changes(world, django_assert_num_queries):
    one = [world.change("1.1", 70)]
    more = [world.change("1.1", 75, version=1), world.change("1.2", 30, "met")]
    # savepoint, lock, stored scores, insert or update, history, release
    for changes in (one, more):
        with django_assert_num_queries(6):
            world.save(*changes)

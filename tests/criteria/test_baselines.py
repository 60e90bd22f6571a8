"""What an assessment is compared with: itself when approved before, else the last verified one."""

import pytest
from django.utils import timezone

from criteria import steps
from criteria.models import Assessment
from criteria.reviewing import read_reviews
from tests.criteria.world import World
from tests.factories import make_period, make_step

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World(district_verifies=False)


def review(world, assessment=None):
    pk = (assessment or world.assessment).pk
    return read_reviews([Assessment.objects.with_names().get(pk=pk)], world.officer)[0]


def changes(found):
    return {
        line.row.line.code: (line.before.value, line.row.value, line.before.verdict)
        for line in found.changed
    }


def approve(world):
    world.take(steps.submit, by=world.staff)
    version = Assessment.objects.get(pk=world.assessment.pk).version
    world.take(steps.approve, by=world.officer, version=version)


def with_a_past(world):
    """Approved in the quarter before with 85 where 90 is reported now."""
    earlier = make_period(province=world.province, year=2025, quarter=1, status="open")
    past = world.make_assessment(world.commune, earlier)
    world.fill(past, roads=85)
    counts = dict.fromkeys(["criteria_met", "criteria_basically", "criteria_applicable"], 3)
    Assessment.objects.filter(pk=past.pk).update(
        state="approved", decided_at=timezone.now(), **counts
    )
    return past


def test_first_assessment_has_nothing_to_be_compared_with(world):
    world.fill()
    found = review(world)
    assert (found.baseline, found.tally_before) == (None, None)
    assert [line.row.line.code for line in found.changed] == ["1.1", "1.2", "2.1", "3"]


def test_compares_with_the_last_verified_assessment(world):
    past = with_a_past(world)
    world.fill()
    found = review(world)
    assert (found.baseline.assessment, found.baseline.is_own) == (past, False)
    assert changes(found) == {"1.1": (85, 90, "met")}
    assert (found.tally_before.met, found.tally.met) == (3, 3)


class TestApprovedBefore:
    @pytest.fixture
    def reopened(self, world):
        with_a_past(world)
        world.fill()
        approve(world)
        world.take(steps.reopen, by=world.officer, reason="sửa")
        return world

    def test_compares_with_itself_as_it_was_approved(self, reopened):
        reopened.save(reopened.change("1.1", 70, version=1))
        reopened.save(reopened.change("1.1", 75, version=2, note="đo lại"))
        found = review(reopened)
        assert found.baseline.is_own
        assert found.baseline.at == reopened.assessment.steps.get(action="approve").at
        assert changes(found) == {"1.1": (90, 75, "met")}
        assert (found.tally_before.met, found.tally.met) == (3, 2)

    def test_says_so_when_nothing_has_changed(self, reopened):
        found = review(reopened)
        assert (found.baseline.is_own, found.changed) == (True, [])

    def test_another_note_is_a_change(self, reopened):
        reopened.save(reopened.change("1.2", 30, "met", version=1, note="theo biên bản"))
        assert changes(review(reopened)) == {"1.2": (30, 30, "met")}

    def test_what_was_changed_and_changed_back_did_not_change(self, reopened):
        reopened.save(reopened.change("1.1", 70, version=1))
        reopened.save(reopened.change("1.1", 90, version=2))
        assert review(reopened).changed == []

    def test_line_written_after_the_approval_was_empty_then(self, world):
        for action in ("approve", "reopen"):
            make_step(assessment=world.assessment, action=action, by=world.officer)
        world.fill()
        assert changes(review(world))["1.1"] == (None, 90, None)

    def test_after_a_second_approval_the_first_is_still_the_one_before(self, reopened):
        reopened.save(reopened.change("1.1", 95, version=1))
        approve(reopened)
        assert changes(review(reopened)) == {"1.1": (90, 95, "met")}

    def test_several_reopened_ones_keep_their_own_moments(self, reopened):
        """What was written in one between the two approvals was not written after its own."""
        reopened.save(reopened.change("1.1", 70, version=1))
        other = reopened.make_assessment(reopened.other_commune)
        reopened.fill(other)
        reopened.take(steps.submit, by=reopened.staff, assessment=other)
        reopened.take(steps.approve, by=reopened.officer, version=2, assessment=other)
        reopened.take(steps.reopen, by=reopened.officer, reason="sửa", assessment=other)
        both = Assessment.objects.filter(pk__in=[reopened.assessment.pk, other.pk])
        found = read_reviews(list(both.with_names().order_by("pk")), reopened.officer)
        assert changes(found[0]) == {"1.1": (90, 70, "met")}
        assert changes(found[1]) == {}


class TestUndone:
    @pytest.fixture
    def undone(self, world):
        with_a_past(world)
        world.fill()
        approve(world)
        world.take(steps.undo_approval, by=world.officer, reason="nhầm xã")
        return world

    def test_undone_approval_hides_nothing_that_is_to_be_decided_on(self, undone):
        found = review(undone)
        assert not found.baseline.is_own
        assert changes(found) == {"1.1": (85, 90, "met")}

    def test_what_changes_after_it_is_compared_with_it(self, undone):
        version = Assessment.objects.get(pk=undone.assessment.pk).version
        undone.take(steps.send_back, {}, by=undone.officer, version=version, reason="sửa")
        undone.save(undone.change("1.1", 92, version=1))
        assert changes(review(undone)) == {"1.1": (90, 92, "met")}

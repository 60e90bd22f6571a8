"""The way from draft to approval: who may not decide, what counts, what can be taken back."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import Role
from accounts.refusals import Refused
from communes.models import Province
from criteria import steps
from criteria.entry import read_entry
from criteria.models import Assessment, CriterionResult, ReportingPeriod, Score
from criteria.sheets import layout_of
from tests.criteria.world import World
from tests.factories import make_commune, make_period, make_threshold

pytestmark = pytest.mark.django_db
State = Assessment.State


@pytest.fixture
def world():
    return World()


@pytest.fixture
def submitted(world):
    world.fill()
    world.take(steps.submit, by=world.staff)
    return world


@pytest.fixture
def checked(submitted):
    submitted.take(steps.check, by=submitted.district_staff, version=2)
    return submitted


@pytest.fixture
def approved(checked):
    checked.take(steps.approve, by=checked.officer, version=3)
    return checked


def state_of(world):
    return Assessment.objects.get(pk=world.assessment.pk).state


def test_three_steps_lead_to_approval_and_are_recorded(approved):
    assert state_of(approved) == State.APPROVED
    taken = list(approved.assessment.steps.values_list("before", "after", "by"))
    assert taken == [
        ("draft", "submitted", approved.staff.pk),
        ("submitted", "checked", approved.district_staff.pk),
        ("checked", "approved", approved.officer.pk),
    ]


def test_approval_counts_and_stores_results(approved):
    found = Assessment.objects.get(pk=approved.assessment.pk)
    assert (found.criteria_met, found.criteria_basically, found.criteria_applicable) == (3, 0, 3)
    assert list(found.results.values_list("criterion__number", "verdict").order_by("pk")) == [
        (1, "met"),
        (2, "met"),
        (3, "met"),
    ]


def test_approval_raises_the_data_version_of_its_province_only(checked):
    other = World()
    before = dict(Province.objects.values_list("pk", "data_version"))
    checked.take(steps.approve, by=checked.officer, version=3)
    after = dict(Province.objects.values_list("pk", "data_version"))
    assert after[checked.province.pk] == before[checked.province.pk] + 1
    assert after[other.province.pk] == before[other.province.pk]


def test_approval_works_verdicts_out_anew(checked):
    """A threshold verified since the entry decides, whatever was chosen by hand."""
    checked.poor.thresholds.all().delete()
    make_threshold(indicator=checked.poor, value=20, is_verified=True)
    found = checked.take(steps.approve, by=checked.officer, version=3)
    assert found.criteria_met == 2
    assert CriterionResult.objects.get(criterion__number=1).verdict == "not_met"


class TestThresholdVerifiedAfterAVerdictByHand:
    """“Met” was chosen for 1.2 without a number; now its number decides."""

    @pytest.fixture
    def by_hand(self, world):
        world.fill(poor=None)
        world.take(steps.submit, by=world.staff)
        world.take(steps.check, by=world.district_staff, version=2)
        return world

    def verify(self, world):
        world.poor.thresholds.update(is_verified=True)
        Province.objects.filter(pk=world.province.pk).raise_data_version()

    def test_approval_is_refused_and_the_entry_says_what_is_open(self, by_hand):
        self.verify(by_hand)
        with pytest.raises(Refused, match=r"1\.2"):
            by_hand.take(steps.approve, by=by_hand.officer, version=3)
        entry = read_entry(Assessment.objects.with_names().get(pk=by_hand.assessment.pk))
        assert [row.line.code for row in entry.obstacles] == ["1.2"]
        assert entry.summary.tally.met == 2

    def test_what_was_approved_before_stands(self, by_hand):
        by_hand.take(steps.approve, by=by_hand.officer, version=3)
        self.verify(by_hand)
        call_command("rebuild_results", "--check", stdout=StringIO())
        entry = read_entry(Assessment.objects.with_names().get(pk=by_hand.assessment.pk))
        assert entry.summary.tally.met == 3


def test_incomplete_assessment_is_not_submitted(world):
    world.save(world.change("1.1", 90))
    with pytest.raises(Refused):
        world.take(steps.submit, by=world.staff)
    assert state_of(world) == State.DRAFT


def test_not_applicable_needs_its_reason(world):
    world.fill()
    change = {"verdict": "not_applicable", "version": 1}
    world.save(world.change("2.1", **change))
    with pytest.raises(Refused):
        world.take(steps.submit, by=world.staff)
    world.save(world.change("2.1", verdict="not_applicable", version=2, note="không có quy hoạch"))
    world.take(steps.submit, by=world.staff)
    assert state_of(world) == State.SUBMITTED


def test_warning_needs_an_explanation(world):
    world.fill(poor=60)
    with pytest.raises(Refused):
        world.take(steps.submit, by=world.staff)
    world.save(world.change("1.2", 60, "met", version=1, note="đang chờ rà soát"))
    world.take(steps.submit, by=world.staff)
    assert state_of(world) == State.SUBMITTED


def test_closed_period_takes_no_submission(world):
    world.fill()
    ReportingPeriod.objects.update(status=ReportingPeriod.Status.CLOSED)
    with pytest.raises(Refused):
        world.take(steps.submit, by=world.staff)


def test_what_was_submitted_can_be_taken_back_until_somebody_acts(submitted):
    submitted.take(steps.withdraw, by=submitted.staff)
    assert state_of(submitted) == State.DRAFT
    submitted.take(steps.submit, by=submitted.staff)
    submitted.take(steps.check, by=submitted.district_staff, version=4)
    with pytest.raises(Refused):
        submitted.take(steps.withdraw, by=submitted.staff)


def test_nothing_is_taken_back_in_a_closed_period_but_under_an_exception(submitted):
    ReportingPeriod.objects.update(status=ReportingPeriod.Status.CLOSED)
    with pytest.raises(Refused, match="đã đóng"):
        submitted.take(steps.withdraw, by=submitted.staff)
    assert state_of(submitted) == State.SUBMITTED
    submitted.make_exception(commune=submitted.commune)
    submitted.take(steps.withdraw, by=submitted.staff)
    assert state_of(submitted) == State.DRAFT


def test_what_was_submitted_again_is_returned_again_when_taken_back(submitted):
    line = submitted.change("1.1", 90).line
    submitted.take(steps.send_back, {line: "Thiếu hồ sơ"}, by=submitted.district_staff, version=2)
    submitted.take(steps.submit, by=submitted.staff)
    found = submitted.take(steps.withdraw, by=submitted.staff)
    assert found.state == State.RETURNED
    [row] = read_entry(found).returned_rows
    assert (row.line.code, row.return_reason) == ("1.1", "Thiếu hồ sơ")


def test_what_was_reopened_is_so_again_when_taken_back(approved):
    approved.take(steps.reopen, by=approved.officer, reason="số liệu sai")
    approved.take(steps.submit, by=approved.staff)
    assert approved.take(steps.withdraw, by=approved.staff).state == State.REOPENED


def test_province_waits_for_the_district(submitted):
    with pytest.raises(Refused):
        submitted.take(steps.approve, by=submitted.officer, version=2)
    assert state_of(submitted) == State.SUBMITTED


def test_province_approves_at_once_where_the_district_does_not_verify():
    world = World(district_verifies=False)
    world.fill()
    world.take(steps.submit, by=world.staff)
    world.take(steps.approve, by=world.officer, version=2)
    assert state_of(world) == State.APPROVED


def test_what_the_district_verified_is_approved_though_its_step_was_dropped(checked):
    ReportingPeriod.objects.update(district_verifies=False)
    assert list(Assessment.objects.waiting_for(checked.officer)) == [checked.assessment]
    checked.take(steps.approve, by=checked.officer, version=3)
    assert state_of(checked) == State.APPROVED


def test_commune_without_a_district_is_approved_by_the_province(world):
    commune = make_commune(province=world.province)
    assessment = world.make_assessment(commune)
    staff = world.make_user(Role.COMMUNE_STAFF, commune=commune)
    world.fill(assessment, by=staff)
    world.take(steps.submit, by=staff, assessment=assessment)
    found = world.take(steps.approve, by=world.officer, version=2, assessment=assessment)
    assert found.state == State.APPROVED


class TestNobodyDecidesOnTheirOwn:
    def test_not_who_submitted(self, world):
        world.fill()
        world.take(steps.submit, by=world.district_staff)
        with pytest.raises(Refused):
            world.take(steps.check, by=world.district_staff, version=2)

    def test_not_who_entered_a_score(self, world):
        world.fill()
        world.save(world.change("1.1", 95, version=1), by=world.officer)
        world.take(steps.submit, by=world.staff)
        world.take(steps.check, by=world.district_staff, version=2)
        for step in (steps.approve, steps.send_back):
            fields = {"reasons": {}, "reason": "sai"} if step is steps.send_back else {}
            with pytest.raises(Refused):
                world.take(step, by=world.officer, version=3, **fields)

    @pytest.mark.parametrize("step", [steps.undo_approval, steps.reopen])
    @pytest.mark.parametrize("part", ["submitted", "entered"])
    def test_not_to_take_back_either(self, approved, step, part):
        officer = approved.make_user(Role.PROVINCIAL_OFFICER, province=approved.province)
        if part == "submitted":
            Assessment.objects.update(submitted_by=officer)
        else:
            Score.objects.filter(indicator=approved.roads).update(entered_by=officer)
        with pytest.raises(Refused):
            approved.take(step, by=officer, reason="số liệu sai")
        assert state_of(approved) == State.APPROVED

    @pytest.mark.parametrize("field", ["decided_by", "checked_by"])
    def test_database_refuses_who_submitted(self, submitted, field):
        rows = Assessment.objects.filter(pk=submitted.assessment.pk)
        with transaction.atomic(), pytest.raises(IntegrityError):
            rows.update(**{field: submitted.staff})

    @pytest.mark.parametrize("field", ["decided_by", "checked_by"])
    def test_database_refuses_who_entered(self, submitted, field):
        Score.objects.update(entered_by=submitted.officer)
        rows = Assessment.objects.filter(pk=submitted.assessment.pk)
        with transaction.atomic(), pytest.raises(IntegrityError):
            rows.update(**{field: submitted.officer})


def test_second_of_two_approvals_is_refused_and_told_who_was_first(checked):
    other = checked.make_user(Role.PROVINCIAL_OFFICER, province=checked.province)
    checked.take(steps.approve, by=checked.officer, version=3)
    with pytest.raises(Refused, match=checked.officer.full_name):
        checked.take(steps.approve, by=other, version=3)
    assert checked.assessment.steps.filter(action="approve").count() == 1


def test_approval_of_an_older_version_is_refused(checked):
    with pytest.raises(Refused):
        checked.take(steps.approve, by=checked.officer, version=2)
    assert state_of(checked) == State.CHECKED


def test_stale_object_cannot_move_what_has_moved_on(submitted):
    stale = submitted.locked()
    submitted.take(steps.check, by=submitted.district_staff, version=2)
    with pytest.raises(Refused):
        steps.send_back(stale, {}, by=submitted.officer, version=2, reason="sai")
    assert state_of(submitted) == State.CHECKED


class TestReturn:
    def reason(self, world, text="Thiếu hồ sơ"):
        assessment = world.locked()
        return {layout_of(assessment).line(assessment.commune, "1.1"): text}

    def test_keeps_a_reason_for_each_indicator(self, checked):
        checked.take(steps.send_back, self.reason(checked), by=checked.officer, version=3)
        assert state_of(checked) == State.RETURNED
        reason = checked.assessment.steps.last().reasons.get()
        assert (reason.indicator, reason.text) == (checked.roads, "Thiếu hồ sơ")

    def test_needs_a_reason(self, checked):
        with pytest.raises(Refused):
            checked.take(steps.send_back, {}, by=checked.officer, version=3)

    def test_opens_the_scores_for_mending_and_submission(self, checked):
        checked.take(steps.send_back, self.reason(checked), by=checked.officer, version=3)
        checked.save(checked.change("1.1", 95, version=1))
        checked.take(steps.submit, by=checked.staff)
        found = Assessment.objects.get(pk=checked.assessment.pk)
        assert (found.state, found.checked_by) == (State.SUBMITTED, None)


class TestTakingBackAnApproval:
    def test_undo_restores_the_state_before_and_the_figures(self, approved):
        version = Province.objects.get(pk=approved.province.pk).data_version
        approved.take(steps.undo_approval, by=approved.officer, reason="nhầm xã")
        found = Assessment.objects.get(pk=approved.assessment.pk)
        assert (found.state, found.decided_by, found.criteria_met) == (State.CHECKED, None, None)
        assert not CriterionResult.objects.exists()
        assert Province.objects.get(pk=approved.province.pk).data_version == version + 1
        assert approved.assessment.steps.last().reason == "nhầm xã"

    def test_undo_is_refused_after_a_day(self, approved):
        Assessment.objects.update(decided_at=timezone.now() - timedelta(hours=24, minutes=1))
        with pytest.raises(Refused):
            approved.take(steps.undo_approval, by=approved.officer, reason="nhầm xã")
        assert state_of(approved) == State.APPROVED

    @pytest.mark.parametrize("step", [steps.undo_approval, steps.reopen])
    def test_needs_a_reason(self, approved, step):
        with pytest.raises(Refused):
            approved.take(step, by=approved.officer, reason=" ")

    def test_reopened_assessment_is_entered_again_and_does_not_count(self, approved):
        approved.take(steps.reopen, by=approved.officer, reason="số liệu sai")
        assert state_of(approved) == State.REOPENED
        assert not Assessment.objects.official().exists()
        approved.save(approved.change("1.1", 10, version=1))
        assert Score.objects.get(indicator=approved.roads).verdict == "not_met"


class TestIllustration:
    def approve_anew(self, world, *, refill):
        Assessment.objects.update(is_illustrative=True)
        world.fill()
        if not refill:
            Score.objects.filter(indicator=world.roads).update(entered_by=None)
        world.take(steps.submit, by=world.staff)
        return world.take(steps.approve, by=world.officer, version=2).is_illustrative

    def test_mark_goes_when_people_entered_every_score(self):
        assert not self.approve_anew(World(district_verifies=False), refill=True)

    def test_mark_stays_while_an_invented_score_is_among_them(self):
        assert self.approve_anew(World(district_verifies=False), refill=False)


class TestCarryingForward:
    @pytest.fixture
    def later(self, approved):
        period = make_period(
            province=approved.province, year=2025, quarter=3, status=ReportingPeriod.Status.OPEN
        )
        approved.next = approved.make_assessment(approved.commune, period)
        return approved

    def test_fills_what_is_not_assessed_and_marks_it(self, later):
        later.save(later.change("1.1", 85, assessment=later.next))
        later.take(steps.carry_forward, by=later.staff, assessment=later.next)
        carried = dict(later.next.scores.values_list("indicator__code", "is_carried"))
        assert carried == {"1.1": False, "1.2": True, "2.1": True, None: True}
        assert later.next.scores.get(indicator=later.poor).value == 30

    def test_mark_goes_with_the_first_change(self, later):
        later.take(steps.carry_forward, by=later.staff, assessment=later.next)
        later.save(later.change("1.2", 31, "met", version=1, assessment=later.next))
        assert not later.next.scores.get(indicator=later.poor).is_carried

    def test_takes_nothing_from_what_was_not_approved(self, world):
        world.fill()
        period = make_period(
            province=world.province, year=2025, quarter=3, status=ReportingPeriod.Status.OPEN
        )
        later = world.make_assessment(world.commune, period)
        world.take(steps.carry_forward, by=world.staff, assessment=later)
        assert not later.scores.exists()

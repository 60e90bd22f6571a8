"""A period opens with a draft for each commune that reports; further ones start on demand."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from accounts.refusals import Refused
from criteria import opening
from criteria.models import Assessment, Grade, PeriodException, ReportingPeriod
from tests.criteria.world import World
from tests.factories import make_commune, make_criteria_set, make_period

pytestmark = pytest.mark.django_db
Status = ReportingPeriod.Status


@pytest.fixture
def world():
    return World(status=Status.PLANNED)


@pytest.fixture
def advanced(world):
    return make_criteria_set(criteria=2, grade=Grade.ADVANCED)


def reporting(world):
    return set(Assessment.objects.filter(period=world.period).values_list("commune", flat=True))


class TestOpening:
    def test_makes_a_draft_for_each_commune(self, world):
        assert opening.open_period(world.period, by=world.officer) == 1
        assert reporting(world) == {world.commune.pk, world.other_commune.pk}
        assert set(Assessment.objects.values_list("state", "criteria_set")) == {
            ("draft", world.criteria_set.pk)
        }

    def test_leaves_out_towns_other_provinces_and_communes_not_in_force(self, world):
        World()
        make_commune(district=world.district, kind="township")
        make_commune(district=world.district, valid_to=world.period.ends_on - timedelta(1))
        make_commune(district=world.district, valid_from=world.period.ends_on + timedelta(1))
        last_day = make_commune(district=world.district, valid_to=world.period.ends_on)
        opening.open_period(world.period, by=world.officer)
        assert reporting(world) == {world.commune.pk, world.other_commune.pk, last_day.pk}

    def test_period_that_ends_later_begins_with_the_communes_of_today(self, world):
        today = timezone.localdate()
        period = make_period(
            province=world.province, year=today.year + 1, quarter=1, status=Status.PLANNED
        )
        ends_before = make_commune(
            district=world.district, valid_to=period.ends_on - timedelta(days=1)
        )
        make_commune(district=world.district, valid_from=period.ends_on)
        assert opening.open_period(period, by=world.officer) == 3
        assert period.assessments.filter(commune=ends_before).exists()

    def test_uses_the_newest_set_in_force_on_the_last_day(self, world, advanced):
        newer = make_criteria_set(criteria=1, valid_from=world.period.ends_on)
        make_criteria_set(criteria=1, valid_from=world.period.ends_on + timedelta(1))
        make_criteria_set(criteria=1, valid_from=world.period.ends_on, is_scored=False)
        make_criteria_set(criteria=1, valid_from=world.period.ends_on, level="district")
        world.assessment.delete()
        opening.open_period(world.period, by=world.officer)
        assert set(Assessment.objects.values_list("criteria_set", flat=True)) == {newer.pk}

    def test_is_refused_where_no_criteria_are_in_force(self, world):
        period = make_period(province=world.province, year=2005, quarter=1, status=Status.PLANNED)
        with pytest.raises(Refused, match="31/03/2005"):
            opening.open_period(period, by=world.officer)

    def test_again_makes_only_what_is_missing(self, world, django_assert_num_queries):
        opening.open_period(world.period, by=world.officer)
        assert opening.make_assessments(world.period) == 0
        for _ in range(5):
            make_commune(district=world.district)
        # a savepoint, the set, the communes, the drafts, the savepoint released
        with django_assert_num_queries(5):
            assert opening.make_assessments(world.period) == 5

    def test_is_recorded(self, world):
        opening.open_period(world.period, by=world.officer)
        row = world.period.history.first()
        assert (row.status, row.history_user) == ("open", world.officer)


class TestClosing:
    @pytest.fixture
    def opened(self, world):
        opening.open_period(world.period, by=world.officer)
        return world

    def test_keeps_the_reason(self, opened):
        opening.close_period(opened.period, by=opened.officer, reason="đã đủ phiếu")
        opening.reopen_period(opened.period, by=opened.officer, reason="thiếu xã")
        kept = opened.period.history.values_list("status", "history_change_reason")
        assert list(kept[:2]) == [("open", "thiếu xã"), ("closed", "đã đủ phiếu")]

    def test_reopening_needs_a_reason(self, opened):
        opening.close_period(opened.period, by=opened.officer)
        with pytest.raises(Refused):
            opening.reopen_period(opened.period, by=opened.officer, reason=" ")

    @pytest.mark.parametrize("status", [Status.PLANNED, Status.OPEN, Status.CLOSED])
    def test_steps_out_of_turn_are_refused(self, opened, status):
        steps = {
            Status.PLANNED: opening.open_period,
            Status.OPEN: opening.close_period,
            Status.CLOSED: opening.reopen_period,
        }
        opened.period.status = status
        for needed, step in steps.items():
            if needed != status:
                reason = {"reason": "thử"} if step is opening.reopen_period else {}
                with pytest.raises(Refused):
                    step(opened.period, by=opened.officer, **reason)


class TestStarting:
    @pytest.fixture(autouse=True)
    def _open(self, world):
        world.period.status = Status.OPEN
        world.period.save()

    def test_makes_one_and_finds_it_again(self, world, advanced):
        made = opening.start(world.commune, world.period, Grade.ADVANCED)
        assert (made.criteria_set, made.state) == (advanced, "draft")
        assert opening.start(world.commune, world.period, Grade.ADVANCED) == made

    def test_is_refused_without_a_set_in_force(self, world):
        with pytest.raises(Refused, match=r"30/06/2025.*nâng cao"):
            opening.start(world.commune, world.period, Grade.ADVANCED)

    def test_is_refused_in_a_closed_period_but_for_an_exception(self, world, advanced):
        world.period.status = Status.CLOSED
        world.period.save()
        with pytest.raises(Refused):
            opening.start(world.commune, world.period, Grade.ADVANCED)
        PeriodException.objects.create(
            period=world.period,
            commune=world.commune,
            until=timezone.now() + timedelta(days=1),
            reason="thiếu hồ sơ",
            granted_by=world.officer,
        )
        assert opening.start(world.commune, world.period, Grade.ADVANCED)

    def test_is_refused_for_a_commune_that_does_not_report(self, world, advanced):
        gone = make_commune(district=world.district, valid_to=date(2024, 11, 30))
        with pytest.raises(Refused, match=str(gone)):
            opening.start(gone, world.period, Grade.ADVANCED)

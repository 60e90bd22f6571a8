"""Reminders reach whoever has something to enter, once for each reminder day."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from accounts.models import Role
from criteria import people
from criteria.models import Notice, ReportingPeriod, WhoEnters
from criteria.reminders import reminder_day
from tests.criteria.crowd import at_once
from tests.criteria.world import World
from tests.factories import make_commune, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World()


def run(*arguments):
    said = StringIO()
    call_command("send_reminders", *arguments, stdout=said)
    return said.getvalue()


def due_in(world, days, **changes):
    due_on = timezone.localdate() + timedelta(days=days)
    world.period.starts_on = min(world.period.starts_on, due_on)
    for name, value in ({"due_on": due_on} | changes).items():
        setattr(world.period, name, value)
    world.period.save()


def told(kind=None):
    notices = Notice.objects.filter(kind=kind) if kind else Notice.objects.all()
    return sorted(notices.values_list("user", flat=True))


class TestReminderDay:
    @pytest.mark.parametrize(
        ("days_left", "reached"),
        [
            (8, None),
            (7, ("due_soon", 7)),
            (2, ("due_soon", 7)),
            (1, ("due_soon", 1)),
            (0, ("due_soon", 1)),
            (-1, ("overdue", 1)),
            (-6, ("overdue", 1)),
            (-7, ("overdue", 7)),
            (-90, ("overdue", 7)),
        ],
    )
    def test_is_the_last_that_has_come(self, days_left, reached):
        assert reminder_day(days_left, (7, 1), (1, 7)) == reached

    def test_may_be_none_at_all(self):
        assert reminder_day(0, (), ()) is None
        assert reminder_day(-3, (), (5,)) is None


class TestWhoIsReminded:
    @pytest.mark.parametrize(
        ("who", "reminded"),
        [
            (WhoEnters.COMMUNE, ["staff"]),
            (WhoEnters.DISTRICT, ["district_staff"]),
            (WhoEnters.EITHER, ["staff", "district_staff"]),
        ],
    )
    def test_those_who_enter_in_the_period(self, world, who, reminded):
        due_in(world, 7, who_enters=who)
        run()
        assert told("due_soon") == sorted(getattr(world, name).pk for name in reminded)

    def test_nobody_of_other_areas_provinces_or_roles(self, world):
        due_in(world, 7)
        world.make_user(Role.COMMUNE_STAFF, commune=world.other_commune)
        world.make_user(Role.VIEWER, commune=world.commune)
        world.make_user(Role.COMMUNE_STAFF, commune=world.commune, is_active=False)
        World(status=ReportingPeriod.Status.PLANNED)
        run()
        assert told() == sorted([world.staff.pk, world.district_staff.pk])

    @pytest.mark.parametrize(
        ("state", "is_reminded"),
        [
            ("draft", True),
            ("returned", True),
            ("reopened", True),
            ("submitted", False),
            ("checked", False),
        ],
    )
    def test_those_with_something_to_enter(self, world, state, is_reminded):
        due_in(world, 1)
        world.assessment.state = state
        world.assessment.save()
        run()
        assert bool(told()) == is_reminded

    @pytest.mark.parametrize("status", ["planned", "closed"])
    def test_nobody_in_a_period_that_is_not_open(self, world, status):
        due_in(world, 1, status=status)
        run()
        assert told() == []

    def test_nobody_for_a_commune_that_no_longer_reports(self, world):
        due_in(world, 1)
        world.commune.valid_to = world.period.ends_on - timedelta(days=1)
        world.commune.save()
        run()
        assert told() == []


class TestOnce:
    def test_again_on_the_next_reminder_day(self, world, monkeypatch):
        """The days pass while the due day stays."""
        for days_left, number in [(8, 0), (7, 1), (6, 1), (1, 2), (0, 2), (-1, 3), (-8, 4)]:
            monkeypatch.setattr(ReportingPeriod, "days_left", days_left)
            run()
            assert told().count(world.staff.pk) == number

    def test_run_again_tells_nobody_again(self, world):
        due_in(world, -1)
        assert run().endswith(": đã nhắc 2 người\n")
        assert run().endswith(": đã nhắc 0 người\n")
        assert told("overdue") == sorted([world.staff.pk, world.district_staff.pk])

    def test_somebody_new_is_told_still(self, world):
        due_in(world, 1)
        run()
        new = world.make_user(Role.COMMUNE_STAFF, commune=world.commune)
        run()
        assert told().count(new.pk) == 1

    def test_another_due_day_starts_anew(self, world):
        due_in(world, 1)
        run()
        due_in(world, 7)
        run()
        assert told().count(world.staff.pk) == 2

    def test_days_are_chosen_on_the_command_line(self, world):
        due_in(world, 10)
        run()
        assert told() == []
        run("--before", "10", "--after", "3")
        assert len(told()) == 2

    def test_costs_the_same_queries_for_any_number_of_people(
        self, world, django_assert_max_num_queries
    ):
        due_in(world, 1)
        for _ in range(10):
            commune = make_commune(district=world.district)
            world.make_assessment(commune)
            make_user(role=Role.COMMUNE_STAFF, commune=commune)
        # the open periods; who is to be told; telling them, which the notices' own tests pin
        with django_assert_max_num_queries(8):
            run()
        assert len(told()) == 12


@pytest.mark.django_db(transaction=True)
def test_two_commands_at_once_tell_each_person_once():
    world = World()
    due_in(world, 1)
    at_once([run, run])
    assert told() == sorted([world.staff.pk, world.district_staff.pk])


class TestWhoEnters:
    @pytest.mark.parametrize(
        ("who", "names"),
        [
            (WhoEnters.COMMUNE, {"staff"}),
            (WhoEnters.DISTRICT, {"district_staff"}),
            (WhoEnters.EITHER, {"staff", "district_staff"}),
        ],
    )
    def test_for_a_commune(self, world, who, names):
        world.period.who_enters = who
        found = people.who_enters(world.commune, world.period)
        assert set(found) == {getattr(world, name) for name in names}

    def test_for_a_commune_without_a_district(self, world):
        commune = make_commune(province=world.province)
        staff = make_user(role=Role.COMMUNE_STAFF, commune=commune)
        assert list(people.who_enters(commune, world.period)) == [staff]

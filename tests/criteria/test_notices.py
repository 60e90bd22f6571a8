"""What people are told: once, in the app and by e-mail."""

import pytest

from criteria.models import Notice
from criteria.notices import tell
from tests.criteria.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World()


class TestTelling:
    def test_each_person_is_told(self, world):
        tell([world.staff, world.officer], "due_soon", "due:1", period=world.period)
        assert set(Notice.objects.values_list("user", "kind", "period")) == {
            (world.staff.pk, "due_soon", world.period.pk),
            (world.officer.pk, "due_soon", world.period.pk),
        }

    def test_nobody_is_told_twice_under_a_key(self, world):
        tell([world.staff], "due_soon", "due:1", period=world.period)
        tell([world.staff, world.officer], "due_soon", "due:1", period=world.period)
        tell([world.staff], "due_soon", "due:2", period=world.period)
        told = Notice.objects.order_by("pk").values_list("user", "key")
        assert list(told) == [
            (world.staff.pk, "due:1"),
            (world.officer.pk, "due:1"),
            (world.staff.pk, "due:2"),
        ]

    def test_who_cannot_sign_in_any_more_is_not_told(self, world):
        world.staff.is_active = False
        tell([world.staff], "due_soon", "due:1", period=world.period)
        assert not Notice.objects.exists()

    def test_costs_one_query_for_any_number_of_people(self, world, django_assert_num_queries):
        users = [world.staff, world.officer, world.district_staff]
        with django_assert_num_queries(1):
            tell(users, "due_soon", "due:1", period=world.period)

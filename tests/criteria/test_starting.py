"""Beginning an assessment from a page: for whoever enters for the commune in the period."""

import pytest
from django.urls import reverse

from accounts.models import Role
from criteria.models import Assessment, Grade, WhoEnters
from tests.criteria.world import World
from tests.factories import make_criteria_set

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    world = World()
    world.advanced = make_criteria_set(criteria=2, grade=Grade.ADVANCED)
    return world


def begin(client, world, user, **fields):
    fields = {
        "period": world.period.pk,
        "commune": world.commune.pk,
        "grade": Grade.ADVANCED,
    } | fields
    client.force_login(user)
    return client.post(reverse("criteria:start_assessment"), fields)


@pytest.mark.parametrize("who", ["staff", "district_staff", "officer"])
def test_leads_to_the_form(client, world, who):
    response = begin(client, world, getattr(world, who))
    made = Assessment.objects.get(criteria_set=world.advanced)
    assert response.url == made.get_absolute_url()


def test_twice_is_once(client, world):
    first, second = [begin(client, world, world.staff) for _ in range(2)]
    assert first.url == second.url


@pytest.mark.parametrize(
    ("who_enters", "barred"),
    [(WhoEnters.DISTRICT, "staff"), (WhoEnters.COMMUNE, "district_staff")],
)
def test_is_absent_for_a_unit_that_does_not_enter(client, world, who_enters, barred):
    world.period.who_enters = who_enters
    world.period.save()
    assert begin(client, world, getattr(world, barred)).status_code == 404
    assert begin(client, world, world.officer).status_code == 302


def test_is_absent_for_strangers_and_readers(client, world):
    strangers = [
        World().officer,
        world.make_user(Role.COMMUNE_STAFF, commune=world.other_commune),
        world.make_user(Role.VIEWER, province=world.province),
    ]
    for user in strangers:
        assert begin(client, world, user).status_code == 404
    assert not Assessment.objects.filter(criteria_set=world.advanced).exists()


def test_is_absent_for_a_period_of_another_province(client, world):
    assert begin(client, world, world.staff, period=World().period.pk).status_code == 404


@pytest.mark.parametrize("spoilt", [{"grade": "best"}, {"period": "x"}, {"commune": ""}])
def test_nonsense_is_absent(client, world, spoilt):
    assert begin(client, world, world.staff, **spoilt).status_code == 404


def test_refusal_is_said_on_my_work(client, world):
    response = begin(client, world, world.staff, grade=Grade.MODEL)
    assert response.url == reverse("criteria:work")
    assert "kiểu mẫu" in client.get(response.url).content.decode()


def test_needs_a_post_and_somebody_signed_in(client, world):
    address = reverse("criteria:start_assessment")
    assert "/accounts/login/" in client.post(address).url
    client.force_login(world.staff)
    assert client.get(address).status_code == 405

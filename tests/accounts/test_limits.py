"""How often somebody may try, and that all processes count together."""

import pytest
from django.core.cache import caches
from django.core.management import call_command
from django.db import connection

from tests.factories import make_user

pytestmark = pytest.mark.django_db
PASSWORD = "mat-khau-thu-nghiem"


@pytest.fixture
def user():
    return make_user(username="an")


@pytest.fixture
def shared(settings):
    """The cache that the installation has, in place of the tests' own."""
    settings.CACHES = settings.CACHES | {"default": settings.SHARED_CACHE}
    call_command("createcachetable", verbosity=0)


def sign_in(client, password, name="an"):
    return client.post("/accounts/login/", {"login": name, "password": password})


def test_attempts_are_counted_for_all_processes(client, user, shared):
    for _ in range(5):
        sign_in(client, "sai")
    caches["pages"].clear()
    assert "Đăng nhập sai quá nhiều lần" in sign_in(client, PASSWORD).content.decode()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM shared_cache")
        assert cursor.fetchone()[0] > 0


def test_right_password_is_accepted_with_the_shared_count(client, user, shared):
    sign_in(client, "sai")
    assert sign_in(client, PASSWORD).url == "/"


def test_many_names_from_one_address_are_stopped(client):
    for number in range(10):
        sign_in(client, "sai", name=f"nguoi{number}")
    assert "quá nhiều lần" in sign_in(client, "sai", name="khac").content.decode()


def test_office_of_thirty_signs_in_within_a_minute_and_no_more(client):
    for number in range(30):
        make_user(username=f"canbo{number}")
        assert sign_in(client, PASSWORD, name=f"canbo{number}").status_code == 302
        client.logout()
    assert sign_in(client, PASSWORD, name="canbo1").status_code == 429


def test_confirming_the_password_is_limited(client, user):
    client.force_login(user)
    statuses = [
        client.post("/accounts/confirm/", {"password": "sai"}).status_code for _ in range(11)
    ]
    assert statuses == [200] * 10 + [429]

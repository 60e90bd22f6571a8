"""Administrators and approvers can be required to set up a second step."""

import pytest

from accounts.models import Role
from tests.factories import make_commune, make_district, make_province, make_user

pytestmark = pytest.mark.django_db
HOME = "/accounts/second-step/"


@pytest.fixture(autouse=True)
def _required(settings):
    settings.REQUIRE_SECOND_FACTOR = True


def somebody(role):
    place = {
        Role.DISTRICT_STAFF: lambda: {"district": make_district()},
        Role.COMMUNE_STAFF: lambda: {"commune": make_commune()},
    }
    return make_user(role=role, **place.get(role, lambda: {"province": make_province()})())


@pytest.fixture
def officer(client):
    user = somebody(Role.PROVINCIAL_OFFICER)
    client.force_login(user)
    return user


@pytest.mark.parametrize(
    ("role", "is_led"),
    [
        (Role.ADMINISTRATOR, True),
        (Role.PROVINCIAL_OFFICER, True),
        (Role.DISTRICT_STAFF, False),
        (Role.COMMUNE_STAFF, False),
        (Role.VIEWER, False),
    ],
)
def test_those_who_decide_are_led_to_set_it_up(client, role, is_led):
    client.force_login(somebody(role))
    answer = client.get("/accounts/me/")
    assert (answer.status_code == 302 and answer.url == HOME) is is_led


def test_superuser_is_led_too(client):
    client.force_login(make_user(is_superuser=True))
    assert client.get("/accounts/people/").url == HOME


def test_nobody_is_led_where_it_is_not_required(client, officer, settings):
    settings.REQUIRE_SECOND_FACTOR = False
    assert client.get("/accounts/me/").status_code == 200


def test_page_says_why(client, officer):
    assert "nên bắt buộc xác thực hai bước" in client.get(HOME).content.decode()


@pytest.mark.parametrize("kind", ["totp", "webauthn"])
def test_app_or_key_opens_everything(client, officer, kind):
    officer.authenticator_set.create(type=kind, data={"name": "Khóa", "secret": "x"})
    assert client.get("/accounts/me/").status_code == 200


def test_recovery_codes_alone_do_not(client, officer):
    officer.authenticator_set.create(type="recovery_codes", data={})
    assert client.get("/accounts/me/").url == HOME


@pytest.mark.parametrize("path", ["", "app/set-up/", "keys/add/"])
def test_ways_to_set_it_up_stay_open(client, officer, path):
    answer = client.get(HOME + path)
    assert answer.status_code == 200 or answer.url.startswith("/accounts/confirm/?next=")


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("/language/", {"language": "en", "next": HOME}),
        ("/theme/", {"theme": "dark"}),
        ("/accounts/logout/", {}),
        ("/accounts/confirm/", {"password": "mat-khau-thu-nghiem", "next": f"{HOME}app/set-up/"}),
    ],
)
def test_language_theme_confirmation_and_sign_out_stay_open(client, officer, path, data):
    answer = client.post(path, data)
    assert answer.status_code == 302
    assert answer.url != HOME or path == "/language/"


def test_writing_is_refused_as_well(client, officer):
    assert client.post("/accounts/password/change/", {}).url == HOME


def test_swap_by_htmx_leads_the_whole_page_there(client, officer):
    answer = client.get("/accounts/me/", headers={"HX-Request": "true"})
    assert answer.headers["HX-Redirect"] == HOME


def test_asking_costs_two_queries(officer, django_assert_num_queries):
    # roles, which most pages read anyway, and authenticators
    with django_assert_num_queries(2):
        assert officer.lacks_second_factor


def test_stranger_sees_the_sign_in_page(client):
    assert client.get("/accounts/login/").status_code == 200

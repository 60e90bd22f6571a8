"""Signing in through an OpenID Connect server, which is played here."""

from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from django.core.cache import cache

from accounts import single_sign_on
from accounts.models import User
from tests.factories import make_user

pytestmark = pytest.mark.django_db
SERVER = "https://dang-nhap.example"
START = "/accounts/oidc/server/"
ADDRESS = "an@langson.example"


class Answer:
    status_code = 200
    headers = {"content-type": "application/json"}
    text = "{}"

    def __init__(self, data):
        self.data = data

    def json(self):
        return self.data

    def raise_for_status(self):
        pass


class Server:
    """The few answers that signing in asks of the server."""

    def __init__(self):
        self.person = {"sub": "1", "email": ADDRESS, "email_verified": True}
        self.is_down = False

    def __enter__(self):
        return self

    def __exit__(self, *error):
        pass

    def get(self, url, **kwargs):
        if url.endswith("/.well-known/openid-configuration"):
            return Answer(
                {
                    "authorization_endpoint": f"{SERVER}/ask",
                    "token_endpoint": f"{SERVER}/token",
                    "userinfo_endpoint": f"{SERVER}/who",
                }
            )
        return Answer(self.person)

    def request(self, method, url, **kwargs):
        if self.is_down:
            raise requests.ConnectionError
        return Answer({"access_token": "x", "token_type": "bearer"})


@pytest.fixture(autouse=True)
def server(monkeypatch):
    cache.clear()
    server = Server()
    adapter = single_sign_on.SingleSignOnAdapter
    monkeypatch.setattr(adapter, "get_requests_session", lambda self: server)
    return server


@pytest.fixture
def user():
    return make_user(username="an", email=ADDRESS)


def start(client, path=START):
    """The address at the server, and what it would hand back."""
    sent = urlsplit(client.get(path).url)
    return sent, {name: values[0] for name, values in parse_qs(sent.query).items()}


def come_back(client, path=START, **answer):
    _sent, asked = start(client, path)
    return client.get(f"{START}back/", {"state": asked["state"], "code": "x"} | answer)


def said(client):
    return client.get("/accounts/login/").content.decode()


def is_signed_in(client):
    return "_auth_user_id" in client.session


def test_button_appears_only_where_a_server_is_named(client, settings):
    page = client.get("/accounts/login/?next=/accounts/me/").content.decode()
    assert f'href="{START}?next=%2Faccounts%2Fme%2F">Đăng nhập bằng Cổng của tỉnh<' in page
    settings.OIDC_SERVER_URL = ""
    assert START not in said(client)


def test_server_is_asked_for_the_address_with_a_proof_of_who_asked(client):
    sent, asked = start(client)
    assert (sent.netloc, sent.path) == ("dang-nhap.example", "/ask")
    assert asked["redirect_uri"] == f"http://testserver{START}back/"
    assert "email" in asked["scope"]
    assert asked["code_challenge_method"] == "S256"


def test_address_that_the_server_vouches_for_signs_in(client, user):
    assert come_back(client).url == "/"
    assert client.session["_auth_user_id"] == str(user.pk)


def test_capitals_in_the_address_do_not_matter(client, user, server):
    server.person["email"] = ADDRESS.upper()
    come_back(client)
    assert is_signed_in(client)


def test_goes_on_to_the_page_that_was_asked_for(client, user):
    assert come_back(client, f"{START}?next=/accounts/me/").url == "/accounts/me/"
    client.logout()
    assert come_back(client, f"{START}?next=https://evil.example/").url == "/"


def test_password_stays_as_it_was(client, user):
    come_back(client)
    user.refresh_from_db()
    assert user.has_usable_password()
    assert user.history.count() == 1


def refused(client, sentence):
    assert come_back(client).url == "/accounts/login/"
    assert sentence in said(client)
    assert not is_signed_in(client)


@pytest.mark.parametrize("verified", [False, "false", None, ""])
def test_address_that_the_server_does_not_vouch_for_is_refused(client, user, server, verified):
    server.person["email_verified"] = verified
    refused(client, "chưa xác nhận địa chỉ")


def test_unknown_address_makes_no_account(client):
    refused(client, "không tìm được đúng một tài khoản")
    assert not User.objects.exists()


def test_address_of_two_people_is_refused(client, user):
    make_user(email=ADDRESS)
    refused(client, "không tìm được đúng một tài khoản")


def test_closed_account_is_refused(client, user):
    User.objects.update(is_active=False)
    refused(client, "không tìm được đúng một tài khoản")


def test_new_address_here_counts_from_the_next_time(client, user):
    come_back(client)
    client.logout()
    User.objects.update(email="khac@langson.example")
    refused(client, "không tìm được đúng một tài khoản")


def test_whoever_is_signed_in_cannot_be_connected_to_another_address(client, user):
    other = make_user(email="khac@langson.example")
    client.force_login(other)
    come_back(client, f"{START}?process=connect")
    assert client.session["_auth_user_id"] == str(user.pk)
    assert not other.socialaccount_set.exists()


def test_second_step_is_asked_for_all_the_same(client, user):
    user.authenticator_set.create(type="totp", data={"secret": "x"})
    assert come_back(client).url == "/accounts/second-step/enter/"
    assert not is_signed_in(client)


def test_answer_to_nobodys_question_is_refused(client, user):
    answer = client.get(f"{START}back/", {"state": "x", "code": "x"})
    assert answer.url == "/accounts/login/"
    assert not is_signed_in(client)


def test_breaking_off_and_failing_are_said_in_words(client, user, server):
    assert come_back(client, error="access_denied").url == "/accounts/login/"
    assert "đã hủy đăng nhập" in said(client)
    server.is_down = True
    refused(client, "không thành công")


def test_unknown_server_is_not_found(client):
    assert client.get("/accounts/oidc/khac/").status_code == 404

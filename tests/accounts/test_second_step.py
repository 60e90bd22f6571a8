"""The second step of signing in: authenticator app and recovery codes."""

import re
import time
from urllib.parse import unquote

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.cache import cache

from tests.factories import make_user

pytestmark = pytest.mark.django_db
PASSWORD = "mat-khau-thu-nghiem"
HOME = "/accounts/second-step/"
SET_UP = f"{HOME}app/set-up/"


@pytest.fixture(autouse=True)
def _fresh_limits():
    cache.clear()


@pytest.fixture
def user():
    return make_user(username="an", full_name="Nguyễn Thị An")


def sign_in(client):
    return client.post("/accounts/login/", {"login": "an", "password": PASSWORD})


def confirm(client, then):
    return client.post("/accounts/confirm/", {"password": PASSWORD, "next": then})


def code_of(secret, later=0):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + later))


def set_up_app(client):
    """Sign in, confirm, set up; the secret of the app."""
    sign_in(client)
    confirm(client, SET_UP)
    secret = re.search(r'<code class="secret">(\w+)</code>', client.get(SET_UP).content.decode())[
        1
    ]
    assert client.post(SET_UP, {"code": code_of(secret)}).url == f"{HOME}codes/"
    return secret


def recovery_codes(client):
    return re.findall(r"<li><code>(\d+)</code>", client.get(f"{HOME}codes/").content.decode())


def enter(client, code):
    return client.post(f"{HOME}enter/", {"code": code})


def is_signed_in(client):
    return "_auth_user_id" in client.session


def test_own_page_leads_to_setting_it_up(client, user):
    client.force_login(user)
    assert HOME in client.get("/accounts/me/").content.decode()
    assert "Thiết lập xác thực hai bước" in client.get(HOME).content.decode()


def test_setting_it_up_asks_for_the_password_again(client, user):
    sign_in(client)
    asked = client.get(SET_UP).url
    assert unquote(asked) == f"/accounts/confirm/?next={SET_UP}"
    assert "Mật khẩu chưa đúng" in client.post(asked, {"password": "sai"}).content.decode()
    assert confirm(client, SET_UP).url == SET_UP


def test_app_is_set_up_with_a_picture_and_a_code(client, user):
    sign_in(client)
    confirm(client, SET_UP)
    assert "data:image/svg+xml;base64," in client.get(SET_UP).content.decode()
    assert "không được chấp nhận" in client.post(SET_UP, {"code": "000000"}).content.decode()
    assert not user.has_second_factor
    set_up_app(client)
    assert user.has_second_factor


def test_password_then_only_leads_to_the_code(client, user):
    secret = set_up_app(client)
    client.logout()
    assert sign_in(client).url == f"{HOME}enter/"
    assert not is_signed_in(client)
    assert client.get("/accounts/me/").status_code == 302
    assert "không được chấp nhận" in enter(client, "000000").content.decode()
    assert enter(client, code_of(secret)).url == "/"
    assert is_signed_in(client)


def test_code_opens_once(client, user):
    secret = set_up_app(client)
    for expected in (True, False):
        client.logout()
        sign_in(client)
        enter(client, code_of(secret, later=1))
        assert is_signed_in(client) is expected


def test_recovery_codes_are_shown_once_and_sign_in_once(client, user):
    set_up_app(client)
    codes = recovery_codes(client)
    assert len(codes) == 10
    assert recovery_codes(client) == []
    for expected in (True, False):
        client.logout()
        sign_in(client)
        enter(client, codes[0])
        assert is_signed_in(client) is expected


def test_new_recovery_codes_end_the_old_ones(client, user):
    set_up_app(client)
    old = recovery_codes(client)
    confirm(client, HOME)
    assert client.post(f"{HOME}codes/make/").url == f"{HOME}codes/"
    new = recovery_codes(client)
    client.logout()
    sign_in(client)
    enter(client, old[0])
    assert not is_signed_in(client)
    enter(client, new[0])
    assert is_signed_in(client)


def test_sixth_wrong_code_is_not_even_looked_at(client, user):
    secret = set_up_app(client)
    client.logout()
    sign_in(client)
    for _ in range(5):
        enter(client, "000000")
    assert "quá nhiều lần" in enter(client, code_of(secret)).content.decode()
    assert not is_signed_in(client)


def test_app_is_removed_with_the_recovery_codes(client, user):
    set_up_app(client)
    confirm(client, HOME)
    client.post(f"{HOME}app/remove/")
    assert not user.authenticator_set.exists()
    client.logout()
    assert sign_in(client).url == "/"


@pytest.mark.parametrize(
    "path", ["", "app/set-up/", "app/remove/", "codes/", "codes/make/", "keys/add/"]
)
def test_stranger_is_sent_to_sign_in(client, path):
    assert client.get(HOME + path).url.startswith("/accounts/login/")


def test_page_for_the_code_leads_back_without_a_password(client):
    assert client.get(f"{HOME}enter/").url == "/accounts/login/"


def test_keys_of_somebody_else_are_not_found(client, user):
    other = make_user()
    key = other.authenticator_set.create(type="webauthn", data={"name": "Khóa"})
    sign_in(client)
    confirm(client, HOME)
    for verb in ("rename", "remove"):
        assert client.post(f"{HOME}keys/{key.pk}/{verb}/", {"name": "x"}).status_code == 404


def test_passkey_question_is_asked_without_signing_in(client):
    answer = client.get(f"{HOME}keys/sign-in/", headers={"Accept": "application/json"})
    assert answer.json()["request_options"]["publicKey"]["userVerification"] == "required"


@pytest.mark.parametrize("credential", ["{}", "[]", '{"id": "x"}', "no JSON", '{"id": 1}'])
def test_damaged_passkey_is_refused(client, credential):
    client.get(f"{HOME}keys/sign-in/", headers={"Accept": "application/json"})
    answer = client.post(f"{HOME}keys/sign-in/", {"credential": credential})
    assert answer.url == "/accounts/login/"
    assert "note-error" in client.get(answer.url).content.decode()


def test_damaged_key_after_the_password_is_refused_in_words(client, user):
    set_up_app(client)
    client.logout()
    sign_in(client)
    page = client.post(f"{HOME}enter/", {"credential": '{"id": "x"}'}).content.decode()
    assert "không được chấp nhận" in page
    assert not is_signed_in(client)


@pytest.mark.parametrize("credential", ["{}", "[]", '{"id": "x"}', "no JSON"])
def test_damaged_new_key_is_refused(client, user, credential):
    sign_in(client)
    confirm(client, HOME)
    page = client.post(f"{HOME}keys/add/", {"name": "Khóa", "credential": credential})
    assert "faults" in page.content.decode()
    assert not user.has_second_factor


def test_flood_of_passkeys_from_one_address_is_answered_in_words(client, settings):
    settings.MFA_RATE_LIMITS = {"webauthn_login": "1/m/ip"}
    for status in (302, 429):
        answer = client.post(f"{HOME}keys/sign-in/", {"credential": "{}"})
        assert answer.status_code == status
    assert "Thử quá nhiều lần" in answer.content.decode()


def test_pages_have_no_word_of_english_left(client, user):
    secret = set_up_app(client)
    pages = [HOME, f"{HOME}codes/", f"{HOME}codes/make/", f"{HOME}app/remove/"]
    texts = [client.get(path).content.decode() for path in [*pages, f"{HOME}keys/add/"]]
    client.logout()
    sign_in(client)
    texts.append(client.get(f"{HOME}enter/").content.decode())
    assert secret
    for text in texts:
        words = re.sub(r"<script.*?</script>|<[^>]+>", " ", text, flags=re.DOTALL)
        assert not re.search(r"\b(code|key|your|add|activate|sign in)\b", words, re.IGNORECASE)

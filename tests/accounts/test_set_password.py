"""The one-time link with which an invited person sets a password."""

from datetime import datetime, timedelta

import pytest
from django.contrib.auth.tokens import default_token_generator

from accounts import steps
from accounts.links import link_for
from accounts.models import Role, User
from tests.factories import make_province, make_user

pytestmark = pytest.mark.django_db
NEW = "mot-mat-khau-khac-9"
NO_LONGER_GOOD = "Liên kết không còn hiệu lực"


@pytest.fixture
def administrator():
    return make_user(role="administrator", province=make_province())


@pytest.fixture
def invited(administrator):
    return steps.invite(
        by=administrator,
        username="lvan",
        full_name="Lê Văn An",
        email="",
        role=Role.VIEWER,
        area=administrator.memberships.get().province,
    )


@pytest.fixture
def link(invited, rf):
    return link_for(invited, rf.get("/"))


def open_link(client, link):
    return client.get(link, follow=True)


def set_password(client, link, password=NEW, again=NEW):
    form = open_link(client, link).request["PATH_INFO"]
    return client.post(form, {"new_password1": password, "new_password2": again}, follow=True)


def test_link_sets_a_password_that_signs_in(client, link, invited):
    page = set_password(client, link)
    assert page.request["PATH_INFO"] == "/accounts/login/"
    assert "Đã đặt mật khẩu" in page.content.decode()
    assert client.post("/accounts/login/", {"login": "lvan", "password": NEW}).url == "/"
    assert invited.history.first().step == "password_set"
    assert invited.history.first().history_user == invited


def test_link_begins_with_the_address_of_the_site(invited, rf, settings):
    settings.SITE_URL = "https://ntm.example"
    assert link_for(invited, rf.get("/")).startswith("https://ntm.example/accounts/set-password/")


def test_token_leaves_the_address_while_the_form_is_open(client, link):
    page = open_link(client, link)
    assert page.request["PATH_INFO"].endswith("/set-password/")
    assert "lvan" in page.content.decode()


def test_link_is_good_once(client, link):
    set_password(client, link)
    assert NO_LONGER_GOOD in open_link(client, link).content.decode()


def test_passwords_that_differ_or_are_weak_are_refused(client, link, invited):
    assert "field-error" in set_password(client, link, again="khac").content.decode()
    assert "field-error" in set_password(client, link, "12345", "12345").content.decode()
    invited.refresh_from_db()
    assert invited.is_waiting


@pytest.mark.parametrize(("days", "is_good"), [(2, True), (4, False)])
def test_link_is_good_for_three_days(client, link, monkeypatch, days, is_good):
    later = datetime.now() + timedelta(days=days)  # noqa: DTZ005 as Django's generator counts
    monkeypatch.setattr(default_token_generator, "_now", lambda: later)
    assert (NO_LONGER_GOOD in open_link(client, link).content.decode()) is not is_good


def test_newer_link_ends_the_older_one(client, link, invited, administrator, rf):
    newer = link_for(steps.reset_password(invited, by=administrator, reason="thử"), rf.get("/"))
    assert NO_LONGER_GOOD in open_link(client, link).content.decode()
    assert "lvan" in open_link(client, newer).content.decode()


def test_reset_ends_the_old_password_and_all_sessions(client, invited, administrator):
    invited.set_password(NEW)
    invited.save()
    client.force_login(invited)
    steps.reset_password(invited, by=administrator, reason="thử")
    assert client.get("/accounts/me/").status_code == 302
    page = client.post("/accounts/login/", {"login": "lvan", "password": NEW})
    assert "chưa đúng" in page.content.decode()


def test_closed_account_sets_no_password(client, link, invited):
    User.objects.update(is_active=False)
    assert NO_LONGER_GOOD in open_link(client, link).content.decode()


@pytest.mark.parametrize("path", ["MQ/abc-def/", "%20/set-password/", "OTk5OTk5/x-y/"])
def test_damaged_link_says_what_to_do(client, path):
    page = open_link(client, f"/accounts/set-password/{path}").content.decode()
    assert NO_LONGER_GOOD in page
    assert "đề nghị quản trị viên" in page

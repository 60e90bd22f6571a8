"""Signing in and out, and one's own account."""

import pytest
from django.contrib.auth import get_user_model
from django.core.cache import cache

from tests.factories import make_district, make_user

pytestmark = pytest.mark.django_db
PASSWORD = "mat-khau-thu-nghiem"


@pytest.fixture(autouse=True)
def _fresh_limits():
    cache.clear()


@pytest.fixture
def user():
    return make_user(username="an", full_name="Nguyễn Thị An")


def sign_in(client, password=PASSWORD, path="/accounts/login/", **fields):
    return client.post(path, {"login": "an", "password": password} | fields)


def test_right_password_opens_the_first_page(client, user):
    assert sign_in(client).url == "/"
    assert client.get("/accounts/me/").status_code == 200


def test_wrong_password_gets_a_sentence_and_keeps_the_name(client, user):
    page = sign_in(client, password="sai").content.decode()
    assert "Tên đăng nhập hoặc mật khẩu chưa đúng" in page
    assert 'value="an"' in page


def test_unknown_name_gets_the_same_sentence(client):
    assert "Tên đăng nhập hoặc mật khẩu chưa đúng" in sign_in(client).content.decode()


def test_closed_account_does_not_open(client, user):
    get_user_model().objects.update(is_active=False)
    sign_in(client)
    assert "_auth_user_id" not in client.session


def test_sixth_attempt_after_five_failures_is_refused(client, user):
    for _ in range(5):
        sign_in(client, password="sai")
    page = sign_in(client).content.decode()
    assert "Đăng nhập sai quá nhiều lần" in page
    assert "_auth_user_id" not in client.session


def test_flood_from_one_address_is_answered_in_words(client, user, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login": "2/m/ip"}
    for _ in range(2):
        sign_in(client, password="sai")
    answer = sign_in(client)
    assert answer.status_code == 429
    assert "Thử quá nhiều lần" in answer.content.decode()


def test_sign_in_goes_on_to_the_page_that_was_asked_for(client, user):
    asked = client.get("/accounts/me/").url
    page = client.get(asked).content.decode()
    assert '<input type="hidden" name="next" value="/accounts/me/">' in page
    assert sign_in(client, next="/accounts/me/").url == "/accounts/me/"


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example", "javascript:alert(1)"]
)
def test_sign_in_sends_nobody_to_another_site(client, user, target):
    assert sign_in(client, next=target).url == "/"


@pytest.mark.parametrize(
    "path", ["/accounts/signup/", "/accounts/password/reset/", "/accounts/email/"]
)
def test_nobody_makes_or_resets_an_account_alone(client, path):
    assert client.get(path).status_code == 404


def test_sign_out_by_a_link_asks_first(client, user):
    client.force_login(user)
    assert "Anh/chị muốn đăng xuất?" in client.get("/accounts/logout/").content.decode()
    assert "_auth_user_id" in client.session


def test_sign_out_ends_the_session(client, user):
    client.force_login(user)
    assert client.post("/accounts/logout/").url == "/"
    assert "_auth_user_id" not in client.session


def test_own_page_names_the_roles_and_areas(client):
    district = make_district(name="Hữu Lũng")
    client.force_login(make_user(role="district_staff", district=district))
    page = client.get("/accounts/me/").content.decode()
    assert "Cán bộ cấp huyện" in page
    assert "Hữu Lũng" in page


def test_own_page_without_a_role_says_whom_to_ask(client, user):
    client.force_login(user)
    page = client.get("/accounts/me/").content.decode()
    assert "Hãy đề nghị quản trị viên của tỉnh phân quyền." in page


def change_password(client, old, new):
    return client.post(
        "/accounts/password/change/", {"oldpassword": old, "password1": new, "password2": new}
    )


def test_password_is_changed_with_the_old_one(client, user):
    client.force_login(user)
    assert change_password(client, PASSWORD, "mot-mat-khau-khac-9").url == "/accounts/me/"
    assert "Mật khẩu đã được đổi." in client.get("/accounts/me/").content.decode()
    user.refresh_from_db()
    assert user.check_password("mot-mat-khau-khac-9")
    assert user.history.first().step == "password_set"


def test_who_has_no_password_is_told_who_makes_a_link(client, user):
    user.set_unusable_password()
    user.save()
    client.force_login(user)
    page = client.get("/accounts/password/change/", follow=True).content.decode()
    assert "quản trị viên của tỉnh sẽ cấp liên kết" in page


def test_password_stays_without_the_old_one(client, user):
    client.force_login(user)
    page = change_password(client, "sai", "mot-mat-khau-khac-9").content.decode()
    assert "Mật khẩu hiện tại chưa đúng" in page
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_sign_in_page_speaks_english_when_asked(client):
    client.post("/language/", {"language": "en"})
    page = client.get("/accounts/login/").content.decode()
    assert "Sign in" in page
    assert "Đăng nhập" not in page


def test_sign_in_page_has_no_word_of_english_left(client):
    page = client.get("/accounts/login/").content.decode()
    assert 'for="id_login">Tên đăng nhập</label>' in page
    assert not any(word in page for word in ["Username", "Password", "Remember", "Sign "])

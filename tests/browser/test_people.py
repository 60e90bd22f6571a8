"""Invited, signed in with a second step, and managed: the pages about people in a browser."""

import re
import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core import mail
from django.core.cache import cache

from accounts.models import User
from tests.browser.axe import assert_accessible
from tests.browser.screens import PHONE, on_both_screens
from tests.factories import make_commune, make_district, make_province, make_user

PASSWORD = "mat-khau-thu-nghiem"


@pytest.fixture(autouse=True)
def administrator(live_server):
    cache.clear()
    province = make_province(name="Lạng Sơn")
    district = make_district(province=province, name="Hữu Lũng")
    make_commune(district=district, name="Hữu Liên")
    make_user(role="district_staff", district=district, full_name="Nguyễn Thị Ngọc Ánh")
    return make_user(
        role="administrator", province=province, username="quantri", full_name="Hoàng Văn Quản"
    )


def sign_in(page, name="quantri", password=PASSWORD, then="/accounts/me/"):
    page.goto(f"/accounts/login/?next={then}")
    page.get_by_label("Tên đăng nhập").fill(name)
    page.get_by_label("Mật khẩu", exact=True).fill(password)
    page.get_by_role("button", name="Đăng nhập", exact=True).click()


def confirm(page):
    page.get_by_role("heading", name="Xác nhận đúng là anh/chị").wait_for()
    page.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Xác nhận").click()


def code_of(secret, later=0):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + later))


def set_up_app(page):
    page.goto("/accounts/second-step/app/set-up/")
    confirm(page)
    secret = page.locator("code.secret").text_content()
    page.get_by_label("Mã ứng dụng đang hiện").fill(code_of(secret))
    page.get_by_role("button", name="Thiết lập ứng dụng").click()
    page.get_by_role("heading", name="Mã khôi phục").wait_for()
    return secret


def add_authenticator(page):
    """A device that holds passkeys, as Chromium plays one."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    device = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    made = devtools.send("WebAuthn.addVirtualAuthenticator", {"options": device})
    return devtools, made["authenticatorId"]


def check(page):
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth"), page.url
    assert_accessible(page)


def test_invited_person_sets_a_password_and_signs_in(page, new_page):
    sign_in(page, then="/accounts/people/")
    page.get_by_role("link", name="Mời người dùng").click()
    page.get_by_label("Họ và tên").fill("Lê Văn An")
    page.get_by_label("Tên đăng nhập").fill("lvan")
    page.get_by_label("Thư điện tử").fill("an@xa.example")
    page.get_by_label("Vai trò").select_option("Cán bộ cấp xã")
    page.get_by_label("Địa bàn").select_option("Xã Hữu Liên (Huyện Hữu Lũng)")
    page.get_by_role("button", name="Mời", exact=True).click()
    link = page.get_by_label("Liên kết").input_value()
    assert link in mail.outbox[0].body

    theirs = new_page(**PHONE, java_script_enabled=False)
    theirs.goto(link)
    theirs.get_by_label("Mật khẩu mới", exact=True).fill("mot-mat-khau-khac-9")
    theirs.get_by_label("Nhập lại mật khẩu mới").fill("mot-mat-khau-khac-9")
    theirs.get_by_role("button", name="Đặt mật khẩu").click()
    sign_in(theirs, "lvan", "mot-mat-khau-khac-9")
    theirs.get_by_role("heading", name="Lê Văn An").wait_for()

    page.goto("/accounts/people/?q=le van an")
    page.get_by_role("link", name="Lê Văn An").click()
    page.get_by_role("cell", name="Đã đặt mật khẩu").wait_for()


def test_app_is_set_up_and_its_code_signs_in_without_scripts(new_page):
    page = new_page(java_script_enabled=False)
    sign_in(page)
    page.get_by_role("link", name="Thiết lập", exact=True).click()
    secret = set_up_app(page)
    page.get_by_text("Hoàng Văn Quản").first.click()
    page.get_by_role("button", name="Đăng xuất").click()
    sign_in(page)
    page.get_by_label("Mã", exact=True).fill(code_of(secret, later=1))
    page.get_by_role("button", name="Đăng nhập", exact=True).click()
    page.get_by_role("heading", name="Hoàng Văn Quản").wait_for()


def test_passkey_signs_in_alone(page):
    add_authenticator(page)
    sign_in(page)
    page.goto("/accounts/second-step/keys/add/")
    confirm(page)
    page.get_by_label("Tên khóa").fill("Máy tính cơ quan")
    page.get_by_role("button", name="Thêm khóa này").click()
    page.get_by_role("heading", name="Mã khôi phục").wait_for()
    page.goto("/accounts/second-step/")
    page.get_by_role("row", name=re.compile("Máy tính cơ quan.*passkey")).wait_for()
    page.context.clear_cookies()
    page.goto("/accounts/login/?next=/accounts/me/")
    page.get_by_role("button", name="Đăng nhập bằng khóa truy cập").click()
    page.wait_for_url("**/accounts/me/")
    page.get_by_role("heading", name="Hoàng Văn Quản").wait_for()


def test_key_is_the_second_step_after_the_password(page):
    add_authenticator(page)
    sign_in(page)
    page.goto("/accounts/second-step/keys/add/")
    confirm(page)
    page.get_by_label("Chỉ cần khóa này").uncheck()
    page.get_by_role("button", name="Thêm khóa này").click()
    page.get_by_role("heading", name="Mã khôi phục").wait_for()
    page.context.clear_cookies()
    sign_in(page)
    page.get_by_role("button", name="Dùng khóa truy cập hoặc khóa bảo mật").click()
    page.get_by_role("heading", name="Hoàng Văn Quản").wait_for()


def test_key_that_does_not_answer_is_said_in_words(page):
    devtools, device = add_authenticator(page)
    devtools.send("WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": False})
    page.goto("/accounts/login/")
    page.get_by_role("button", name="Đăng nhập bằng khóa truy cập").click()
    page.get_by_role("alert").get_by_text("Chưa dùng được khóa").wait_for()


@on_both_screens
def test_required_second_step_is_set_up_before_anything_else(new_page, screen, settings):
    settings.REQUIRE_SECOND_FACTOR = True
    page = new_page(**screen)
    sign_in(page)
    page.get_by_text("nên bắt buộc xác thực hai bước").wait_for()
    check(page)
    set_up_app(page)
    page.goto("/accounts/people/")
    page.get_by_role("heading", name="2 người dùng").wait_for()


@on_both_screens
def test_pages_about_people_are_accessible(new_page, screen):
    page = new_page(**screen)
    sign_in(page, then="/accounts/people/")
    check(page)
    page.locator("summary", has_text="Hoàng Văn Quản").click()
    page.get_by_role("link", name="Người dùng").last.wait_for()
    assert_accessible(page)
    page.goto("/accounts/people/?state=closed")
    check(page)
    person = User.objects.get(full_name="Nguyễn Thị Ngọc Ánh")
    person.authenticator_set.create(type="totp", data={"secret": "x"})
    role = person.memberships.get()
    steps = ["", "change/", "give-role/", "close/", "reset-password/", "reset-second-step/"]
    for path in [f"{person.pk}/{step}" for step in steps] + [f"roles/{role.pk}/take/"]:
        page.goto(f"/accounts/people/{path}")
        check(page)
    page.get_by_label("Lý do").fill(" ")
    page.get_by_role("button", name="Thu vai trò").click()
    page.get_by_role("alert").wait_for()
    check(page)
    page.goto("/accounts/people/invite/")
    check(page)
    page.get_by_role("button", name="Mời", exact=True).click()
    page.get_by_role("alert").wait_for()
    check(page)


@on_both_screens
def test_link_pages_are_accessible(new_page, screen):
    page = new_page(**screen)
    sign_in(page)
    person = User.objects.get(full_name="Nguyễn Thị Ngọc Ánh")
    page.goto(f"/accounts/people/{person.pk}/reset-password/")
    page.get_by_label("Lý do").fill("Quên mật khẩu")
    page.get_by_role("button", name="Cấp liên kết").click()
    link = page.get_by_label("Liên kết").input_value()
    check(page)
    for address in [link, "/accounts/set-password/MQ/x-y/"]:
        page.goto(address)
        check(page)


@on_both_screens
def test_pages_of_the_second_step_are_accessible(new_page, screen, administrator):
    page = new_page(**screen)
    sign_in(page)
    page.goto("/accounts/second-step/")
    check(page)
    page.goto("/accounts/second-step/app/set-up/")
    check(page)
    confirm(page)
    page.locator("code.secret").wait_for()
    check(page)
    secret = page.locator("code.secret").text_content()
    page.get_by_label("Mã ứng dụng đang hiện").fill(code_of(secret))
    page.get_by_role("button", name="Thiết lập ứng dụng").click()
    page.get_by_role("heading", name="Mã khôi phục").wait_for()
    check(page)
    add_authenticator(page)
    page.goto("/accounts/second-step/keys/add/")
    check(page)
    page.get_by_role("button", name="Thêm khóa này").click()
    page.get_by_text("Đã thêm khóa").wait_for()
    own = f"keys/{administrator.authenticator_set.get(type='webauthn').pk}"
    paths = ["", "app/remove/", "codes/make/", f"{own}/rename/", f"{own}/remove/"]
    for path in paths:
        page.goto(f"/accounts/second-step/{path}")
        check(page)
    for path in ["confirm/", "keys/confirm/"]:
        page.goto(f"/accounts/second-step/{path}")
        check(page)
    page.context.clear_cookies()
    sign_in(page)
    page.get_by_label("Mã", exact=True).wait_for()
    check(page)

"""The frame of every page: signing in, language, light and dark, keyboard, phones."""

import pytest
from django.core.cache import cache

from tests.browser.axe import assert_accessible, faults
from tests.browser.screens import on_both_screens
from tests.factories import make_district, make_user

PASSWORD = "mat-khau-thu-nghiem"
NAME = "Nguyễn Thị Ngọc Ánh"


@pytest.fixture(autouse=True)
def _user(live_server):
    cache.clear()
    make_user(
        username="an",
        full_name=NAME,
        role="district_staff",
        district=make_district(name="Hữu Lũng"),
    )


def sign_in(page, password=PASSWORD):
    page.goto("/accounts/login/?next=/accounts/me/")
    page.get_by_label("Tên đăng nhập").fill("an")
    page.get_by_label("Mật khẩu", exact=True).fill(password)
    page.get_by_role("button", name="Đăng nhập", exact=True).click()


def theme(page):
    return page.locator("html").get_attribute("data-bs-theme")


def is_too_wide(page):
    return page.evaluate("document.documentElement.scrollWidth > innerWidth")


@on_both_screens
def test_pages_of_an_account_are_accessible(new_page, screen):
    page = new_page(**screen)
    sign_in(page, password="sai")
    assert_accessible(page)
    sign_in(page)
    for path in ["/accounts/me/", "/accounts/password/change/", "/accounts/logout/"]:
        page.goto(path)
        assert theme(page) == screen["color_scheme"]
        assert not is_too_wide(page)
        assert_accessible(page)
    page.get_by_text(NAME).first.click()
    assert_accessible(page)


def test_axe_would_notice_a_fault(page):
    page.goto("/accounts/login/")
    page.evaluate("document.querySelector('label').remove()")
    assert any(fault.startswith("label:") for fault in faults(page))


def test_wrong_password_puts_the_reader_at_the_list_of_faults(page):
    sign_in(page, password="sai")
    assert page.locator(":focus").get_by_text("chưa đúng").is_visible()
    assert page.get_by_label("Tên đăng nhập").input_value() == "an"


def test_skip_link_comes_first_and_leads_to_the_content(page):
    page.goto("/accounts/login/")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Đến phần nội dung")
    assert skip.evaluate("link => link === document.activeElement")
    assert skip.bounding_box()["y"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_keyboard_alone_signs_in_and_out(page):
    page.goto("/accounts/login/?next=/accounts/me/")
    page.get_by_label("Tên đăng nhập").focus()
    page.keyboard.type("an")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/accounts/me/")
    menu = page.locator("summary", has_text=NAME)
    menu.press("Enter")
    page.keyboard.press("Escape")
    assert menu.evaluate("summary => summary === document.activeElement")
    assert not page.get_by_role("button", name="Đăng xuất").is_visible()
    menu.press("Enter")
    page.get_by_role("button", name="Đăng xuất").press("Enter")
    page.wait_for_url(lambda url: "/accounts/me/" not in url)
    page.goto("/accounts/me/")
    assert "/accounts/login/" in page.url


def test_theme_is_chosen_without_losing_what_is_typed(page):
    page.goto("/accounts/login/")
    page.get_by_label("Tên đăng nhập").fill("an")
    page.get_by_text("Giao diện").click()
    with page.expect_response("**/theme/"):
        page.get_by_role("button", name="Tối").click()
    assert theme(page) == "dark"
    assert page.get_by_label("Tên đăng nhập").input_value() == "an"
    page.reload()
    assert theme(page) == "dark"


def test_theme_follows_the_device_until_one_is_chosen(page):
    page.goto("/accounts/login/")
    for scheme in ["dark", "light"]:
        page.emulate_media(color_scheme=scheme)
        page.locator(f'html[data-bs-theme="{scheme}"]').wait_for(state="attached")


def test_language_switch_keeps_the_page(page):
    page.goto("/accounts/login/?next=/accounts/me/")
    page.get_by_role("button", name="English").click()
    page.get_by_role("heading", name="Sign in").wait_for()
    assert page.url.endswith("/accounts/login/?next=/accounts/me/")
    assert page.locator("html").get_attribute("lang") == "en"
    page.get_by_role("button", name="Tiếng Việt").click()
    page.get_by_role("heading", name="Đăng nhập").wait_for()


def test_all_of_it_works_without_scripts(new_page):
    page = new_page(java_script_enabled=False)
    page.goto("/accounts/login/")
    page.get_by_text("Giao diện").click()
    page.get_by_role("button", name="Tối").click()
    assert theme(page) == "dark"
    sign_in(page)
    page.get_by_role("heading", name=NAME).wait_for()


def test_swap_after_the_session_ended_leads_to_sign_in(page):
    sign_in(page)
    page.wait_for_url("**/accounts/me/")
    page.context.clear_cookies(name="sessionid")
    page.evaluate("htmx.ajax('GET', '/accounts/me/', '#main')")
    page.wait_for_url("**/accounts/login/?next=/accounts/me/")


def test_refused_swap_says_why_in_place(page, complaints):
    page.goto("/accounts/login/")
    page.evaluate("htmx.ajax('GET', '/nothing/', '#main')")
    page.locator("#main").get_by_text("Không có trang này").wait_for()
    assert page.locator("header").count() == 1
    assert complaints
    assert all("404" in complaint for complaint in complaints)
    complaints.clear()


def test_lost_connection_is_said_and_the_page_stays(page, complaints):
    page.goto("/accounts/login/")
    page.context.set_offline(True)
    page.evaluate("htmx.ajax('GET', '/accounts/login/', '#main').catch(() => {})")
    page.get_by_text("Máy chủ không trả lời").wait_for()
    assert page.get_by_role("heading", name="Đăng nhập").is_visible()
    complaints.clear()

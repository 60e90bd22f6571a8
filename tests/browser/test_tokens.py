"""A token is made, copied and revoked in a browser, also without scripts."""

import re

import pytest
from django.core.cache import cache

from tests.browser.screens import on_both_screens
from tests.browser.test_people import PASSWORD, check, confirm, sign_in
from tests.factories import make_commune, make_district, make_province, make_token, make_user


@pytest.fixture(autouse=True)
def administrator(live_server):
    cache.clear()
    province = make_province(name="Lạng Sơn")
    make_commune(district=make_district(province=province, name="Hữu Lũng"), name="Hữu Liên")
    return make_user(
        role="administrator",
        province=province,
        username="quantri",
        full_name="Hoàng Văn Quản",
        password=PASSWORD,
    )


def fill(page):
    page.get_by_label("Tên mã").fill("Cổng dữ liệu tỉnh")
    page.get_by_label("Địa bàn").select_option("Xã Hữu Liên (Huyện Hữu Lũng)")
    page.get_by_role("button", name="Tạo mã", exact=True).click()


def test_a_token_is_made_and_revoked_without_scripts(new_page):
    page = new_page(java_script_enabled=False)
    sign_in(page)
    page.get_by_role("link", name="Dành cho phần mềm").click()
    page.get_by_role("link", name="Tạo mã truy cập").click()
    confirm_if_asked(page)
    fill(page)
    assert re.fullmatch("ntm_[0-9a-f]{64}", page.get_by_label("Mã", exact=True).input_value())
    assert "ntm_" not in page.url
    page.get_by_role("link", name="Xong, tôi đã sao chép").click()
    page.get_by_role("link", name=re.compile("Thu hồi.*Cổng dữ liệu")).click()
    page.get_by_role("button", name="Thu hồi mã này").click()
    page.get_by_text("Đã thu hồi mã “Cổng dữ liệu tỉnh”").wait_for()


def confirm_if_asked(page):
    """Signing in a moment ago may do."""
    if "/confirm/" in page.url:
        confirm(page)


@on_both_screens
def test_pages_of_tokens_are_accessible(new_page, screen, administrator):
    page = new_page(**screen)
    sign_in(page, then="/accounts/tokens/")
    page.get_by_role("heading", name="Mã truy cập của tôi").wait_for()
    check(page)
    page.goto("/accounts/tokens/make/")
    confirm_if_asked(page)
    page.get_by_role("button", name="Tạo mã", exact=True).click()
    page.get_by_role("alert").wait_for()
    check(page)
    fill(page)
    page.get_by_label("Mã", exact=True).wait_for()
    check(page)
    token, _bearer = make_token(user=administrator, name="Cũ", days=-1)
    for path in ["tokens/", "people/tokens/", f"tokens/{token.pk}/revoke/"]:
        page.goto(f"/accounts/{path}")
        check(page)

"""A period's life in a real browser: opened, closed, an exception granted, and the log of it."""

import pytest
from django.core.cache import cache

from criteria.models import PeriodException, ReportingPeriod
from tests.browser.axe import assert_accessible
from tests.browser.screens import LAPTOP, on_both_screens
from tests.criteria.world import World
from tests.factories import make_period

PASSWORD = "mat-khau-thu-nghiem"
Status = ReportingPeriod.Status


@pytest.fixture
def world(live_server):
    cache.clear()
    world = World(status=Status.PLANNED)
    for quarter in [1, 4]:
        make_period(province=world.province, year=2024, quarter=quarter, status=Status.CLOSED)
    return world


def sign_in(page, world):
    page.goto("/accounts/login/?next=/accounts/me/")
    page.get_by_label("Tên đăng nhập").fill(world.officer.username)
    page.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập", exact=True).click()
    page.get_by_role("heading", name=world.officer.full_name).wait_for()


def address(world, rest=""):
    return f"/provinces/{world.province.code}/{rest}"


def grant(page, world):
    page.get_by_label("Cho đơn vị").select_option(label=str(world.commune))
    page.get_by_label("Đến", exact=True).fill("2099-03-01T17:00")
    page.get_by_label("Lý do").fill("mưa lũ")
    page.get_by_role("button", name="Cho phép ngoại lệ").click()
    page.get_by_text("được nhập đến 17:00 01/03/2099").first.wait_for()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_period_is_opened_closed_and_excepted(new_page, world, scripts):
    page = new_page(**LAPTOP, java_script_enabled=scripts)
    sign_in(page, world)
    page.goto(address(world, "periods/"))
    page.get_by_role("link", name="Quý 2/2025").click()
    page.get_by_role("button", name="Mở kỳ").click()
    page.get_by_text("đã tạo 1 phiếu").wait_for()
    page.get_by_role("link", name="Đóng kỳ…").click()
    page.get_by_text("2 phiếu đang nhập").wait_for()
    page.get_by_role("button", name="Đóng kỳ").click()
    page.get_by_text("Đã đóng Quý 2/2025.").wait_for()
    grant(page, world)
    assert PeriodException.objects.get().commune == world.commune
    page.get_by_role("link", name=f"Thu hồi… {world.commune}").click()
    page.get_by_label("Lý do").fill("nhầm xã")
    page.get_by_role("button", name="Thu hồi ngoại lệ").click()
    page.get_by_text("Đã thu hồi ngoại lệ").wait_for()


def test_refused_exception_keeps_what_was_typed(page, world):
    sign_in(page, world)
    page.goto(address(world, "periods/2024-Q4/"))
    page.get_by_label("Cho đơn vị").select_option(label=str(world.commune))
    page.get_by_label("Đến", exact=True).fill("2020-03-01T17:00")
    page.get_by_label("Lý do").fill("mưa lũ")
    page.get_by_role("button", name="Cho phép ngoại lệ").click()
    assert page.locator(":focus").get_by_text("17:00 01/03/2020 đã qua").is_visible()
    assert page.get_by_label("Lý do").input_value() == "mưa lũ"
    assert_accessible(page)


def test_log_is_narrowed_in_place_and_taken_along(page, world):
    world.period.status = Status.OPEN
    world.period.save()
    world.fill()
    sign_in(page, world)
    page.goto(address(world, "log/"))
    rows = page.locator("#log tbody tr")
    everything = rows.count()
    with page.expect_response("**/log/?kind=score**"):
        page.get_by_label("Loại thay đổi").select_option(label="Kết quả chỉ tiêu")
    page.get_by_role("link", name="Loại thay đổi: Kết quả chỉ tiêu").wait_for()
    assert rows.count() == 4 < everything
    assert "kind=score" in page.url
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV Nhật ký").click()
    text = download.value.path().read_text("utf-8-sig")
    assert text.count("Hội Hoan") == 4
    assert "Loại thay đổi: Kết quả chỉ tiêu" in text


@on_both_screens
def test_pages_are_accessible_and_fit(new_page, world, screen):
    world.period.status = Status.OPEN
    world.period.save()
    world.fill()
    page = new_page(**screen)
    sign_in(page, world)
    page.goto(address(world, "periods/2024-Q4/"))
    grant(page, world)
    for path in [
        address(world, "periods/"),
        address(world, "periods/2025-Q2/"),
        address(world, "periods/2024-Q4/"),
        address(world, "periods/2024-Q4/reopen/"),
        address(world, "log/"),
        f"/assessments/{world.assessment.pk}/history/",
    ]:
        page.goto(path)
        assert_accessible(page)
        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth"), path

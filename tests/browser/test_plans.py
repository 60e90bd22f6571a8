"""Targets in a real browser: changed, their effect seen, saved, and shown on the dashboard."""

import pytest
from django.core.cache import cache

from tests.browser.axe import assert_accessible
from tests.browser.sign_in import sign_in
from tests.targets.plans.world import PlanWorld

LAPTOP = {"width": 1280, "height": 800}
PHONE = {"width": 360, "height": 740}


@pytest.fixture
def world(live_server):
    cache.clear()
    return PlanWorld()


def path(world, rest=""):
    return f"/provinces/{world.province.code}/plans/{rest}"


def last_target(page, world):
    """The target of 2025 on the dashboard's card of recognised communes."""
    page.goto(f"/provinces/{world.province.code}/?as_of=2022-12-31")
    card = page.locator(".stat", has_text="Xã đạt chuẩn NTM").first
    return card.locator(".stat-lines div", has_text="2025").locator("dd").inner_text()


def take_refusal(complaints):
    """The console tells of the one page that was refused on purpose."""
    [told] = complaints
    assert "422" in told
    complaints.clear()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_target_is_changed_previewed_and_on_the_dashboard(
    new_page, world, address, complaints, scripts
):
    page = new_page(viewport=LAPTOP, java_script_enabled=scripts)
    sign_in(page, world.officer, address)
    assert last_target(page, world) == "115"
    page.goto(path(world, "ke-hoach/"))
    page.get_by_role("link", name="Sửa chỉ tiêu").click()
    cell = page.get_by_label("Xã đạt chuẩn NTM, 2025", exact=True)
    cell.fill("104")
    page.get_by_role("button", name="Xem trước ảnh hưởng").click()
    page.get_by_role("alert").get_by_text("nhỏ hơn 105 của năm 2024").wait_for()
    assert cell.input_value() == "104"
    take_refusal(complaints)
    cell.fill("118")
    page.get_by_role("button", name="Xem trước ảnh hưởng").click()
    page.get_by_role("heading", name="1 chỉ tiêu sẽ thay đổi").wait_for()
    effect = page.get_by_role("region", name="Các thẻ thay đổi")
    assert "118 (năm 2025)" in effect.inner_text()
    page.get_by_label("Lý do").fill("Quyết định 12/QĐ-UBND")
    page.get_by_role("button", name="Lưu chỉ tiêu").click()
    page.get_by_text("Đã lưu 1 chỉ tiêu.").wait_for()
    assert last_target(page, world) == "118"


def test_sum_of_districts_is_checked_while_typing(page, world, address, complaints):
    sign_in(page, world.officer, address)
    page.goto(path(world, "ke-hoach/allocate/communes_standard/cumulative_count/"))
    first, second = (f"{district}, 2025" for district in world.districts)
    page.get_by_label(first).fill("60")
    page.get_by_label(second).fill("50")
    page.get_by_label(second).blur()
    page.get_by_text("110 so với 115 của tỉnh, lệch −5").wait_for()
    page.get_by_label("Lý do").fill("giao kế hoạch")
    page.get_by_role("button", name="Lưu chỉ tiêu").click()
    page.get_by_label("Tổng lệch với chỉ tiêu của tỉnh là có chủ ý").check()
    take_refusal(complaints)
    page.get_by_role("button", name="Lưu chỉ tiêu").click()
    page.get_by_text("Đã lưu 2 chỉ tiêu.").wait_for()


@pytest.mark.parametrize(("viewport", "scheme"), [(LAPTOP, "light"), (PHONE, "dark")])
def test_pages_are_accessible_and_fit(new_page, world, address, viewport, scheme):
    page = new_page(viewport=viewport, color_scheme=scheme)
    sign_in(page, world.officer, address)
    of_plan = ["", "targets/", "version/", "upload/"]
    allocate = "ke-hoach/allocate/communes_standard/cumulative_count/"
    for rest in ["", "add/", allocate, *(f"ke-hoach/{rest}" for rest in of_plan)]:
        page.goto(path(world, rest))
        assert_accessible(page)
        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth"), rest
    page.goto(path(world, "ke-hoach/targets/"))
    page.get_by_label("Xã đạt chuẩn NTM, 2025", exact=True).fill("118")
    page.get_by_role("button", name="Xem trước ảnh hưởng").click()
    page.get_by_role("heading", name="1 chỉ tiêu sẽ thay đổi").wait_for()
    assert_accessible(page)

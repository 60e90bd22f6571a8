"""A small merger in a real browser: entered, looked at, applied, taken back."""

import pytest
from django.core.cache import cache

from communes.models import Commune
from tests.browser.axe import assert_accessible
from tests.browser.sign_in import sign_in
from tests.criteria.world import World
from tests.factories import make_commune, make_recognition

LAPTOP = {"width": 1280, "height": 800}
PHONE = {"width": 360, "height": 740}


@pytest.fixture
def world(live_server):
    cache.clear()
    world = World()
    world.neighbour = make_commune(district=world.district, name="Bình La")
    make_recognition(commune=world.neighbour, year=2023)
    return world


def enter(page, world):
    page.goto(f"/provinces/{world.province.code}/boundaries/")
    page.get_by_role("link", name="Nhập lần sắp xếp").click()
    page.get_by_label("Nghị quyết", exact=True).fill("9/NQ-UBTVQH16")
    page.get_by_label("Hiệu lực từ").fill("2026-01-01")
    page.get_by_role("button", name="Tiếp tục với các đơn vị").click()
    page.get_by_role("link", name="Thêm đơn vị mới").click()
    page.get_by_label("Mã", exact=True).fill("99901")
    page.get_by_label("Tên", exact=True).fill("Hội La")
    page.get_by_label("Huyện", exact=True).select_option(label=str(world.district))
    page.get_by_label("Các đơn vị nhập nguyên trạng vào đây").select_option(
        [str(world.commune.pk), str(world.neighbour.pk)]
    )
    page.get_by_role("button", name="Lưu đơn vị").click()
    page.get_by_role("heading", name="2 dòng").wait_for()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_merger_is_entered_applied_and_taken_back(new_page, world, address, scripts):
    page = new_page(viewport=LAPTOP, java_script_enabled=scripts)
    sign_in(page, world.officer, address)
    enter(page, world)
    page.get_by_role("link", name="Xem trước kết quả").click()
    page.get_by_text("1 quyết định công nhận hết hiệu lực").wait_for()
    page.get_by_text("chuyển sang Xã Hội La").wait_for()
    page.get_by_role("button", name="Áp dụng").click()
    page.get_by_text("Đã áp dụng 9/NQ-UBTVQH16").wait_for()
    assert world.staff.memberships.get().commune == Commune.objects.get(code="99901")
    page.get_by_role("link", name="Hoàn tác lần sắp xếp…").click()
    page.get_by_label("Lý do").fill("nhầm ngày")
    page.get_by_role("button", name="Hoàn tác lần sắp xếp").click()
    page.get_by_text("Đã hoàn tác 9/NQ-UBTVQH16").wait_for()
    assert not Commune.objects.filter(code="99901").exists()
    assert world.staff.memberships.get().commune == world.commune


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_are_accessible_and_fit_a_phone(new_page, world, address, scheme):
    page = new_page(viewport=PHONE, color_scheme=scheme)
    sign_in(page, world.officer, address)
    enter(page, world)
    draft = page.url
    for path in ["", "units/add/", "lines/add/", "upload/", "preview/", "discard/", "../../"]:
        page.goto(draft + path)
        assert_accessible(page)
        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth"), path

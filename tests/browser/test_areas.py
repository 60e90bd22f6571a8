"""Areas of communes in a real browser: uploaded, looked at, drawn, taken away again."""

import pytest
from django.core.cache import cache

from communes.models import Commune, CommuneArea
from tests.browser.axe import assert_accessible
from tests.browser.screens import on_both_screens
from tests.browser.test_periods import sign_in
from tests.communes.squares import collection, square
from tests.criteria.world import World


@pytest.fixture
def world(live_server):
    cache.clear()
    world = World()
    place = {"latitude": 21.05, "longitude": 106.05}
    Commune.objects.filter(pk=world.commune.pk).update(code="00101", **place)
    return world


def look_at_a_file(page, world, tmp_path):
    path = tmp_path / "xa.geojson"
    path.write_bytes(collection(square("00101"), square("99999", 107)))
    page.goto(f"/provinces/{world.province.code}/boundaries/areas/")
    page.get_by_label("Tệp GeoJSON").set_input_files(path)
    page.get_by_label("Nguồn và quyền sử dụng").fill("Sở Nông nghiệp, 2024")
    page.get_by_role("button", name="Xem nội dung tệp").click()
    page.get_by_role("heading", name="Tệp có ranh giới của 1 xã").wait_for()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_file_is_looked_at_applied_and_removed(new_page, world, tmp_path, scripts):
    page = new_page(java_script_enabled=scripts)
    sign_in(page, world)
    look_at_a_file(page, world, tmp_path)
    assert page.get_by_text("99999").is_visible()
    assert not CommuneArea.objects.exists()
    page.get_by_role("button", name="Đưa các ranh giới này lên bản đồ").click()
    page.get_by_text("Bản đồ nay vẽ ranh giới của 1 xã.").wait_for()
    if scripts:
        page.goto(f"/provinces/{world.province.code}/charts/map-grades/")
        page.locator(".js-fill").first.wait_for(state="attached")
        page.go_back()
    page.get_by_role("link", name="Gỡ khỏi bản đồ… xa.geojson").click()
    page.get_by_role("button", name="Gỡ khỏi bản đồ").click()
    page.get_by_text("Bản đồ lại vẽ 1 xã bằng điểm.").wait_for()
    assert not CommuneArea.objects.exists()


@on_both_screens
def test_pages_are_accessible_and_fit(new_page, world, tmp_path, screen):
    page = new_page(**screen)
    sign_in(page, world)
    look_at_a_file(page, world, tmp_path)
    for step in [None, "Đưa các ranh giới này lên bản đồ"]:
        if step:
            page.get_by_role("button", name=step).click()
            page.get_by_role("heading", name="Các tệp đã đưa lên").wait_for()
        assert_accessible(page)
        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")

"""An officer verifies thresholds in bulk after a look at what changes, and copies a set."""

import pytest
from django.core.cache import cache

from criteria.models import CriteriaSet, Verification
from tests.browser.axe import assert_accessible
from tests.browser.sign_in import sign_in
from tests.criteria.world import World
from tests.factories import make_criteria_set, make_indicator

LAPTOP = {"width": 1280, "height": 800}
PHONE = {"width": 360, "height": 740}


@pytest.fixture
def world(live_server):
    cache.clear()
    world = World()
    world.fill(poor=50)
    return world


def path_of(world, rest):
    return f"/provinces/{world.province.code}/{rest}"


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_thresholds_are_verified_and_a_set_is_copied(new_page, address, world, scripts):
    page = new_page(viewport=LAPTOP, java_script_enabled=scripts)
    sign_in(page, world.officer, address)
    page.goto(path_of(world, "thresholds/?state=unverified"))
    page.get_by_label("Chọn 1.2").check()
    page.get_by_role("button", name="Kiểm chứng các mức đã chọn…").click()
    page.get_by_role("heading", name="1 kết quả chưa phê duyệt thay đổi, ở 1 xã").wait_for()
    assert not Verification.objects.exists()
    page.get_by_label("Văn bản").fill("1/QĐ, trang 3")
    page.get_by_role("button", name="Kiểm chứng").click()
    page.get_by_text("Đã kiểm chứng 1 mức đạt chuẩn.").wait_for()
    page.goto(path_of(world, f"sets/{world.criteria_set.pk}/"))
    page.get_by_role("link", name="Sao chép bộ tiêu chí…").click()
    page.get_by_label("Mã").fill("XA_MOI")
    page.get_by_label("Quyết định", exact=True).fill("9/QĐ-UBND")
    page.get_by_label("Hiệu lực từ").fill("2027-01-01")
    page.get_by_role("button", name="Tạo bản sao").click()
    page.get_by_text("Bản sao là dự thảo").wait_for()
    made = CriteriaSet.objects.get(code="XA_MOI")
    assert made.is_draft
    assert made.criteria.count() == 3


def test_pages_are_accessible_and_fit_a_phone(new_page, address, world):
    page = new_page(viewport=PHONE, color_scheme="dark")
    sign_in(page, world.officer, address)
    chosen = world.poor.thresholds.get().pk
    draft = make_criteria_set(criteria=2, province=world.province, is_draft=True)
    make_indicator(criterion=draft.criteria.get(number=1))
    for path in [
        "thresholds/",
        f"thresholds/verify/?chosen={chosen}",
        f"thresholds/{world.poor.pk}/TDMNPB/",
        f"thresholds/{world.poor.pk}/TDMNPB/change/",
        "sets/",
        f"sets/{draft.pk}/",
        f"sets/{draft.pk}/import/",
        f"sets/{draft.pk}/crosswalk/{world.criteria_set.pk}/",
    ]:
        page.goto(path_of(world, path))
        assert_accessible(page)
        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth"), path

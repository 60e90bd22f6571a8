"""Reviewing in a real browser: the change view, returning one line, approving several."""

import pytest

from accounts.models import Role
from criteria import steps
from criteria.models import Assessment
from criteria.sheets import forget_layouts
from tests.browser.axe import assert_accessible
from tests.browser.screens import PHONE, on_both_screens
from tests.browser.sign_in import sign_in
from tests.criteria.world import World
from tests.factories import make_assessment

State = Assessment.State


@pytest.fixture
def world(live_server):
    """Two communes of a district, submitted; one value fell since the quarter before."""
    forget_layouts()
    world = World(district_verifies=False)
    before = make_assessment(
        commune=world.commune,
        criteria_set=world.criteria_set,
        period=world.earlier_period(),
        met=3,
    )
    world.give_scores(before)
    world.second = world.make_assessment(world.make_commune_here())
    world.colleague = world.make_user(Role.COMMUNE_STAFF, commune=world.second.commune)
    world.fill(roads=70)
    world.save(world.change("1.1", 70, version=1, note="Mưa lũ tháng 5 làm hỏng đường."))
    world.fill(world.second, by=world.colleague)
    world.take(steps.submit, by=world.staff)
    world.take(steps.submit, by=world.colleague, assessment=world.second)
    world.queue = f"/provinces/{world.province.code}/review/"
    world.review = f"/assessments/{world.assessment.pk}/review/"
    return world


@pytest.fixture
def officer(page, world, address):
    """The officer's browser."""
    sign_in(page, world.officer, address)
    return page


def state_of(assessment):
    return Assessment.objects.get(pk=assessment.pk).state


@on_both_screens
def test_pages_are_accessible_and_no_wider_than_the_screen(new_page, world, address, screen):
    page = new_page(**screen)
    sign_in(page, world.officer, address)
    for path in [world.queue, world.review]:
        page.goto(path)
        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth"), path
        for closed in page.locator("main details").all():
            closed.evaluate("element => { element.open = true }")
        assert_accessible(page)
    seen = Assessment.objects.get(pk=world.assessment.pk).version
    world.take(steps.approve, by=world.officer, version=seen)
    page.goto(world.review)
    assert_accessible(page)


def test_approved_from_the_change_view_and_on_to_the_next(officer, world):
    officer.goto(world.queue)
    officer.get_by_role("link", name="Xã Hội Hoan").click()
    changed = officer.locator(".changes #line-1-1")
    assert "90,0" in changed.inner_text()
    assert "70,0" in changed.inner_text()
    assert "Mưa lũ tháng 5 làm hỏng đường." in changed.inner_text()
    officer.get_by_role("button", name="Phê duyệt").click()
    officer.get_by_text("Đã phê duyệt: Xã Hội Hoan, Quý 2/2025").wait_for()
    assert officer.url.endswith(f"/assessments/{world.second.pk}/review/")
    assert state_of(world.assessment) == State.APPROVED


def test_one_line_is_returned_with_a_reason(officer, world):
    officer.goto(world.review)
    line = officer.locator(".changes #line-1-1")
    line.get_by_text("Lý do trả lại").click()
    line.get_by_role("textbox").fill("Bổ sung biên bản đo đường.")
    officer.get_by_role("button", name="Trả lại", exact=True).click()
    officer.get_by_text("Đã trả lại: Xã Hội Hoan, Quý 2/2025").wait_for()
    assert state_of(world.assessment) == State.RETURNED
    reason = world.assessment.steps.get(action="return").reasons.get()
    assert (reason.indicator, reason.text) == (world.roads, "Bổ sung biên bản đo đường.")


def test_district_is_ticked_as_a_whole_and_approved_at_once(officer, world):
    officer.goto(world.queue)
    officer.get_by_role("checkbox", name="Chọn tất cả").check()
    assert officer.locator("[name=chosen]:checked").count() == 2
    officer.get_by_role("button", name="Phê duyệt phiếu đã chọn").click()
    officer.get_by_text("Đã phê duyệt 2 phiếu.").wait_for()
    officer.get_by_text("Không có phiếu nào chờ xử lý.").wait_for()


def test_reviews_without_scripts(new_page, world, address):
    page = new_page(**PHONE, java_script_enabled=False)
    sign_in(page, world.officer, address)
    page.goto(world.queue)
    page.get_by_role("checkbox", name="Chọn Xã Hội Hoan").check()
    page.get_by_role("button", name="Phê duyệt phiếu đã chọn").click()
    assert "Đã phê duyệt 1 phiếu." in page.locator("main").inner_text()
    page.goto(world.review)
    page.get_by_label("Lý do hủy").fill("Duyệt nhầm xã.")
    page.get_by_role("button", name="Hủy phê duyệt").click()
    assert state_of(world.assessment) == State.SUBMITTED

"""The whole story of one assessment, from the first value typed to the figures on the dashboard.

District staff enter, are warned, attach a file and submit; the officer returns one indicator
with a reason; staff mend it; the officer approves from the change view; the dashboard's figures
move; the history tells it.
"""

import re

import pytest

from criteria.sheets import forget_layouts
from targets.snapshot import forget_snapshots
from tests.browser.screens import LAPTOP
from tests.browser.sign_in import sign_in
from tests.criteria import samples
from tests.criteria.world import World
from tests.factories import make_assessment


@pytest.fixture
def world(live_server, settings):
    """One criterion of three was met when last verified; the province approves at once."""
    settings.PUBLIC_DASHBOARD = True
    forget_layouts()
    forget_snapshots()
    world = World(district_verifies=False)
    before = make_assessment(
        commune=world.commune,
        criteria_set=world.criteria_set,
        period=world.earlier_period(),
        met=1,
    )
    world.give_scores(before)
    return world


@pytest.fixture
def dashboard(new_page, world):
    """What a visitor reads as the commune's headline."""
    page = new_page(**LAPTOP)
    address = f"/provinces/{world.province.code}/communes/{world.commune.code}/?as_of=2025-06-30"

    def headline():
        page.goto(address)
        return page.get_by_role("heading", level=1).text_content()

    return headline


def assess(page, code, text="", verdict=""):
    """Fill one line and wait until it is saved."""
    line = page.locator(f"#line-{code}")
    if text:
        line.locator(f"#value-{code}").fill(text)
        line.locator(f"#value-{code}").blur()
    if verdict:
        line.get_by_label(verdict, exact=True).check()
    line.get_by_text("Đã lưu").wait_for()


def test_from_the_first_value_to_the_dashboard(new_page, world, address, dashboard, complaints):
    assert "đạt 1/3 tiêu chí" in dashboard()

    staff = new_page(**LAPTOP)
    sign_in(staff, world.district_staff, address)
    staff.goto("/work/")
    staff.get_by_role("link", name="Bắt đầu nhập").click()
    assess(staff, "1-1", "70")
    staff.locator("#line-1-1 .line-warning").get_by_text("nay chưa đạt").wait_for()
    assess(staff, "1-2", "30", "đạt")
    assess(staff, "2-1", verdict="đạt")
    assess(staff, "3", verdict="đạt")

    staff.get_by_role("button", name="Nộp phiếu").click()
    staff.get_by_text("phải bổ sung trước khi nộp").wait_for()
    complaints.clear()  # the browser reports the refusal, 422, as an error
    note = staff.locator("[name='note-1.1']")
    note.fill("Mưa lũ tháng 5 làm hỏng đường.")
    note.blur()
    staff.locator("#line-1-1").get_by_text("Đã lưu").wait_for()

    staff.locator("#line-1-1 .talk-link").click()
    panel = staff.locator("#talk-1-1")
    panel.locator("[type=file]").set_input_files(
        {"name": "biên bản.pdf", "mimeType": "application/pdf", "buffer": samples.PDF}
    )
    panel.get_by_role("button", name="Gửi tệp").click()
    panel.get_by_text("biên bản.pdf").first.wait_for()
    staff.get_by_role("button", name="Nộp phiếu").click()
    staff.get_by_text("Đã nộp Xã Hội Hoan").wait_for()

    officer = new_page(**LAPTOP)
    sign_in(officer, world.officer, address)
    officer.goto("/work/")
    officer.get_by_role("link", name="Thẩm tra, phê duyệt").first.click()
    officer.get_by_role("link", name="Xã Hội Hoan").click()
    row = officer.locator("#line-1-1")
    row.get_by_text("Mưa lũ tháng 5").wait_for()
    row.get_by_text("1 hồ sơ").wait_for()
    row.locator("summary").click()
    row.get_by_role("textbox").fill("Ghi rõ chiều dài đoạn đường hỏng.")
    officer.get_by_role("button", name="Trả lại", exact=True).click()
    assert "đạt 1/3 tiêu chí" in dashboard()

    staff.goto("/work/")
    staff.get_by_text("Ghi rõ chiều dài đoạn đường hỏng.").wait_for()
    staff.get_by_role("link", name="Sửa phiếu").click()
    assess(staff, "1-1", "85,5")
    staff.get_by_role("button", name="Nộp phiếu").click()
    staff.get_by_text("Đã nộp Xã Hội Hoan").wait_for()

    officer.goto(f"/assessments/{world.assessment.pk}/review/")
    officer.get_by_text("85,5").first.wait_for()
    officer.get_by_role("button", name="Phê duyệt", exact=True).click()
    officer.get_by_text(re.compile("Đã (phê )?duyệt: Xã Hội Hoan")).wait_for()
    assert "đạt 3/3 tiêu chí" in dashboard()

    officer.goto(f"/assessments/{world.assessment.pk}/history/")
    told = officer.locator("main").text_content()
    for part in [
        world.district_staff.full_name,
        world.officer.full_name,
        "Ghi rõ chiều dài đoạn đường hỏng.",
        "85,5",
        "biên bản.pdf",
    ]:
        assert part in told

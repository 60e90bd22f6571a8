"""Excel in a real browser: template, upload, preview, save, undo."""

import pytest

from criteria.models import Score, WorkbookImport
from ntm_tracker.web.uploaded.reading import read_tables
from tests.browser.axe import assert_accessible
from tests.browser.sign_in import sign_in
from tests.criteria.workbooks import put, saved
from tests.criteria.world import World

PHONE = {"width": 360, "height": 740}


@pytest.fixture
def world(live_server):
    world = World()
    world.other = world.make_assessment(world.other_commune)
    world.save(world.change("1.1", 60), world.change("1.2", 30, "met"))
    return world


def download(page):
    """The sheets of the template that the page's button gives."""
    with page.expect_download() as download:
        page.get_by_role("button", name="Tải mẫu").click()
    with download.value.path().open("rb") as file:
        return read_tables(file, "mau.xlsx")


def send(page, sheets):
    file = {"name": "mau.xlsx", "mimeType": "application/zip", "buffer": saved(sheets)}
    page.get_by_label("Mẫu đã nhập").set_input_files(file)
    page.get_by_role("button", name="Gửi và xem trước").click()


def test_template_is_filled_sent_looked_at_saved_and_undone(new_page, world, live_server):
    page = new_page(viewport=PHONE)
    sign_in(page, world.officer, live_server.url)
    page.goto(f"/provinces/{world.province.code}/excel/")
    assert_fits(page)
    sheets = download(page)
    put(sheets, world.assessment, "1.1", 90)
    put(sheets, world.assessment, "1.2", "20 K")
    put(sheets, world.other, "1.1", 120)
    put(sheets, world.other, "2.1", "Đ")
    put(sheets, world.other, "2.1", "có quy hoạch", is_note=True)
    world.save(world.change("1.2", 25, "met", version=1))
    send(page, sheets)
    page.get_by_role("heading", level=1, name="3 ô sẽ đổi").wait_for()
    assert_fits(page)
    page.get_by_label("Ghi giá trị trong tệp vào tất cả").check()
    page.get_by_label("Giữ nguyên 1 ô không hợp lệ").check()
    page.get_by_role("button", name="Lưu").click()
    page.get_by_role("heading", level=1, name="Đã lưu 3 ô").wait_for()
    assert values(world) == [90, 20, None]
    page.get_by_role("link", name="Hoàn tác toàn bộ tệp").click()
    assert_fits(page)
    page.get_by_role("button", name="Hoàn tác").click()
    page.get_by_role("heading", level=1, name="Đã hoàn tác 3 ô").wait_for()
    assert values(world) == [60, 25, None]


def test_progress_goes_on_by_itself(new_page, world, live_server):
    page = new_page()
    sign_in(page, world.officer, live_server.url)
    workbook = WorkbookImport.objects.create(
        province=world.province,
        period=world.period,
        criteria_set=world.criteria_set,
        state=WorkbookImport.State.READING,
        filename="mau.xlsx",
        by=world.officer,
        done=3,
        total=12,
    )
    page.goto(workbook.get_absolute_url())
    page.get_by_text("3/12 trang").wait_for()
    assert_accessible(page)
    workbook.move(WorkbookImport.State.READING, WorkbookImport.State.PREVIEWED)
    page.get_by_role("heading", level=1, name="0 ô sẽ đổi").wait_for()


def values(world):
    scores = Score.objects.order_by("assessment", "indicator__code")
    return list(scores.values_list("value", flat=True))


def assert_fits(page):
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
    assert_accessible(page)

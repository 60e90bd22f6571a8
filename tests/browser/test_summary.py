"""A summary workbook in a real browser: sent, corrected, looked at, saved, undone."""

import pytest
from django.core.cache import cache

from criteria.models import Score
from tests.browser.axe import assert_accessible
from tests.browser.sign_in import sign_in
from tests.criteria.world import World
from tests.ntm_tracker.uploads import rows_as_xlsx

PHONE = {"width": 360, "height": 740}
ROWS = [
    ["BIỂU TỔNG HỢP KẾT QUẢ THỰC HIỆN BỘ TIÊU CHÍ"],
    ["TT", "Huyện/Xã", "TC2", "Môi trường xanh", "Ghi chú"],
    [1, "Xã Hội Hoan", "x", "Đ", "theo rà soát"],
    ["", "Tổng cộng", 1, 1, ""],
]


@pytest.fixture
def world(live_server):
    cache.clear()
    return World()


def test_summary_workbook_is_corrected_saved_and_undone(new_page, world, live_server):
    page = new_page(viewport=PHONE)
    sign_in(page, world.officer, live_server.url)
    page.goto(f"/provinces/{world.province.code}/excel/summary/")
    file = {"name": "bieu.xlsx", "mimeType": "application/octet-stream"}
    page.get_by_label("Biểu tổng hợp").set_input_files(file | {"buffer": rows_as_xlsx(ROWS)})
    page.get_by_role("button", name="Gửi và kiểm tra").click()
    page.get_by_role("heading", name="Hiểu được 1 xã, 1 ô để nhập").wait_for()
    assert_accessible(page)
    page.get_by_label("Môi trường xanh").select_option("finding:3")
    page.get_by_role("button", name="Ghi nhớ và kiểm tra lại").click()
    page.get_by_role("heading", name="Hiểu được 1 xã, 2 ô để nhập").wait_for()
    page.get_by_role("button", name="Sang bước xem trước").click()
    page.get_by_role("button", name="Lưu 2 ô").click()
    page.get_by_role("link", name="Hoàn tác toàn bộ tệp").wait_for()
    assert Score.objects.filter(verdict="met").count() == 2
    page.get_by_role("link", name="Hoàn tác toàn bộ tệp").click()
    page.get_by_role("button", name="Hoàn tác").click()
    page.get_by_role("heading", name="hoàn tác").wait_for()
    assert not Score.objects.filter(verdict="met").exists()

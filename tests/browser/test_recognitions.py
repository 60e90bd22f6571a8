"""The registers of recognitions and published figures in a real browser."""

from datetime import date

import pytest
from django.core.cache import cache

from criteria.models import Recognition
from targets.models import PublishedFigure
from tests.browser.axe import assert_accessible
from tests.browser.screens import LAPTOP, on_both_screens
from tests.browser.sign_in import sign_in
from tests.criteria import samples
from tests.criteria.world import World
from tests.factories import make_recognition


@pytest.fixture
def world(live_server):
    cache.clear()
    return World()


def address(world, rest):
    return f"/provinces/{world.province.code}/{rest}"


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_decision_is_recorded_in_spite_of_a_warning_and_revoked(
    new_page, live_server, world, scripts
):
    page = new_page(**LAPTOP, java_script_enabled=scripts)
    sign_in(page, world.officer, live_server.url)
    page.goto(address(world, "recognitions/"))
    page.get_by_role("link", name="Ghi quyết định công nhận").click()
    page.get_by_label("Số quyết định").fill("9/QĐ-UBND")
    page.get_by_label("Ngày quyết định").fill("2025-03-01")
    page.get_by_label("Tính cho năm").fill("2025")
    page.get_by_label("Xã Hội Hoan").check()
    page.get_by_label("Bản quyết định đã ký").set_input_files(
        {"name": "qd.pdf", "mimeType": "application/pdf", "buffer": samples.PDF}
    )
    page.get_by_role("button", name="Ghi quyết định").click()
    page.get_by_text("chưa có phiếu đã duyệt").wait_for()
    assert page.get_by_text("“qd.pdf” đã được giữ").is_visible()
    assert page.get_by_label("Xã Hội Hoan").is_checked()
    page.get_by_label("Ghi chú cho lịch sử").fill("đã thẩm định")
    page.get_by_role("button", name="Vẫn lưu").click()
    page.get_by_text("Đã ghi 1 mục công nhận.").wait_for()
    assert Recognition.objects.get().file.filename == "qd.pdf"
    page.get_by_role("link", name="Xã Hội Hoan").click()
    page.get_by_role("link", name="Thu hồi…").click()
    page.get_by_label("Thu hồi ngày").fill("2025-06-01")
    page.get_by_label("Quyết định thu hồi").fill("20/QĐ-UBND")
    page.get_by_label("Lý do").fill("nợ tiêu chí")
    page.get_by_role("button", name="Thu hồi").click()
    page.get_by_text("Thu hồi ngày 01/06/2025").wait_for()


def test_published_figure_is_entered_and_taken_in_again(page, live_server, world):
    sign_in(page, world.officer, live_server.url)
    page.goto(address(world, "registers/published/"))
    page.get_by_role("link", name="Nhập số liệu", exact=True).click()
    page.get_by_label("Tính đến ngày").fill("2024-12-31")
    page.get_by_label("Giá trị").fill("103,5")
    page.get_by_label("Nguồn").fill("Báo cáo 12/BC-UBND")
    page.get_by_role("button", name="Lưu số liệu").click()
    assert page.get_by_label("Nguồn").input_value() == "Báo cáo 12/BC-UBND"
    page.get_by_label("Giá trị").fill("103")
    page.get_by_role("button", name="Lưu số liệu").click()
    page.get_by_text("Đã nhập số liệu công bố.").wait_for()
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    table = download.value.path().read_text("utf-8-sig").replace(",103", ",104")
    page.get_by_role("link", name="Nhập từ tệp").click()
    page.get_by_label("Tệp").set_input_files(
        {"name": "so.csv", "mimeType": "text/csv", "buffer": table.encode("utf-8-sig")}
    )
    page.get_by_role("button", name="Xem trước").click()
    page.get_by_text("giá trị: 103 → 104").wait_for()
    page.get_by_role("button", name="Lưu tất cả các dòng").click()
    page.get_by_text("sửa 1 số liệu").wait_for()
    assert PublishedFigure.objects.get().value == 104


@on_both_screens
def test_pages_are_accessible_and_fit(new_page, live_server, world, screen):
    row = make_recognition(commune=world.commune, source="https://example.vn/" + "x" * 80)
    figure = PublishedFigure.objects.create(
        province=world.province,
        metric="communes_standard",
        kind="result",
        as_of=date(2024, 12, 31),
        value=103,
        source="Báo cáo",
    )
    page = new_page(**screen)
    sign_in(page, world.officer, live_server.url)
    for path in [
        "recognitions/",
        "recognitions/add/",
        "recognitions/add/?kind=garden",
        "recognitions/upload/",
        "recognitions/complete/",
        f"recognitions/{row.pk}/",
        f"recognitions/{row.pk}/correct/",
        "registers/published/",
        f"registers/published/{figure.pk}/",
    ]:
        page.goto(address(world, path))
        assert_accessible(page)
        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth"), path

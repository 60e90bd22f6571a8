"""The grid in a real browser: type, paste, preview, apply; laptop and phone, light and dark."""

import pytest

from criteria.models import Assessment, Score
from tests.browser.axe import assert_accessible
from tests.browser.screens import LAPTOP, PHONE, on_both_screens
from tests.criteria.world import World
from tests.factories import make_commune

PASSWORD = "mat-khau-thu-nghiem"
PASTE = """([selector, text]) => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  document.querySelector(selector).dispatchEvent(
    new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""


@pytest.fixture
def world(live_server):
    world = World()
    world.other = world.make_assessment(world.other_commune)
    for number in range(30):
        commune = make_commune(district=world.district, name=f"Xã số {number:02}")
        state = Assessment.State.SUBMITTED if number == 3 else Assessment.State.DRAFT
        world.make_assessment(commune, state=state)
    return world


@pytest.fixture
def url(world):
    return f"/provinces/{world.province.code}/grid/"


def sign_in(page, user):
    page.goto("/accounts/login/?next=/accounts/me/")
    page.get_by_label("Tên đăng nhập").fill(user.username)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập", exact=True).click()
    page.wait_for_url("**/accounts/me/")


def cell(page, commune, code):
    return page.get_by_label(f"{code}, Xã {commune}", exact=True)


def paste(page, input_, text):
    name = input_.get_attribute("name")
    page.evaluate(PASTE, [f'[name="{name}"]', text])


def is_too_wide(page):
    return page.evaluate("document.documentElement.scrollWidth > innerWidth")


def test_typed_cell_is_previewed_and_saved(page, world, url):
    sign_in(page, world.officer)
    page.goto(url)
    cell(page, "Hội Hoan", "1.1").fill("85,5")
    page.get_by_role("button", name="Xem trước thay đổi").click()
    page.get_by_role("heading", level=1, name="1 ô sẽ đổi").wait_for()
    page.get_by_role("button", name="Lưu 1 ô").click()
    page.get_by_text("Đã lưu 1 ô").wait_for()
    assert cell(page, "Hội Hoan", "1.1").input_value() == "85,5"
    assert Score.objects.get().verdict == "met"


def test_block_pasted_into_a_cell_fills_from_there_on(page, world, url):
    sign_in(page, world.officer)
    page.goto(url)
    paste(page, cell(page, "Xã số 00", "1.1"), '85,5\t"30\nĐ"\r\n\t40 K\r\n')
    assert cell(page, "Xã số 00", "1.2").input_value() == "30 Đ"
    assert cell(page, "Xã số 01", "1.1").input_value() == ""
    assert cell(page, "Xã số 01", "1.2").input_value() == "40 K"
    assert page.get_by_text("Đã điền các ô").is_visible()


def test_block_larger_than_the_table_goes_whole_to_the_box(page, world, url):
    sign_in(page, world.officer)
    page.goto(url)
    paste(page, cell(page, "Xã số 00", "1.2"), "30 Đ\tĐ\tĐ")
    box = page.get_by_label("Các ô sao chép từ bảng tính")
    assert box.input_value() == "30 Đ\tĐ\tĐ"
    page.get_by_role("button", name="Xem trước vùng dán").click()
    page.get_by_role("heading", level=1, name="3 ô sẽ đổi").wait_for()
    page.get_by_role("button", name="Lưu 3 ô").click()
    page.get_by_text("Đã lưu 3 ô").wait_for()
    communes = Score.objects.values_list("assessment__commune__name", flat=True)
    assert set(communes) == {"Xã số 00"}


def test_block_over_a_row_that_takes_no_scores_goes_to_the_box(page, world, url):
    sign_in(page, world.officer)
    page.goto(url)
    paste(page, cell(page, "Xã số 02", "1.1"), "1\n2\n3")
    assert page.get_by_label("Các ô sao chép từ bảng tính").input_value() == "1\n2\n3"


def test_keys_walk_a_column_past_rows_that_take_no_scores(page, world, url):
    sign_in(page, world.officer)
    page.goto(url)
    cell(page, "Xã số 02", "1.1").press("Enter")
    assert page.evaluate("document.activeElement.ariaLabel") == "1.1, Xã Xã số 04"
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.ariaLabel") == "1.1, Xã Xã số 02"


def test_header_and_first_column_stay_in_sight(new_page, world, url):
    page = new_page(**PHONE)
    sign_in(page, world.officer)
    page.goto(f"{url}?what=all")
    frame = page.locator(".table-scroll")
    frame.evaluate("frame => frame.scrollTo(300, 600)")
    at = frame.bounding_box()
    corner = frame.locator("thead th").first.bounding_box()
    name = page.get_by_role("link", name="Xã số 15").locator("..").bounding_box()
    assert (round(corner["x"]), round(corner["y"])) == (round(at["x"]), round(at["y"]))
    assert round(name["x"]) == round(at["x"])


def test_works_without_scripts(new_page, world, url, complaints):
    page = new_page(**LAPTOP, java_script_enabled=False)
    sign_in(page, world.officer)
    page.goto(url)
    page.get_by_label("Các ô sao chép từ bảng tính").fill("\t1.1\nHội Hoan\t85\nBắc Ái\t1x")
    page.get_by_role("button", name="Xem trước vùng dán").click()
    page.get_by_role("button", name="Lưu 1 ô").click()
    page.get_by_text("Chưa lưu gì. Hãy sửa").wait_for()
    assert ["409" in complaint for complaint in complaints] == [True]
    complaints.clear()
    page.get_by_label("Giữ nguyên 1 ô").check()
    page.get_by_role("button", name="Lưu 1 ô").click()
    page.get_by_text("Đã lưu 1 ô").wait_for()


@on_both_screens
def test_pages_are_accessible_and_no_wider_than_the_screen(new_page, world, url, screen):
    page = new_page(**screen)
    sign_in(page, world.officer)
    for path in [url, f"{url}?what=all", f"{url}?what=99"]:
        page.goto(path)
        assert not is_too_wide(page), path
        assert_accessible(page)
    page.goto(url)
    block = "\t1.1\t1.2\nHội Hoan\t85\t1.234\nBắc Ái\t12o\t5\nXã Lạ\t5"
    page.get_by_label("Các ô sao chép từ bảng tính").fill(block)
    page.get_by_role("button", name="Xem trước vùng dán").click()
    page.get_by_role("heading", name="Không hợp lệ").wait_for()
    assert not is_too_wide(page)
    assert_accessible(page)

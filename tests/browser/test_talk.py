"""Files and comments of a line: sent, asked, answered, with scripts and without."""

import pytest
from django.core.cache import cache

from criteria.models import Comment, Evidence, Mention
from tests.browser.axe import assert_accessible
from tests.browser.screens import LAPTOP, on_both_screens
from tests.criteria import samples
from tests.criteria.world import World

PASSWORD = "mat-khau-thu-nghiem"


@pytest.fixture
def world(live_server):
    cache.clear()
    return World()


@pytest.fixture
def line(world):
    return f"/assessments/{world.assessment.pk}/lines/1.1/"


def sign_in(page, user, path):
    page.goto(f"/accounts/login/?next={path}")
    page.get_by_label("Tên đăng nhập").fill(user.username)
    page.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập", exact=True).click()
    page.wait_for_url(f"**{path}")


def send_files(page):
    page.get_by_label("Thêm tệp").set_input_files(
        [
            {"name": "ảnh.png", "mimeType": "image/png", "buffer": samples.PNG},
            {"name": "biên bản.pdf", "mimeType": "application/pdf", "buffer": samples.PROGRAM},
        ]
    )
    page.get_by_role("button", name="Gửi tệp").click()
    page.get_by_text("Nội dung tệp “biên bản.pdf” là chương trình chạy được").wait_for()


def ask(page, user):
    page.get_by_label("Ý kiến của anh/chị").fill("Nhờ tỉnh xem ảnh.\nXã cảm ơn.")
    page.get_by_text("Đề nghị người khác trả lời").last.click()
    page.get_by_label(user.full_name).last.check()
    page.get_by_role("button", name="Gửi ý kiến").click()
    page.get_by_text("Đã ghi ý kiến của anh/chị.").wait_for()


def answer(page):
    page.locator(".answer > summary").click()
    page.get_by_label("Câu trả lời của anh/chị").fill("Ảnh rõ.")
    page.get_by_role("button", name="Gửi câu trả lời").click()
    page.get_by_text("Ảnh rõ.").wait_for()


def test_what_is_typed_stays_when_another_form_is_sent(world, line, page):
    sign_in(page, world.staff, line)
    page.get_by_label("Ý kiến của anh/chị").fill("Nháp")
    send_files(page)
    assert page.get_by_label("Thêm tệp").input_value() == ""
    assert page.get_by_label("Ý kiến của anh/chị").input_value() == "Nháp"
    page.get_by_role("button", name="Gửi ý kiến").click()
    page.locator(".answer > summary").click()
    assert page.get_by_label("Ý kiến của anh/chị").input_value() == ""
    page.get_by_label("Câu trả lời của anh/chị").fill("Nháp khác")
    send_files(page)
    assert page.get_by_label("Câu trả lời của anh/chị").input_value() == "Nháp khác"


def test_slow_line_has_an_hour_for_the_files(world, line, page):
    sign_in(page, world.staff, line)
    page.evaluate(
        "document.addEventListener('htmx:beforeSend',"
        " event => { window.patience = event.detail.requestConfig.timeout })"
    )
    send_files(page)
    assert page.evaluate("window.patience") == 60 * 60 * 1000


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_file_is_sent_and_a_question_answered(world, line, new_page, scripts):
    staff = new_page(**LAPTOP, java_script_enabled=scripts)
    sign_in(staff, world.staff, line)
    send_files(staff)
    ask(staff, world.officer)
    assert Evidence.objects.get().filename == "ảnh.png"

    officer = new_page(**LAPTOP, java_script_enabled=scripts)
    sign_in(officer, world.officer, "/notices/")
    officer.get_by_role("link", name="Mở").click()
    officer.wait_for_url(f"**{line}#comment-{Comment.objects.get().pk}")
    officer.get_by_text("Anh/chị được đề nghị trả lời.").wait_for()
    answer(officer)
    assert Mention.objects.get().answered_at
    officer.goto("/notices/")
    officer.get_by_role("heading", name="Anh/chị đã đọc hết thông báo").wait_for()


def test_image_is_shown_and_taken_away_in_place(world, line, page):
    sign_in(page, world.staff, line)
    send_files(page)
    page.locator("summary", has_text="Xem ảnh").click()
    image = page.get_by_alt_text("ảnh.png")
    page.wait_for_function("image => image.naturalWidth > 0", arg=image.element_handle())
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Gỡ ảnh.png").click()
    page.get_by_text("Chưa có tệp minh chứng nào.").wait_for()
    assert Evidence.objects.get().removed_by == world.staff


def test_refused_comment_stays_as_it_was_typed(world, line, page, complaints):
    sign_in(page, world.staff, line)
    text = page.get_by_label("Ý kiến của anh/chị")
    text.evaluate("field => field.removeAttribute('maxlength')")
    text.fill("a" * 2001)
    page.get_by_role("button", name="Gửi ý kiến").click()
    page.locator(".field-error").wait_for()
    assert text.input_value() == "a" * 2001
    assert complaints
    assert all("422" in complaint for complaint in complaints)
    complaints.clear()


@on_both_screens
def test_pages_are_accessible_and_fit(world, line, new_page, screen):
    page = new_page(**screen)
    sign_in(page, world.staff, line)
    send_files(page)
    ask(page, world.officer)
    officer = new_page(**screen)
    sign_in(officer, world.officer, line)
    for details in officer.locator("main details:not([open]) > summary").all():
        if details.is_visible():
            details.click()
    for shown in [page, officer]:
        assert_accessible(shown)
        assert not shown.evaluate("document.documentElement.scrollWidth > innerWidth")
    officer.goto("/notices/")
    assert_accessible(officer)
    assert not officer.evaluate("document.documentElement.scrollWidth > innerWidth")

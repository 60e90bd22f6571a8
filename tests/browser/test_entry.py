"""Entering an assessment in a real browser: saving while typing, keys, a line that drops."""

import pytest

from criteria.models import Score
from criteria.sheets import forget_layouts
from tests.browser.axe import assert_accessible
from tests.browser.screens import LAPTOP, on_both_screens
from tests.browser.sign_in import sign_in
from tests.criteria.world import World


@pytest.fixture
def world(live_server):
    forget_layouts()
    return World()


@pytest.fixture
def form(page, world, address):
    sign_in(page, world.staff, address)
    page.goto(world.assessment.get_absolute_url())
    return page


def value_of(world, indicator):
    found = Score.objects.filter(assessment=world.assessment, indicator=indicator).first()
    return found and found.value


def type_value(page, code, text):
    page.locator(f"#value-{code}").fill(text)
    page.locator(f"#value-{code}").blur()


@on_both_screens
def test_pages_are_accessible_and_no_wider_than_the_screen(new_page, world, address, screen):
    world.fill()
    page = new_page(**screen)
    sign_in(page, world.staff, address)
    for path in [world.assessment.get_absolute_url(), "/work/"]:
        page.goto(path)
        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth"), path
        assert_accessible(page)


def test_field_saves_itself_and_everything_follows(form, world):
    type_value(form, "1-1", "85,5")
    form.locator("#result-1-1 .verdict-met").wait_for()
    form.get_by_text("1/4", exact=True).wait_for()
    assert str(value_of(world, world.roads)) == "85.5000"
    form.locator("#line-1-2").get_by_label("đạt", exact=True).check()
    form.locator("#mark-1 .verdict-met").wait_for()


def test_verdict_follows_typing_before_anything_is_saved(form, world):
    field = form.locator("#value-1-1")
    field.press_sequentially("79")
    form.locator("#line-1-1 .line-preview .verdict-not-met").wait_for()
    field.press_sequentially(",9")
    form.locator("#line-1-1 .line-preview .verdict-not-met").wait_for()
    field.fill("80")
    form.locator("#line-1-1 .line-preview .verdict-met").wait_for()
    assert value_of(world, world.roads) is None


def test_ambiguous_number_is_settled_by_a_click(form, world, complaints):
    type_value(form, "1-2", "1.234")
    form.get_by_role("button", name="1234", exact=True).click()
    form.locator("#line-1-2 .line-saved").wait_for()
    assert value_of(world, world.poor) == 1234
    complaints.clear()  # the browser reports the refusal, 422, as an error


def test_conflict_is_settled_either_way(form, world, complaints):
    for keep, expected in [("Giữ số của tôi", 90), ("Lấy số của người kia", 75)]:
        score = Score.objects.filter(indicator=world.roads).first()
        version = score.version if score else 0
        value = 70 if keep.startswith("Giữ") else 75
        world.save(world.change("1.1", value, version=version), by=world.district_staff)
        type_value(form, "1-1", "90" if value == 70 else "95")
        form.get_by_text("Của anh/chị, chưa lưu").wait_for()
        assert form.locator("#line-1-1").get_by_text(world.district_staff.full_name).count()
        form.get_by_role("button", name=keep).click()
        form.locator("#line-1-1 .line-versions").wait_for(state="detached")
        assert value_of(world, world.roads) == expected
    assert form.locator("#value-1-1").input_value() == "75"
    complaints.clear()


def test_dropped_line_loses_nothing_and_sends_when_it_is_back(form, world, complaints):
    form.context.set_offline(True)
    type_value(form, "1-1", "85")
    form.locator("[data-unsent]").wait_for()
    assert form.locator("[data-unsent-count]").text_content() == "1.1"
    form.context.set_offline(False)
    form.locator("#line-1-1 .line-saved").wait_for()
    assert form.locator("[data-unsent]").is_hidden()
    assert value_of(world, world.roads) == 85
    complaints.clear()


def test_closed_tab_loses_nothing(form, world, complaints):
    form.context.set_offline(True)
    type_value(form, "1-1", "85")
    form.locator("[data-unsent]").wait_for()
    context = form.context
    form.close()
    context.set_offline(False)
    page = context.new_page()
    page.goto(world.assessment.get_absolute_url())
    page.locator("#line-1-1 .line-saved").wait_for()
    assert page.locator("#value-1-1").input_value() == "85"
    assert value_of(world, world.roads) == 85
    complaints.clear()


def test_expired_session_loses_nothing(form, world, address, complaints):
    form.context.clear_cookies()
    type_value(form, "1-1", "85")
    form.wait_for_url("**/accounts/login/**")
    sign_in(form, world.staff, address)
    form.goto(world.assessment.get_absolute_url())
    form.locator("#line-1-1 .line-saved").wait_for()
    assert value_of(world, world.roads) == 85
    complaints.clear()


@pytest.mark.parametrize("status", [403, 502])
def test_error_page_breaks_no_line(form, world, complaints, status):
    answers = iter([status])

    def fail_once(route):
        found = next(answers, None)
        if found:
            route.fulfill(status=found, body="<h1>Bad gateway</h1>", content_type="text/html")
        else:
            route.continue_()

    form.route("**/scores/1.1/", fail_once)
    type_value(form, "1-1", "85")
    form.locator("[data-unsent]").wait_for()
    assert not form.get_by_text("Bad gateway").count()
    type_value(form, "1-1", "86")
    form.locator("#line-1-1 .line-saved").wait_for()
    assert form.locator("[data-unsent]").is_hidden()
    assert value_of(world, world.roads) == 86
    complaints.clear()


def test_keys_walk_the_form(form, world):
    form.locator("#value-1-1").focus()
    form.keyboard.press("Enter")
    assert focused(form) == "verdict-1.1"
    form.keyboard.press("Enter")
    assert focused(form) == "value-1.2"
    form.keyboard.press("Shift+Enter")
    assert focused(form) == "verdict-1.1"
    form.keyboard.press("Alt+n")
    assert focused(form) == "value-1.2"
    form.keyboard.press("Alt+n")
    assert focused(form) == "verdict-2.1"
    form.keyboard.press("ArrowRight")
    form.locator("#result-2-1 .verdict-met").wait_for()
    form.keyboard.press("Alt+h")
    assert form.get_by_text("tới mục chưa đánh giá tiếp theo").is_visible()
    form.keyboard.press("Escape")
    assert form.get_by_text("tới mục chưa đánh giá tiếp theo").is_hidden()


def focused(page):
    return page.evaluate("document.activeElement.name")


def test_form_works_without_scripts(new_page, world, address):
    page = new_page(**LAPTOP, java_script_enabled=False)
    sign_in(page, world.staff, address)
    page.goto(world.assessment.get_absolute_url())
    page.locator("#value-1-1").fill("85,5")
    page.locator("#line-2-1").get_by_label("đạt", exact=True).check()
    page.get_by_role("button", name="Lưu").click()
    page.get_by_text("Đã lưu.").wait_for()
    assert page.locator("#value-1-1").input_value() == "85,5"
    assert value_of(world, world.roads) is not None

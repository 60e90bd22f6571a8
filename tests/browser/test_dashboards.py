"""The dashboards in a real browser: charts, filters without a reload, Back, phones, axe."""

import pytest

from tests.bench.browser import ALL_DRAWN
from tests.browser.axe import assert_accessible
from tests.browser.screens import on_both_screens
from tests.site import served

PROVINCE = "/provinces/20/"
PAGES = [
    PROVINCE,
    f"{PROVINCE}?as_of=2020-12-31&boundaries=2019-12-31&border=on",
    f"{PROVINCE}districts/185/",
    f"{PROVINCE}communes/05986/",
    f"{PROVINCE}criteria/2/",
    f"{PROVINCE}matrix/",
    f"{PROVINCE}published/",
    f"{PROVINCE}charts/recognised/",
    "/search/?q=hoa+binh",
]


@pytest.fixture(scope="session")
def address():
    """The whole site as `make run` serves it, once for all tests here."""
    with served() as address:
        yield address


def drawn(page):
    page.wait_for_function(ALL_DRAWN)
    return page


@pytest.mark.parametrize("path", PAGES)
@on_both_screens
def test_every_page_is_accessible_and_fits(new_page, path, screen):
    page = new_page(**screen)
    page.goto(path)
    if page.query_selector("[data-chart]"):
        drawn(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert_accessible(page)


def test_charts_come_after_the_text_and_shift_nothing(new_page):
    page = new_page(viewport={"width": 1280, "height": 800})
    page.add_init_script(
        "window.shifts = 0; new PerformanceObserver((list) => { for (const entry of"
        " list.getEntries()) window.shifts += entry.value; }).observe({ type: 'layout-shift',"
        " buffered: true });"
    )
    page.goto(PROVINCE)
    heights = "[...document.querySelectorAll('.chart')].map((frame) => frame.offsetHeight)"
    before = page.evaluate(heights)
    drawn(page)
    assert page.evaluate(heights) == before
    assert page.evaluate("window.shifts") < 0.02


def test_a_filter_reloads_the_part_keeps_the_address_and_back_undoes_it(new_page):
    page = new_page()
    page.goto(PROVINCE)
    drawn(page)
    page.evaluate("window.sameDocument = true")
    page.select_option("[name=boundaries]", "2019-12-31")
    page.wait_for_url("**boundaries=2019-12-31**")
    page.wait_for_selector("text=Tính lại trên địa giới ngày 31/12/2019")
    assert page.evaluate("window.sameDocument")
    assert "31/12/2019" in page.inner_text("#context-line")
    drawn(page)
    page.go_back()
    page.wait_for_selector("text=Tính lại trên địa giới ngày 31/12/2019", state="detached")
    assert "boundaries=2019" not in page.url
    drawn(page)


def test_table_of_a_chart_is_one_click_below_it(new_page):
    page = new_page()
    page.goto(PROVINCE)
    page.click("#chart-recognised summary")
    page.wait_for_selector("#chart-recognised td:text('106')")
    assert page.url.endswith(PROVINCE)


@pytest.mark.parametrize("part", ["published", "matrix"])
def test_a_later_part_comes_when_it_is_scrolled_to_and_replaces_nothing_else(new_page, part):
    page = new_page()
    page.goto(PROVINCE)
    drawn(page)
    page.locator(f"[hx-get*='/{part}/']").scroll_into_view_if_needed()
    page.wait_for_selector(f"[hx-get*='/{part}/'] table")
    assert page.locator("h1").count() == 1
    assert page.locator("#trend-title").count() == 1


def test_cell_of_the_matrix_opens_the_commune_at_its_criterion(new_page):
    page = new_page()
    page.goto(f"{PROVINCE}matrix/?district=178")
    page.click("table[data-matrix] tbody tr:has(th a) td:nth-child(8)")
    page.wait_for_url("**/communes/**#c7")


def test_without_javascript_filters_tables_and_the_matrix_still_work(new_page):
    page = new_page(java_script_enabled=False)
    page.goto(PROVINCE)
    page.fill("[name=as_of]", "2020-12-31")
    page.click(".filter-form button")
    assert "65/181" in page.inner_text("h1")
    page.click("#chart-recognised summary")
    page.click("#chart-recognised .chart-table-body a")
    assert "Xã đạt chuẩn NTM so với kế hoạch" in page.inner_text("h1")
    page.go_back()
    page.click("text=Mở bảng xã theo từng tiêu chí")
    page.wait_for_url("**/matrix/**")
    page.wait_for_load_state()
    assert page.locator("table[data-matrix] tbody tr:has(th a)").count() == 181


def test_dark_mode_repaints_the_charts(new_page):
    page = new_page()
    page.goto(PROVINCE)
    drawn(page)
    colour = "getComputedStyle(document.querySelector('#chart-bands .point path')).fill"
    light = page.evaluate(colour)
    page.evaluate("document.documentElement.dataset.bsTheme = 'dark'")
    page.wait_for_function(f"{colour} !== '{light}'")


def test_a_failed_chart_says_so_and_leaves_the_table(new_page, complaints):
    page = new_page()
    page.route("**/charts/recognised.json", lambda route: route.abort())
    page.goto(PROVINCE)
    page.wait_for_selector("#chart-recognised .chart-failed")
    assert "Không vẽ được biểu đồ" in page.inner_text("#chart-recognised .chart-failed")
    complaints.clear()


def test_pages_without_charts_do_not_load_plotly(new_page):
    page = new_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{PROVINCE}matrix/")
    assert not [url for url in asked if "plotly" in url]

"""A commune, a criterion and search in a real browser: light and dark, laptop and phone."""

from datetime import date

import pytest
from django.core.cache import cache

from targets.snapshot import forget_snapshots
from tests.browser.axe import assert_accessible
from tests.browser.screens import on_both_screens
from tests.factories import (
    make_assessment,
    make_change,
    make_commune,
    make_criteria_set,
    make_district,
    make_indicator,
    make_period,
    make_province,
    make_recognition,
    make_score,
    make_threshold,
)

COMMUNE = "/provinces/20/communes/06001/?as_of=2024-12-31"
CRITERION = "/provinces/20/criteria/2/?as_of=2024-12-31"
LONG = "Tỷ lệ đường trục chính nội đồng đảm bảo vận chuyển hàng hóa thuận tiện quanh năm"


@pytest.fixture(autouse=True)
def _world(live_server, settings):
    settings.PUBLIC_DASHBOARD = True
    cache.clear()
    forget_snapshots()
    province = make_province(code="20", name="Lạng Sơn", register_complete=True)
    commune = make_commune(
        district=make_district(province=province, name="Văn Lãng"), name="Hội Hoan", code="06001"
    )
    criteria_set = make_criteria_set(criteria=3)
    for quarter, met in [(3, 2), (4, 1)]:
        period = make_period(province=province, quarter=quarter)
        assessment = make_assessment(
            commune=commune,
            criteria_set=criteria_set,
            period=period,
            met=met,
            is_illustrative=True,
        )
        for criterion in criteria_set.criteria.all():
            indicator = criterion.indicators.first()
            if indicator is None:
                indicator = make_indicator(criterion=criterion, name=LONG, is_delegated=True)
                make_threshold(indicator=indicator, text="UBND cấp tỉnh quy định cụ thể")
            verdict = "met" if criterion.number <= met else "not_met"
            make_score(assessment=assessment, indicator=indicator, verdict=verdict, value=80)
    make_recognition(commune=commune, year=2020, is_illustrative=True)
    old = make_commune(province=province, name="Bắc Ái", valid_to=date(2019, 12, 31))
    make_change(province=province, effective_on=date(2020, 1, 1), parts=[(old, commune, True)])


def is_too_wide(page):
    return page.evaluate("document.documentElement.scrollWidth > innerWidth")


@on_both_screens
def test_pages_are_accessible_and_no_wider_than_the_screen(new_page, screen):
    page = new_page(**screen)
    for path in [COMMUNE, CRITERION, "/search/?q=hoi", "/search/?q=xyz", "/search/"]:
        page.goto(path)
        assert not is_too_wide(page), path
        assert_accessible(page)


def test_missing_criterion_leads_to_its_row(page):
    page.goto(COMMUNE)
    page.get_by_role("link", name="2. Tiêu chí 2").first.click()
    assert page.url.endswith("#c2")
    assert page.locator("#c2").is_visible()


def test_charts_are_drawn(page):
    for path, name in [(COMMUNE, "history"), (CRITERION, "by-district")]:
        page.goto(path)
        chart = page.locator(f"#chart-{name}")
        chart.scroll_into_view_if_needed()
        chart.locator("svg.main-svg").first.wait_for()


def test_another_day_reloads_the_part_and_back_returns(page):
    page.goto(COMMUNE)
    page.get_by_label("Tính đến ngày").fill("2024-09-30")
    page.get_by_role("heading", level=1, name="đạt 2/3 tiêu chí").wait_for()
    assert "as_of=2024-09-30" in page.url
    page.go_back()
    page.get_by_role("heading", level=1, name="đạt 1/3 tiêu chí").wait_for()


def test_search_box_leads_from_any_page_to_the_commune(page):
    page.goto(CRITERION)
    box = page.get_by_role("searchbox")
    box.fill("xa hoi hoan")
    box.press("Enter")
    page.get_by_role("link", name="Xã Hội Hoan").click()
    page.get_by_role("heading", level=1, name="Xã Hội Hoan đạt 1/3 tiêu chí").wait_for()

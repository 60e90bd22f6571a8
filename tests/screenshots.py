"""`make screenshots`: pictures of every page, those of the README and of the user's guides.

All go to var/screenshots/ at 1280 and 360 px, light and dark; the README's to docs/pictures/.
They show the reference data with the illustration, from a database made for them. The pages of
entry and review, for the user's guides, show work in progress that `tests.work_to_show` makes.
"""

import json
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from ntm_tracker.tools import programs
from tests.bench.browser import ALL_DRAWN
from tests.browser.conftest import ARGUMENTS
from tests.site import served_with_settings

ROOT = Path(__file__).resolve().parent.parent
EVERYTHING = ROOT / "var" / "screenshots"
OF_README = ROOT / "docs" / "pictures"
WIDTHS, SCHEMES = (1280, 360), ("light", "dark")
HEIGHT = 860
PAGES = {
    "province": "/provinces/20/",
    "province-2020": "/provinces/20/?as_of=2020-12-31&boundaries=2019-12-31",
    "district": "/provinces/20/districts/185/",
    "commune": "/provinces/20/communes/06076/",
    "criterion": "/provinces/20/criteria/2/",
    "matrix": "/provinces/20/matrix/",
    "published": "/provinces/20/published/",
    "chart": "/provinces/20/charts/recognised/",
    "search": "/search/?q=hoa+binh",
    "sign-in": "/accounts/login/",
    "not-found": "/provinces/99/",
}
# Name, page, what to bring into view (nothing: its top), width, colour scheme.
README_PICTURES = [
    ("province", "province", "", 1280, "light"),
    ("criteria", "province", "#bottlenecks-title", 1280, "light"),
    ("matrix", "matrix", "", 1280, "dark"),
    ("phone", "province", "", 360, "light"),
]
# Those of the pages with work in progress that stand in the guides.
IN_GUIDES = ["work", "entry", "grid", "review-queue", "review", "periods", "people"]


def open_page(browser, address: str, width: int, scheme: str, session: str = ""):
    """A page with all its charts drawn, as seen by whose session it is."""
    context = browser.new_context(
        viewport={"width": width, "height": HEIGHT}, color_scheme=scheme, locale="vi-VN"
    )
    if session:
        context.add_cookies([{"name": "sessionid", "value": session, "url": address}])
    page = context.new_page()
    page.goto(address)
    if page.query_selector("[data-chart]"):
        page.wait_for_function(ALL_DRAWN)
    return page


def wait_for_later_parts(page) -> None:
    """What htmx brings when it is scrolled to."""
    for part in page.query_selector_all("[hx-trigger=revealed]"):
        part.scroll_into_view_if_needed()
        page.wait_for_function("(part) => part.querySelector('table')", arg=part)


def picture_everything(browser, address: str) -> None:
    for name, path in PAGES.items():
        for width in WIDTHS:
            for scheme in SCHEMES:
                page = open_page(browser, address + path, width, scheme)
                wait_for_later_parts(page)
                picture = EVERYTHING / f"{name}-{width}-{scheme}.png"
                page.screenshot(path=picture, full_page=True)
                page.context.close()


def picture_for_readme(browser, address: str) -> None:
    for name, page_name, anchor, width, scheme in README_PICTURES:
        page = open_page(browser, address + PAGES[page_name], width, scheme)
        if anchor:
            wait_for_later_parts(page)
            into_view = "(element) => element.scrollIntoView({ behavior: 'instant' })"
            page.locator(anchor).evaluate(into_view)
        page.screenshot(path=OF_README / f"{name}.png")
        page.context.close()


def picture_work(browser, address: str, environment: dict[str, str]) -> None:
    """The pages of those who enter and review, all and for the guides."""
    command = [sys.executable, "-m", "tests.work_to_show"]
    environment = environment | {"DJANGO_SETTINGS_MODULE": "ntm_tracker.settings"}
    said = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    for name, (path, session) in json.loads(said.stdout).items():
        for width in WIDTHS:
            for scheme in SCHEMES:
                page = open_page(browser, address + path, width, scheme, session)
                picture = EVERYTHING / f"{name}-{width}-{scheme}.png"
                page.screenshot(path=picture, full_page=True)
                if name in IN_GUIDES and (width, scheme) == (1280, "light"):
                    page.screenshot(path=OF_README / f"{name}.png")
                page.context.close()


def main() -> None:
    for folder in (EVERYTHING, OF_README):
        folder.mkdir(parents=True, exist_ok=True)
    with served_with_settings() as (address, environment), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=programs.browser(), args=ARGUMENTS)
        picture_everything(browser, address)
        picture_for_readme(browser, address)
        picture_work(browser, address, environment)
        browser.close()
    sys.stdout.write(
        f"Pictures of all pages: {EVERYTHING}\nOf the README and the guides: {OF_README}\n"
    )


if __name__ == "__main__":
    main()

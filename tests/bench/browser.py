"""How long Chromium takes from opening the province page until its last chart is drawn."""

import sys

from playwright.sync_api import sync_playwright

from ntm_tracker.tools import programs
from tests.browser.conftest import ARGUMENTS
from tests.site import served

OPENINGS = 7
# Every chart has its drawing, and the page reports the time since it was opened.
ALL_DRAWN = """() => {
  const frames = [...document.querySelectorAll("[data-chart]")];
  const drawn = frames.length && frames.every((frame) => frame.querySelector(".main-svg")
    && !frame.hasAttribute("aria-busy"));
  return drawn && performance.now();
}"""


def report() -> None:
    with served() as address:
        first, again = openings(f"{address}/provinces/20/")
    middle = OPENINGS // 2
    sys.stdout.write(
        f"\nall charts of the province page drawn in Chromium, ms (median of {OPENINGS}):"
        f" first visit {sorted(first)[middle]:.0f}, again {sorted(again)[middle]:.0f}\n"
    )


def openings(address: str) -> tuple[list[float], list[float]]:
    """Milliseconds for first visits, nothing in the browser's cache, and for second ones."""
    first, again = [], []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=programs.browser(), args=ARGUMENTS)
        for _opening in range(OPENINGS):
            context = browser.new_context(viewport={"width": 1280, "height": 900})
            page = context.new_page()
            for times in (first, again):
                page.goto(address, wait_until="commit")
                times.append(page.wait_for_function(ALL_DRAWN, polling=10).json_value())
            context.close()
        browser.close()
    return first, again

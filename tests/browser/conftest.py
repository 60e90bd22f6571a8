"""A real Chromium against a live server.

A test fails on its own when the page writes an error to the console, throws one, or asks
another host for anything.
"""

import os
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import sync_playwright

from ntm_tracker.tools import programs

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SECONDS = 30


@pytest.fixture(scope="session")
def browser():
    # Playwright runs an event loop in this thread, in which Django otherwise refuses to query.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    path = programs.browser()
    assert path, "No Chromium found; `make test` installs one."
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def complaints():
    """What went wrong in the test's pages; a test that expects some empties the list."""
    return []


@pytest.fixture
def address(live_server):
    """Where the pages are; a module may give another site's."""
    return live_server.url


@pytest.fixture
def new_page(browser, address, complaints):
    """Open a page in a fresh context: `new_page(viewport=…, color_scheme="dark", …)`.

    Takes what Playwright's `new_context` takes. Addresses are relative to the site.
    """
    contexts = []

    def open_page(**options):
        context = browser.new_context(
            **{"base_url": address, "locale": "vi-VN", "color_scheme": "light"} | options
        )
        contexts.append(context)
        context.set_default_timeout(SECONDS * 1000)
        page = context.new_page()
        _listen(page, complaints, urlsplit(address).netloc)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def page(new_page):
    """A page of a small laptop, nobody signed in."""
    return new_page(viewport={"width": 1280, "height": 800})


def _listen(page, complaints, host):
    def on_console(message):
        if message.type == "error":
            complaints.append(f"console: {message.text}")

    def on_request(request):
        parts = urlsplit(request.url)
        if parts.scheme in {"http", "https", "ws", "wss"} and parts.netloc != host:
            complaints.append(f"asked another host: {request.url}")

    page.on("console", on_console)
    page.on("pageerror", lambda error: complaints.append(f"script: {error}"))
    page.on("request", on_request)

"""What pages may load and run."""

import re
from pathlib import Path

import pytest
from django.conf import settings

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.ntm_tracker.pages")]

STRICT = {
    "default-src": "'self'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "object-src": "'none'",
    "base-uri": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}
WITH_CHARTS = STRICT | {
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
}
INLINE = re.compile(r"<script(?![^>]*\bsrc=)|<style\b|\sstyle=|\son[a-z]+=|javascript:", re.I)
TEMPLATES = sorted(Path(settings.BASE_DIR, "templates").rglob("*.html"))


def policy(answer):
    directives = answer.headers["Content-Security-Policy"].split("; ")
    return dict(directive.split(" ", 1) for directive in directives)


@pytest.mark.parametrize("path", ["/accounts/login/", "/nothing/", "/raises/forbidden/"])
def test_plain_page_is_held_to_the_strict_policy(client, path):
    assert policy(client.get(path)) == STRICT


def test_chart_page_may_also_draw(client):
    assert policy(client.get("/charts/")) == WITH_CHARTS


def test_page_without_charts_does_not_load_plotly(client):
    page = client.get("/accounts/login/").content.decode()
    assert "plotly" not in page


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_template_has_no_inline_script_or_style(path):
    assert INLINE.findall(path.read_text()) == []


@pytest.mark.parametrize(
    "text", ["<script>", '<p style="a">', '<a onclick="b">', "<style>", 'href="javascript:c"']
)
def test_inline_code_would_be_noticed(text):
    assert INLINE.search(text)

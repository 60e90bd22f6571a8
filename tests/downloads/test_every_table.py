"""No page has a table that cannot be taken along."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from accounts.models import Role
from tests.access.matrix import ROWS
from tests.access.test_matrix import Scene
from tests.downloads.reading import content_of, is_served, tables_of

# One file for several tables of the page: rows by district, lines by criterion.
TOGETHER = {"criteria:review_queue", "criteria:review"}
# Parts whose links stand in the page around them.
LINKED_AROUND = {
    "_parts/changes.html",
    "account/people/_history.html",
    "account/tokens/_table.html",
    "criteria/_events.html",
    "criteria/_grid_table.html",
    "criteria/_review_changes.html",
    "criteria/_review_rest.html",
    "criteria/_review_rows.html",
    "criteria/_set_criterion.html",
    "criteria/_threshold_rows.html",
    "criteria/_recognition_rows.html",
    "targets/_chart_table.html",
    "targets/_commune_rows.html",
    "targets/boundaries/_lines.html",
    "targets/boundaries/_units.html",
    "targets/plans/_districts.html",
    "mfa/index.html",  # one's own keys
}
# What is typed, or only looked at and not stored yet, marks its table a draft; no others do.
DRAFTS = {
    "_parts/taking_in.html",
    "criteria/_effect_rows.html",
    "criteria/_excel_conflicts.html",
    "criteria/_excel_notes.html",
    "criteria/crosswalk.html",
    "criteria/excel_preview.html",
    "criteria/grid_preview.html",
    "criteria/set_import.html",
    "criteria/summary_mapping.html",
    "targets/boundaries/_counts.html",
    "targets/boundaries/_lapses.html",
    "targets/boundaries/_roles.html",
    "targets/plans/_effect_table.html",
    "targets/plans/allocate.html",
    "targets/plans/grid.html",
    "targets/plans/preview.html",
}
TEMPLATES = Path(settings.BASE_DIR) / "templates"
OFFERED = re.compile(r"downloads|file_of_page")
PAGES = sorted({row.name for row in ROWS if row.method == "get" and "_table" not in row.name})


def templates_with(pattern) -> dict[str, str]:
    texts = {
        str(path.relative_to(TEMPLATES)): path.read_text() for path in TEMPLATES.rglob("*.html")
    }
    return {name: text for name, text in texts.items() if re.search(pattern, text)}


def test_every_template_with_a_table_offers_it_as_a_file():
    found = templates_with(r'<table class="data(?! draft)')
    without = {name for name, text in found.items() if not OFFERED.search(text)}
    assert without == LINKED_AROUND


def test_only_what_is_not_stored_is_called_a_draft():
    assert templates_with(r'<table class="data draft').keys() == DRAFTS


@pytest.mark.django_db
@pytest.mark.parametrize("name", PAGES)
def test_every_table_of_a_page_is_followed_by_files_that_answer(client, name):
    scene = Scene()
    row = next(row for row in ROWS if row.name == name and row.method == "get")
    if Role.ADMINISTRATOR in row.may:
        client.force_login(scene.people[Role.ADMINISTRATOR])
    else:
        client.force_login(scene.staff)
    response = client.get(reverse(name, kwargs=row.args(scene)))
    content = content_of(response)
    if "html" not in response.headers.get("Content-Type", ""):
        return
    found = tables_of(content.decode())
    if name in TOGETHER:
        found = found[-1:]
    for links in found:
        assert is_served(links)
        for link in links:
            answer = client.get(link)
            assert answer.status_code == 200, link
            assert content_of(answer)


@pytest.mark.django_db
def test_an_unknown_table_is_a_404(client):
    scene = Scene()
    client.force_login(scene.people[Role.ADMINISTRATOR])
    rows = [row for row in ROWS if row.name.endswith("_table")]
    assert rows
    for row in rows:
        address = reverse(row.name, kwargs=row.args(scene) | {"table": "nothing"})
        assert client.get(address).status_code == 404, row


def test_a_table_without_files_is_noticed():
    page = '<table class="data"></table><a href="/a.csv">'
    assert not all(map(is_served, tables_of(page)))
    assert all(map(is_served, tables_of(page + '<a href="/a.xlsx?x=1">')))

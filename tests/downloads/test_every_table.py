"""No page has a table that cannot be taken along."""

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
# Parts whose links stand in the page around them, and what is not a table of records.
LINKED_AROUND = {
    "criteria/_events.html",
    "criteria/_grid_table.html",
    "criteria/_review_changes.html",
    "criteria/_review_rest.html",
    "criteria/_review_rows.html",
    "targets/_chart_table.html",
    "targets/_commune_rows.html",
    "criteria/grid_preview.html",  # what was typed and is not stored yet
    "mfa/index.html",  # one's own keys
}
PAGES = sorted({row.name for row in ROWS if row.method == "get" and "_table" not in row.name})


def test_every_template_with_a_table_offers_it_as_a_file():
    folder = Path(settings.BASE_DIR) / "templates"
    without = {
        str(path.relative_to(folder))
        for path in folder.rglob("*.html")
        if '<table class="data' in (text := path.read_text()) and "downloads" not in text
    }
    assert without == LINKED_AROUND


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

"""No page has a table that cannot be taken along."""

from html import unescape
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from accounts.models import Role
from tests.access.matrix import ROWS
from tests.access.test_matrix import Scene
from tests.downloads.reading import LINK, content_of, is_served, tables_of

# One file for several tables of the page: rows by district, lines by criterion.
TOGETHER = {"criteria:review_queue", "criteria:review"}
# Parts whose links stand in the page around them.
LINKED_AROUND = {
    "account/people/_history.html",
    "criteria/_events.html",
    "criteria/_grid_table.html",
    "criteria/_review_changes.html",
    "criteria/_review_rest.html",
    "criteria/_review_rows.html",
    "targets/_chart_table.html",
    "targets/_commune_rows.html",
}
# What is typed, or only looked at and not stored yet, or one's own keys.
NO_RECORDS = {
    "_parts/taking_in.html",
    "criteria/_effect_rows.html",
    "criteria/_excel_conflicts.html",
    "criteria/_excel_notes.html",
    "criteria/crosswalk.html",
    "criteria/excel_preview.html",
    "criteria/grid_preview.html",
    "criteria/set_import.html",
    "criteria/summary_mapping.html",
    "mfa/index.html",
    "targets/boundaries/_counts.html",
    "targets/boundaries/_lapses.html",
    "targets/boundaries/_roles.html",
    "targets/plans/_effect_table.html",
    "targets/plans/allocate.html",
    "targets/plans/grid.html",
    "targets/plans/preview.html",
}
# Registers, whose one file of all that is listed stands with the list.
OF_REGISTERS = {
    "criteria/_recognition_rows.html",
    "criteria/_set_criterion.html",
    "criteria/_sets.html",
    "criteria/_threshold_rows.html",
    "targets/boundaries/_lines.html",
    "targets/boundaries/_units.html",
    "targets/boundaries/list.html",
    "targets/plans/_districts.html",
    "targets/plans/list.html",
    "targets/plans/plan.html",
}
# Histories of registers and lists of imports: on the screen alone so far.
ON_SCREEN_ALONE = {
    "_parts/changes.html",
    "criteria/_excel_imports.html",
    "criteria/threshold.html",
    "targets/plans/_history.html",
}
PAGES_WITH_ONE_FILE = {
    "boundaries",
    "criteria:criteria_set",
    "criteria:criteria_sets",
    "criteria:thresholds",
    "plan",
}
PAGES_WITHOUT_FILES = {
    "boundary",
    "boundary_draft",
    "boundary_preview",
    "criteria:crosswalk",
    "criteria:excel",
    "criteria:recognition",
    "criteria:recognitions_history",
    "criteria:threshold",
    "plan_allocate",
    "plan_edit",
    "plan_edit_district",
    "plans",
    "published_change",
    "published_history",
}
PAGES = sorted({row.name for row in ROWS if row.method == "get" and "_table" not in row.name})


def test_every_template_with_a_table_offers_it_as_a_file():
    folder = Path(settings.BASE_DIR) / "templates"
    without = {
        str(path.relative_to(folder))
        for path in folder.rglob("*.html")
        if '<table class="data' in (text := path.read_text()) and "downloads" not in text
    }
    assert without == LINKED_AROUND | NO_RECORDS | OF_REGISTERS | ON_SCREEN_ALONE


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
    if name in PAGES_WITHOUT_FILES:
        assert not all(map(is_served, found))
        return
    if name in PAGES_WITH_ONE_FILE:
        found = [[unescape(match["url"]) for match in LINK.finditer(content.decode())]]
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

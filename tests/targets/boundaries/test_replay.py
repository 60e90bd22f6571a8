"""The mergers of 2024 and 2025, entered through the pages, give the units of the fixtures."""

import csv
from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from xlsxwriter import Workbook

from accounts.models import Role
from communes.models import BoundaryChange, Commune, District, Province
from communes.reference import FIXTURES, load_units
from tests.factories import make_user
from tests.reference_copy import ReferenceCopy

pytestmark = pytest.mark.django_db
CHANGES = {"2024-12-01": "1246/NQ-UBTVQH15", "2025-07-01": "1672/NQ-UBTVQH15"}


def rows_of(file):
    with (FIXTURES / file).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def keep(copy: ReferenceCopy, file, is_kept):
    header, *rows = copy.rows(file)
    copy.write(file, [header, *(r for r in rows if is_kept(dict(zip(header, r, strict=True))))])


def units_as_of_2020(copy: ReferenceCopy):
    """The reference units without what happened since."""
    keep(copy, "communes.csv", lambda row: row["valid_from"] <= "2020-01-01")
    keep(copy, "boundary_changes.csv", lambda row: row["effective_on"] == "2020-01-01")
    keep(copy, "boundary_change_parts.csv", lambda row: row["effective_on"] == "2020-01-01")
    for file in ("communes.csv", "districts.csv"):
        header, *rows = copy.rows(file)
        last = header.index("valid_to")
        for row in rows:
            row[last] = row[last] if row[last] < "2020" else ""
        copy.write(file, [header, *rows])
    list(load_units(copy.folder))


def workbook(on: str) -> BytesIO:
    """The units and lines of a change, in the columns of the fixtures."""
    file = BytesIO()
    units = [row for row in rows_of("communes.csv") if row["valid_from"] == on]
    lines = [row for row in rows_of("boundary_change_parts.csv") if row["effective_on"] == on]
    with Workbook(file) as book:
        for name, rows in {"units": units, "lines": lines}.items():
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, rows[0])
            for number, row in enumerate(rows, start=1):
                for place, text in enumerate(row.values()):
                    sheet.write_string(number, place, text)
    file.seek(0)
    file.name = "sap-xep.xlsx"
    return file


class Officer:
    """Somebody who enters a change page by page."""

    def __init__(self, client):
        self.client = client
        self.province = Province.objects.get()
        client.force_login(make_user(role=Role.PROVINCIAL_OFFICER, province=self.province))

    def address(self, name, pk=None):
        args = {"province": self.province.code} | ({"pk": pk} if pk else {})
        return reverse(name, kwargs=args)

    def enter(self, on: str, districts=()):
        fields = next(row for row in rows_of("boundary_changes.csv") if row["effective_on"] == on)
        fields["districts_ended"] = [district.pk for district in districts]
        self.client.post(self.address("boundary_add"), fields)
        draft = self.province.boundary_drafts.get(change=None)
        answer = self.client.post(
            self.address("boundary_upload", draft.pk), {"file": workbook(on)}
        )
        assert answer.status_code == 302, answer.content.decode()
        preview = self.client.get(self.address("boundary_preview", draft.pk))
        assert preview.status_code == 200, preview.url
        seen = {"seen": preview.context["seen"]}
        self.client.post(self.address("boundary_apply", draft.pk), seen)
        return preview.context["preview"]

    def take_back(self, change):
        self.client.post(self.address("boundary_undo", change.pk), {"reason": "thử"})


@pytest.fixture
def officer(reference_copy, client):
    units_as_of_2020(reference_copy)
    return Officer(client)


def communes_before_and_after(preview):
    return [(row["before"], row["after"]) for row in preview.kinds]


def test_replayed_changes_give_the_units_of_the_fixtures(officer):
    merger_of_2024 = officer.enter("2024-12-01")
    assert communes_before_and_after(merger_of_2024) == [(181, 175), (14, 14), (5, 5), (200, 194)]
    merger_of_2025 = officer.enter("2025-07-01", districts=District.objects.all())
    assert communes_before_and_after(merger_of_2025) == [(175, 61), (14, 0), (5, 4), (194, 65)]
    assert BoundaryChange.objects.count() == 3
    # Every column of every row of the files is in the database already.
    outcomes = list(load_units(FIXTURES))
    assert not [outcome for outcome in outcomes if outcome.is_change or outcome.kept]
    assert {outcome.file: outcome.left for outcome in outcomes} == {
        outcome.file: len(rows_of(outcome.file)) for outcome in outcomes
    }


def test_both_changes_are_taken_back_one_after_the_other(officer):
    before = [list(model.objects.order_by("pk").values()) for model in (Commune, District)]
    officer.enter("2024-12-01")
    officer.enter("2025-07-01", districts=District.objects.all())
    earlier, later = BoundaryChange.objects.filter(effective_on__gt=date(2020, 1, 1))
    drafts = [change.draft.pk for change in (earlier, later)]
    officer.take_back(earlier)
    assert BoundaryChange.objects.count() == 3
    officer.take_back(later)
    officer.client.post(officer.address("boundary_discard", drafts[1]))
    officer.take_back(earlier)
    after = [list(model.objects.order_by("pk").values()) for model in (Commune, District)]
    assert after == before

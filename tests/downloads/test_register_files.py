"""What the files of the registers hold beside what their pages show."""

import pytest

from communes.reference_load import CHANGE_REASON
from criteria.models import WorkbookImport
from tests.criteria.test_grid import signed_in
from tests.criteria.world import World
from tests.downloads.reading import csv_rows
from tests.factories import make_recognition

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World()


@pytest.fixture
def changed(world):
    """A recognition whose year was put right, with the reason."""
    row = make_recognition(commune=world.commune, year=2020)
    row.year, row._change_reason = 2021, "=ghi nhầm năm"
    row.save()
    return row


def test_history_names_field_before_after_and_reason(world, changed):
    base = f"/provinces/{world.province.code}/recognitions"
    for address in [
        f"{base}/{changed.pk}/tables/history.csv",
        f"{base}/history/tables/recognitions.csv",
    ]:
        header, newest, *_older = csv_rows(signed_in(world.officer).get(address))
        told = dict(zip(header, newest, strict=True))
        assert (told["Trước"], told["Sau"]) == ("2020", "2021")
        assert told["Lý do"] == "'=ghi nhầm năm"
        assert "Hội Hoan" in told["Của"]


def test_history_of_another_provinces_recognition_is_not_there(world, changed):
    stranger = World()
    address = f"/provinces/{stranger.province.code}/recognitions/{changed.pk}/tables/history.csv"
    assert signed_in(stranger.officer).get(address).status_code == 404


def test_imports_are_those_that_the_reader_may_see(world):
    common = {"province": world.province, "period": world.period}
    for name, sender in [("mine.xlsx", world.staff), ("theirs.xlsx", world.district_staff)]:
        WorkbookImport.objects.create(filename=name, by=sender, **common)
    address = f"/provinces/{world.province.code}/excel/tables/imports.csv"
    seen = [row[0] for row in csv_rows(signed_in(world.staff).get(address)) if row]
    assert "mine.xlsx" in seen
    assert "theirs.xlsx" not in seen


def test_what_was_loaded_says_so_in_words(world):
    row = make_recognition(commune=world.commune)
    row.year, row._change_reason = 2019, CHANGE_REASON
    row.save()
    address = f"/provinces/{world.province.code}/recognitions/{row.pk}/"
    page = signed_in(world.officer).get(address).content.decode()
    assert "Nạp cùng dữ liệu tham chiếu" in page
    assert CHANGE_REASON not in page

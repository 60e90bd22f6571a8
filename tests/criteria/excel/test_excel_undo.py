"""An import is undone as a whole, or not at all and with the reason."""

import pytest

from criteria.models import Assessment, Score, WorkbookImport
from tests.criteria.test_grid import signed_in, text_of
from tests.criteria.workbooks import agree, downloaded, findings, put, send, undo

pytestmark = pytest.mark.django_db
State = WorkbookImport.State


@pytest.fixture
def workbook(world, officer, url):
    world.before = findings()
    sheets = downloaded(officer, url)
    put(sheets, world.assessment, "1.1", 70)
    put(sheets, world.assessment, "1.2", None)
    put(sheets, world.assessment, "2.1", "có rồi", is_note=True)
    put(sheets, world.other, "2.1", "Đ")
    preview, workbook = send(officer, url, sheets)
    agree(officer, preview)
    return workbook


def test_writes_back_all_that_stood_there(world, officer, workbook):
    assert findings() != world.before
    assert "Đã hoàn tác" in text_of(undo(officer, workbook))
    assert findings() == world.before | {("Bắc Ái", "2.1"): (None, None, "")}
    assert Score.history.filter(origin="excel").count() == 8
    workbook.refresh_from_db()
    assert (workbook.state, workbook.undone_by) == (State.UNDONE, world.officer)


def test_asks_first(officer, workbook):
    assert "4 ô" in text_of(officer.get(workbook.undo_url))


def test_is_refused_as_a_whole_for_a_cell_that_was_changed_after_it(world, officer, workbook):
    world.save(world.change("2.1", verdict="not_met", assessment=world.other, version=1))
    saved_now = findings()
    assert "Bắc Ái 2.1" in text_of(undo(officer, workbook))
    assert findings() == saved_now


def test_is_refused_once_an_assessment_was_handed_in(world, officer, workbook):
    Assessment.objects.filter(pk=world.other.pk).update(state=Assessment.State.SUBMITTED)
    saved_now = findings()
    undo(officer, workbook)
    assert findings() == saved_now


def test_is_done_once(officer, workbook):
    for _time in range(2):
        undo(officer, workbook)
    assert Score.history.filter(origin="excel").count() == 8


def test_of_another_users_import_is_not_there(world, workbook):
    assert undo(signed_in(world.staff), workbook).status_code == 404

"""Long imports are left to a worker; their page says how far they are, nobody waits for ever."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from criteria.models import Score, WorkbookImport
from tests.criteria.test_grid import text_of
from tests.criteria.workbooks import agree, downloaded, put, send
from tests.criteria.world import World

pytestmark = pytest.mark.django_db
State = WorkbookImport.State


@pytest.fixture
def world():
    return World()


@pytest.fixture
def sheets(world, officer, url):
    found = downloaded(officer, url)
    put(found, world.assessment, "1.1", 90)
    return found


@pytest.fixture
def _worker(settings):
    settings.TASKS_WHERE = "database"
    settings.TASKS = {"default": {"BACKEND": settings.TASKS_KEPT["database"]}}


@pytest.fixture
def _everything_is_long(monkeypatch):
    monkeypatch.setattr("criteria.excel.tasks.SHORT_FILE", 0)
    monkeypatch.setattr("criteria.excel.tasks.SHORT_PLAN", 0)


def work():
    """Do what is left for the worker, as it does."""
    for left in DBTaskResult.objects.all():
        left.task.call(*left.args_kwargs["args"], **left.args_kwargs["kwargs"])
        left.delete()


def let_time_pass():
    WorkbookImport.objects.update(touched_at=timezone.now() - timedelta(minutes=2))


@pytest.mark.usefixtures("_worker", "_everything_is_long")
class TestWithWorker:
    def test_long_import_goes_its_way_in_the_background(self, officer, url, sheets):
        page, workbook = send(officer, url, sheets)
        assert workbook.state == State.WAITING
        assert "Chờ đọc" in text_of(page)
        work()
        page = agree(officer, officer.get(workbook.get_absolute_url()))
        assert "Chờ lưu" in text_of(page)
        assert not Score.objects.exists()
        work()
        assert "Đã lưu 1 ô" in text_of(officer.get(workbook.get_absolute_url()))
        assert Score.objects.get().value == 90

    def test_progress_is_asked_for_in_part_and_ends_in_a_reload(self, officer, url, sheets):
        _page, workbook = send(officer, url, sheets)
        address, htmx = workbook.get_absolute_url(), {"HX-Request": "true"}
        WorkbookImport.objects.update(state=State.READING, done=3, total=12)
        part = text_of(officer.get(address, headers=htmx))
        assert "3/12 trang" in part
        assert "<html" not in part
        WorkbookImport.objects.update(state=State.WAITING)
        work()
        assert officer.get(address, headers=htmx).headers["HX-Refresh"] == "true"

    def test_import_that_no_worker_takes_is_done_by_a_click(self, officer, url, sheets):
        _page, workbook = send(officer, url, sheets)
        assert workbook.run_url not in text_of(officer.get(workbook.get_absolute_url()))
        let_time_pass()
        assert workbook.run_url in text_of(officer.get(workbook.get_absolute_url()))
        assert "1 ô sẽ đổi" in text_of(officer.post(workbook.run_url, follow=True))
        work()
        workbook.refresh_from_db()
        assert workbook.state == State.PREVIEWED

    def test_import_is_not_begun_anew_while_somebody_works_on_it(self, officer, url, sheets):
        _page, workbook = send(officer, url, sheets)
        officer.post(workbook.run_url)
        workbook.refresh_from_db()
        assert workbook.state == State.WAITING

    def test_saving_that_broke_off_is_done_by_a_click(self, officer, url, sheets):
        _page, workbook = send(officer, url, sheets)
        work()
        agree(officer, officer.get(workbook.get_absolute_url()))
        WorkbookImport.objects.update(state=State.APPLYING)
        let_time_pass()
        officer.post(workbook.run_url)
        assert Score.objects.get().value == 90


@pytest.mark.usefixtures("_worker")
def test_short_import_is_done_on_the_spot(officer, url, sheets):
    _page, workbook = send(officer, url, sheets)
    assert workbook.state == State.PREVIEWED
    assert not DBTaskResult.objects.exists()


@pytest.mark.usefixtures("_everything_is_long")
def test_without_worker_everything_is_done_on_the_spot(officer, url, sheets):
    preview, _workbook = send(officer, url, sheets)
    agree(officer, preview)
    assert Score.objects.get().value == 90


def test_crash_while_reading_is_said_and_kept(officer, url, sheets, monkeypatch):
    monkeypatch.setattr("criteria.excel.steps.read_filled", lambda *args: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        send(officer, url, sheets)
    workbook = WorkbookImport.objects.get()
    assert workbook.state == State.FAILED
    assert workbook.refusal

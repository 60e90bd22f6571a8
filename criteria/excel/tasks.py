"""Imports in the background: short ones on the spot, long ones wherever `TASKS` says."""

from contextlib import contextmanager

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django_tasks import task

from accounts.models import User
from accounts.refusals import Refused
from criteria.excel import steps
from criteria.models import WorkbookImport

State = WorkbookImport.State
# What takes about a second.
SHORT_FILE = 150 * 1024
SHORT_PLAN = 2_000


def begin_reading(workbook: WorkbookImport):
    """Have a workbook read that waits for it."""
    _run_or_queue(read_workbook, workbook.file.size <= SHORT_FILE, workbook)


def begin_applying(workbook: WorkbookImport, user):
    """Have a workbook applied that waits for it."""
    is_short = len(workbook.proposals) <= SHORT_PLAN
    _run_or_queue(apply_workbook, is_short, workbook, user.pk)


def begin_anew(workbook: WorkbookImport, user):
    """Do here and now what a worker left undone; the state decides what that is."""
    workbook.move(State.READING, State.WAITING)
    workbook.move(State.APPLYING, State.QUEUED)
    if workbook.state == State.WAITING:
        read_workbook.func(workbook.pk, translation.get_language())
    else:
        apply_workbook.func(workbook.pk, translation.get_language(), user.pk)


def _run_or_queue(job, is_short: bool, workbook: WorkbookImport, *args):
    call = job.func if is_short or settings.TASKS_WHERE == "immediate" else job.enqueue
    call(workbook.pk, translation.get_language(), *args)


@task()
def read_workbook(pk: int, language: str):
    workbook = _fetched(pk)
    with translation.override(language), _failing_into(workbook, State.READING, State.FAILED):
        if workbook.move(State.WAITING, State.READING):
            steps.read(workbook)


@task()
def apply_workbook(pk: int, language: str, user_pk: int):
    workbook = _fetched(pk)
    with translation.override(language), _failing_into(workbook, State.APPLYING, State.PREVIEWED):
        if workbook.move(State.QUEUED, State.APPLYING):
            steps.apply(workbook, by=User.objects.get(pk=user_pk))


def _fetched(pk: int) -> WorkbookImport:
    return WorkbookImport.objects.with_names().get(pk=pk)


@contextmanager
def _failing_into(workbook: WorkbookImport, before: State, after: State):
    """Never leave an import in the middle: a refusal is kept for its sender, a crash too."""
    try:
        yield
    except Refused as refusal:
        workbook.move(before, after, refusal=str(refusal))
    except BaseException:
        said = _("The server could not finish this. Nothing was saved; try again.")
        workbook.move(before, after, refusal=said)
        raise

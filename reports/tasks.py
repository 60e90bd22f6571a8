"""Documents in the background: short ones on the spot, long ones wherever `TASKS` says."""

from contextlib import contextmanager

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django_tasks import task

from accounts.refusals import Refused
from reports import steps
from reports.kinds import KINDS
from reports.models import Document

State = Document.State


def begin(document: Document):
    """Have a document made that waits for it."""
    is_here = not KINDS[document.kind].is_long or settings.TASKS_WHERE == "immediate"
    call = make_document.func if is_here else make_document.enqueue
    call(document.pk, translation.get_language())


def begin_anew(document: Document):
    """Do here and now what a worker left undone."""
    document.move(State.RUNNING, State.WAITING)
    make_document.func(document.pk, translation.get_language())


@task()
def make_document(pk: int, language: str):
    document = Document.objects.with_names().get(pk=pk)
    with translation.override(language), _failing(document):
        if document.move(State.WAITING, State.RUNNING):
            steps.make(document)


@contextmanager
def _failing(document: Document):
    """Never leave a document in the middle: a refusal is kept for who asked, a crash too."""
    try:
        yield
    except steps.Cancelled:
        return
    except Refused as refusal:
        document.move(State.RUNNING, State.FAILED, refusal=str(refusal))
    except BaseException:
        said = _("The server could not make this document. Ask for it again.")
        document.move(State.RUNNING, State.FAILED, refusal=said)
        raise

"""The way in: an uploaded file is read by a process of its own."""

from typing import BinaryIO

from django.conf import settings

from ntm_tracker.web import isolated
from ntm_tracker.web.isolated import How
from ntm_tracker.web.uploaded import limits
from ntm_tracker.web.uploaded.faults import Fault
from ntm_tracker.web.uploaded.refusals import BadUpload
from ntm_tracker.web.uploaded.sheets import Sheet, load

CHILD = "ntm_tracker.web.uploaded.child"
FAULTS = {
    How.TOO_LARGE: Fault.TOO_LARGE,
    How.TOO_MUCH: Fault.TOO_MUCH,
    How.TOO_SLOW: Fault.TOO_SLOW,
    How.BROKEN: Fault.DAMAGED,
}


def read_tables(file: BinaryIO, name: str) -> list[Sheet]:
    """The sheets of an uploaded file; raises BadUpload with what to tell the person."""
    try:
        said = isolated.answer_of(
            CHILD,
            [name],
            file,
            most=settings.UPLOADED_TABLE_MAX_MB * limits.MEGABYTE,
            most_said=limits.ANSWER,
            seconds=limits.SECONDS,
        )
    except isolated.Ended as ended:
        raise BadUpload(FAULTS[ended.how]) from ended
    if isinstance(said, dict):
        raise BadUpload(Fault(said["fault"]))
    return load(said)

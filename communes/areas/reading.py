"""The way in: an uploaded file of areas is read by a process of its own."""

from dataclasses import dataclass
from typing import BinaryIO

from django.conf import settings

from communes.areas.faults import Fault
from communes.areas.refusals import BadAreas
from ntm_tracker.web import isolated
from ntm_tracker.web.isolated import How

CHILD = "communes.areas.child"
MEGABYTE = 1024 * 1024
MOST_SAID = 8 * MEGABYTE
SECONDS = 45
FAULTS = {
    How.TOO_LARGE: Fault.TOO_LARGE,
    How.TOO_MUCH: Fault.TOO_MUCH,
    How.TOO_SLOW: Fault.TOO_SLOW,
    How.BROKEN: Fault.TOO_MUCH,
}


@dataclass(frozen=True)
class Areas:
    """What a file holds: rings by code, and what is to be said of it before it is applied."""

    code_property: str
    areas: dict[str, list]
    unknown: list[str]
    mended: list[str]
    corners_before: int
    corners_after: int


def read_areas(file: BinaryIO, known: list[str], asked: str = "") -> Areas:
    """The areas of the units with known codes; raises BadAreas with what to tell the person.

    `asked` names the property that holds the codes; without it the file is searched for one.
    """
    try:
        said = isolated.answer_of(
            CHILD,
            [asked, *known],
            file,
            most=settings.UPLOADED_TABLE_MAX_MB * MEGABYTE,
            most_said=MOST_SAID,
            seconds=SECONDS,
        )
    except isolated.Ended as ended:
        raise BadAreas(FAULTS[ended.how]) from ended
    if "fault" in said:
        raise BadAreas(Fault(said["fault"]), said["found"])
    return Areas(**said)

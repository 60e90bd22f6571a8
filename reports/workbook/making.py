"""The file of a summary workbook."""

from reports.models import Document
from reports.pack.making import STEPS, letter_of
from reports.workbook.build import workbook
from targets.snapshot import snapshot_of


def excel(document: Document, step) -> bytes:
    step(0, STEPS)
    made = workbook(
        snapshot_of(document.province),
        as_of=document.as_of,
        district=document.district_id,
        letter=letter_of(document),
        link=document.link,
    )
    step(1, STEPS)
    return made

"""The summary workbook of a province or district on a day."""

from datetime import date, datetime
from io import BytesIO

import xlsxwriter
from django.utils import translation

from ntm_tracker.web.workbooks import AS_TYPED
from reports.content import Letter
from reports.pack.build import ILLUSTRATIVE, notes_of
from reports.pack.periods import period
from reports.pack.subject import Subject, standpoint
from reports.workbook import notes_sheet, summary_sheet, values_sheet
from reports.workbook.look import Look, Page
from reports.workbook.summary import summary_of
from reports.workbook.values import values_of
from targets.snapshot import Snapshot


def workbook(
    snapshot: Snapshot, *, as_of: date, district: int | None, letter: Letter, link: str
) -> bytes:
    """The same bytes for the same data version: it is dated as of the day it is about."""
    with translation.override("vi"):
        subject = Subject(snapshot, standpoint(snapshot, as_of, district))
        notes = notes_of(subject)
        page = Page(
            agency=" – ".join(filter(None, [letter.parent_agency, letter.agency])),
            place=_place(subject),
            period=period(as_of),
            notes=notes,
            mark=ILLUSTRATIVE if snapshot.is_illustrative else "",
            version=snapshot.province.data_version,
            day=subject.day,
        )
        file = BytesIO()
        with xlsxwriter.Workbook(file, AS_TYPED) as book:
            book.set_properties(
                {
                    "title": f"Biểu tổng hợp {page.place}, {page.period}",
                    "created": datetime(as_of.year, as_of.month, as_of.day),  # noqa: DTZ001
                }
            )
            look = Look(book)
            summary = summary_of(subject)
            summary_sheet.write(book, look, page, summary)
            values_sheet.write(book, look, page, values_of(subject, summary.groups))
            notes_sheet.write(book, look, page, [*summary.notes, *notes], link)
        return file.getvalue()


def _place(subject: Subject) -> str:
    if subject.is_province:
        return subject.name
    province = Subject(subject.snapshot, standpoint(subject.snapshot, subject.at.as_of))
    return f"{subject.name}, {province.name}"

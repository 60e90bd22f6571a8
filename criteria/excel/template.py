"""The workbook that scores are entered in away from the site, filled with what there is."""

from dataclasses import dataclass
from io import BytesIO

import xlsxwriter
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from criteria.cells import LETTERS
from criteria.excel import communes, places, tables
from criteria.excel.inputs import finding_of
from criteria.excel.styles import Styles
from criteria.grid.reading import Grid, Row
from criteria.models import Verdict
from criteria.sheets import Line
from ntm_tracker.web.workbooks import AS_TYPED


class Arrangement(models.TextChoices):
    """How communes and indicators lie in the workbook."""

    TABLE = "table", gettext_lazy("One table: communes in rows, indicators in columns")
    SHEETS = "sheets", gettext_lazy("One commune a sheet, with thresholds and notes beside it")


@dataclass(frozen=True)
class Wanted:
    """What a template is made of; `about` says in lines which period, set and area it is of."""

    grid: Grid
    rows: list[Row]
    part: places.Part
    arrangement: Arrangement
    about: list[str]


def template(wanted: Wanted) -> bytes:
    """The workbook; no query."""
    file = BytesIO()
    with xlsxwriter.Workbook(file, AS_TYPED) as book:
        styles = Styles(book)
        _write_instructions(book, styles, wanted.about)
        if wanted.arrangement == Arrangement.SHEETS:
            pages = communes.Pages(book, styles)
            for number, row in enumerate(wanted.rows, start=1):
                pages.write(number, row)
        else:
            tables.write_findings(book, styles, wanted.grid.columns, wanted.rows)
            tables.write_notes(book, styles, wanted.grid.columns, wanted.rows)
        _write_memory(book, wanted)
    return file.getvalue()


def _write_instructions(book, styles: Styles, about: list[str]):
    sheet = book.add_worksheet(_("Instructions"))
    sheet.protect()
    sheet.set_column(0, 0, 110, styles.text)
    letters = [f"{LETTERS[verdict.value]} = {verdict.label.lower()}" for verdict in Verdict]
    title, *lines = [
        *about,
        "",
        _("Fill in the white cells only; the grey ones are locked."),
        _("A cell takes a number (85,5), a result (%(letters)s) or both (85,5 Đ).")
        % {"letters": ", ".join(letters)},
        _("Where a number is compared with a verified threshold, the number alone is enough."),
        _("A cell left as it was changes nothing; one that you empty takes away what it held."),
        _("“Not applicable” and values that changed much need their reason in the note."),
        _(
            "Send the file back on the page “Excel”. You see what would change before anything "
            "is saved."
        ),
    ]
    sheet.write_string(0, 0, title, styles.title)
    for number, line in enumerate(lines, start=1):
        sheet.write_string(number, 0, line, styles.text)


def _write_memory(book, wanted: Wanted):
    """Which template it is, and what each line held; shown to nobody."""
    sheet = book.add_worksheet(places.MEMORY)
    sheet.very_hidden()
    sheet.write_row(0, 0, wanted.part.cells)
    codes = [line.code for line in wanted.grid.columns]
    sheet.write_row(1, 1, codes)
    for number, row in enumerate(wanted.rows, start=places.FIRST_MEMORY_ROW):
        sheet.write_string(number, 0, places.of_assessment(row.assessment.pk))
        for column, code in enumerate(codes, start=1):
            if kept := _kept(row, row.lines[code]).as_text:
                sheet.write_string(number, column, kept)


def _kept(row: Row, line: Line) -> places.Kept:
    found = row.found(line)
    return places.Kept(found.version, finding_of(row, line), found.note)

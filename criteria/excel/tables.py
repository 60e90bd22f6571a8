"""The sheets of a template that hold all communes: one of findings, one of notes."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from criteria.excel import places
from criteria.excel.inputs import write_finding, write_note
from criteria.excel.styles import Styles, limit_text, note_validation, validation
from criteria.grid.reading import Row
from criteria.sheets import Line

CODE_ROW, NAME_ROW, LIMIT_ROW, FIRST_ROW = 1, 2, 3, 4
DISTRICT_COLUMN, COMMUNE_COLUMN, FIRST_COLUMN = 1, 2, 3
WIDTH_OF_FINDING, WIDTH_OF_NOTE = 13, 26
COMMENT = {"width": 320, "height": 120}


def write_findings(book, styles: Styles, columns: list[Line], rows: list[Row]):
    sheet = _frame(book, styles, _("Entry"), columns, rows, places.FINDING, WIDTH_OF_FINDING)
    _write_cells(sheet, styles, columns, rows, write_finding)
    for number, line in enumerate(columns, start=FIRST_COLUMN):
        kinds = {id(row.lines): row.lines[line.code] for row in rows}.values()
        sheet.write_comment(CODE_ROW, number, _comment(line, list(kinds)), COMMENT)
        last = FIRST_ROW + len(rows) - 1
        sheet.data_validation(FIRST_ROW, number, last, number, validation(line, FIRST_ROW, number))


def write_notes(book, styles: Styles, columns: list[Line], rows: list[Row]):
    sheet = _frame(book, styles, _("Notes"), columns, rows, places.NOTE, WIDTH_OF_NOTE)
    _write_cells(sheet, styles, columns, rows, write_note)
    last = (FIRST_ROW + len(rows) - 1, FIRST_COLUMN + len(columns) - 1)
    sheet.data_validation(FIRST_ROW, FIRST_COLUMN, *last, note_validation())


def _frame(book, styles: Styles, title, columns, rows, what, width):
    """A protected sheet with its headings, hidden keys and names in view."""
    sheet = book.add_worksheet(title)
    sheet.protect(options={"format_columns": True, "format_rows": True})
    sheet.set_row(0, None, None, {"hidden": True})
    sheet.set_column(0, 0, None, None, {"hidden": True})
    sheet.set_column(DISTRICT_COLUMN, COMMUNE_COLUMN, 22)
    sheet.set_column(FIRST_COLUMN, FIRST_COLUMN + len(columns), width)
    sheet.set_row(NAME_ROW, 60)
    sheet.freeze_panes(FIRST_ROW, FIRST_COLUMN)
    sheet.write_string(0, 0, places.MARK)
    sheet.write_string(CODE_ROW, DISTRICT_COLUMN, _("District"), styles.head)
    sheet.write_string(CODE_ROW, COMMUNE_COLUMN, _("Commune"), styles.head)
    for number, line in enumerate(columns, start=FIRST_COLUMN):
        sheet.write_string(0, number, f"{places.of_line(line.code)} {what}")
        sheet.write_string(CODE_ROW, number, line.code, styles.head)
        sheet.write_string(NAME_ROW, number, line.target.local_name, styles.small_head)
        sheet.write_string(LIMIT_ROW, number, _common_limit(line, rows), styles.small_head)
    for number, row in enumerate(rows, start=FIRST_ROW):
        sheet.write_string(number, 0, places.of_assessment(row.assessment.pk))
        sheet.write_string(number, DISTRICT_COLUMN, str(row.district or ""), styles.name)
        sheet.write_string(number, COMMUNE_COLUMN, str(row.commune), styles.name)
        if row.shut:
            sheet.write_comment(number, COMMUNE_COLUMN, row.shut, COMMENT)
    return sheet


def _write_cells(sheet, styles: Styles, columns, rows, write: Callable):
    for number, row in enumerate(rows, start=FIRST_ROW):
        style = styles.locked if row.shut else styles.input
        for column, line in enumerate(columns, start=FIRST_COLUMN):
            write(sheet, (number, column), row, row.lines[line.code], style)


def _common_limit(line: Line, rows: list[Row]) -> str:
    """The threshold that all communes share; else that they differ."""
    limits = {limit_text(row.lines[line.code]) for row in rows}
    return limits.pop() if len(limits) == 1 else _("differs by commune")


def _comment(line: Line, kinds: list[Line]) -> str:
    """Name, thresholds and their legal source, those of each group where communes differ."""
    said = [f"{line.code} {line.target.local_name}"]
    for each in kinds:
        if each.threshold:
            words = {"threshold": limit_text(each), "source": each.threshold.source}
            said.append(_("Threshold: %(threshold)s. Source: %(source)s") % words)
        if each.by_hand:
            said.append(each.by_hand)
    return "\n".join(dict.fromkeys(said))

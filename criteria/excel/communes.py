"""The sheet of a template that holds one commune: a line a row, with what it is measured by."""

from django.utils.translation import gettext as _

from criteria.excel import places
from criteria.excel.inputs import write_finding, write_note
from criteria.excel.styles import Styles, limit_text, note_validation, validation
from criteria.grid.reading import Row
from criteria.sheets import Line
from ntm_tracker.web.workbooks import MOST_CHARS_OF_NAME, sheet_name

TITLE_ROW, HEAD_ROW, FIRST_ROW = 1, 2, 3
CODE, NAME, LIMIT, SOURCE, FINDING, NOTE = range(1, 7)
WIDTHS = {CODE: 8, NAME: 60, LIMIT: 22, SOURCE: 40, FINDING: 14, NOTE: 50}


def write(book, styles: Styles, number: int, row: Row):
    """The sheet of the commune that stands at a place of the list."""
    # Names repeat in a province; the place tells them apart.
    name = sheet_name(f"{number}. {row.commune.name}"[:MOST_CHARS_OF_NAME])
    sheet = book.add_worksheet(name)
    _frame(sheet, styles, row)
    style = styles.locked if row.shut else styles.input
    for place, line in enumerate(row.lines.values(), start=FIRST_ROW):
        key = f"{places.of_assessment(row.assessment.pk)} {places.of_line(line.code)}"
        sheet.write_string(place, 0, key)
        _describe(sheet, styles, place, line)
        write_finding(sheet, (place, FINDING), row, line, style)
        write_note(sheet, (place, NOTE), row, line, style)
        sheet.data_validation(place, FINDING, place, FINDING, validation(line, place, FINDING))
    last = FIRST_ROW + len(row.lines) - 1
    sheet.data_validation(FIRST_ROW, NOTE, last, NOTE, note_validation())


def _frame(sheet, styles: Styles, row: Row):
    sheet.protect(options={"format_columns": True, "format_rows": True})
    sheet.set_row(0, None, None, {"hidden": True})
    sheet.set_column(0, 0, None, None, {"hidden": True})
    for column, width in WIDTHS.items():
        sheet.set_column(column, column, width)
    sheet.freeze_panes(FIRST_ROW, NAME)
    sheet.write_string(0, 0, places.MARK)
    sheet.write_string(0, FINDING, places.FINDING)
    sheet.write_string(0, NOTE, places.NOTE)
    title = ", ".join(filter(None, [str(row.commune), str(row.district or "")]))
    sheet.write_string(TITLE_ROW, CODE, f"{title}. {row.shut}" if row.shut else title)
    heads = [_("No."), _("Indicator"), _("Threshold"), _("Source"), _("Result"), _("Note")]
    for column, head in enumerate(heads, start=CODE):
        sheet.write_string(HEAD_ROW, column, head, styles.head)


def _describe(sheet, styles: Styles, place: int, line: Line):
    sheet.write_string(place, CODE, line.code, styles.name)
    sheet.write_string(place, NAME, line.target.local_name, styles.name)
    sheet.write_string(place, LIMIT, limit_text(line), styles.name)
    source = line.threshold.source if line.threshold else ""
    sheet.write_string(place, SOURCE, source, styles.small_head)

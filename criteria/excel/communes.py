"""The sheet of a template that holds one commune: a line a row, with what it is measured by."""

from collections import defaultdict
from collections.abc import Iterator

from django.utils.translation import gettext as _
from xlsxwriter.utility import xl_rowcol_to_cell

from criteria.excel import places
from criteria.excel.inputs import write_finding, write_note
from criteria.excel.styles import Styles, limit_text, note_validation, rule
from criteria.grid.reading import Row
from criteria.sheets import Line
from ntm_tracker.web.workbooks import MOST_CHARS_OF_NAME, sheet_name

TITLE_ROW, HEAD_ROW, FIRST_ROW = 1, 2, 3
CODE, NAME, LIMIT, SOURCE, FINDING, NOTE = range(1, 7)
WIDTHS = {CODE: 8, NAME: 60, LIMIT: 22, SOURCE: 40, FINDING: 14, NOTE: 50}


class Pages:
    """The sheets of one workbook; what communes of a group share is worked out once."""

    def __init__(self, book, styles: Styles):
        self.book, self.styles = book, styles
        self._kinds: dict[int, Kind] = {}

    def write(self, number: int, row: Row):
        """The sheet of the commune that stands at a place of the list."""
        # Names repeat in a province; the place tells them apart.
        name = sheet_name(f"{number}. {row.commune.name}"[:MOST_CHARS_OF_NAME])
        sheet = self.book.add_worksheet(name)
        kind = self._kind_of(row)
        _frame(sheet, self.styles, row)
        style = self.styles.locked if row.shut else self.styles.input
        key = places.of_assessment(row.assessment.pk)
        for place, (line, described) in enumerate(kind.described, start=FIRST_ROW):
            sheet.write_string(place, 0, f"{key} {places.of_line(line.code)}")
            for column, text in enumerate(described, start=CODE):
                sheet.write_string(place, column, text, self.styles.name)
            write_finding(sheet, (place, FINDING), row, line, style)
            write_note(sheet, (place, NOTE), row, line, style)
        for place, allowed in kind.rules:
            sheet.data_validation(place, FINDING, place, FINDING, allowed)
        last = FIRST_ROW + len(kind.described) - 1
        sheet.data_validation(FIRST_ROW, NOTE, last, NOTE, note_validation())

    def _kind_of(self, row: Row) -> "Kind":
        key = id(row.lines)
        if key not in self._kinds:
            self._kinds[key] = Kind(list(row.lines.values()))
        return self._kinds[key]


class Kind:
    """The lines that communes with the same thresholds fill in."""

    def __init__(self, lines: list[Line]):
        self.described = [(line, _described(line)) for line in lines]
        self.rules = list(_rules(lines))


def _rules(lines: list[Line]) -> Iterator[tuple[int, dict]]:
    """The first row and the validation of all lines of a kind, as a workbook has room for."""
    places_of_kind = defaultdict(list)
    for place, line in enumerate(lines, start=FIRST_ROW):
        places_of_kind[line.kind].append((place, line))
    for found in places_of_kind.values():
        place, line = found[0]
        cells = " ".join(xl_rowcol_to_cell(other, FINDING) for other, _line in found)
        yield place, rule(line, place, FINDING) | {"multi_range": cells}


def _described(line: Line) -> list[str]:
    source = line.threshold.source if line.threshold else ""
    return [line.code, line.target.local_name, limit_text(line), source]


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

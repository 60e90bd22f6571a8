"""Workbooks of OpenDocument, read from their XML: it alone tells errors and merged cells."""

from dataclasses import dataclass, field

from ntm_tracker.web.uploaded import limits
from ntm_tracker.web.uploaded.faults import Fault, Unfit
from ntm_tracker.web.uploaded.sheets import BLANK, Cell, Kind, Row, Sheet, trimmed
from ntm_tracker.web.uploaded.values import cell_of, text_cell
from ntm_tracker.web.uploaded.xml import parse
from ntm_tracker.web.uploaded.zipped import Package

ERRORS = ("#", "Err:")
CELLS = {"table-cell", "covered-table-cell"}
# Text of a cell that is not its value.
ASIDE = {"annotation", "shapes", "ruby-text"}
MIDNIGHT = "T00:00:00"


@dataclass
class Reader:
    """Handlers of expat that gather the sheets of `content.xml`."""

    sheets: list[Sheet] = field(default_factory=list)
    _hidden_styles: set[str] = field(default_factory=set)
    _style: str = ""
    _row: Row = field(default_factory=list)
    _row_repeats: int = 1
    _skipped_rows: int = 0
    _blanks: int = 0
    _cell: dict | None = None
    _paragraphs: list[str] = field(default_factory=list)
    _in_paragraph: bool = False
    _aside: int = 0
    _filled: int = 0

    def start(self, name: str, given: dict) -> None:
        if name in ASIDE or self._aside:
            self._aside += 1
            return
        given = {key.rpartition(":")[2]: value for key, value in given.items()}
        if name in CELLS:
            self._cell, self._paragraphs = given, []
        elif self._cell is not None:
            self._start_text(name)
        elif name == "table-row":
            self._row, self._blanks, self._row_repeats = [], 0, _times(given, "rows")
        elif name == "table":
            is_hidden = given.get("style-name") in self._hidden_styles
            self.sheets.append(Sheet(given.get("name", ""), [], [], is_hidden))
            self._skipped_rows = 0
        else:
            self._note_style(name, given)

    def _start_text(self, name: str) -> None:
        if name == "p":
            self._paragraphs.append("")
            self._in_paragraph = True
        elif name == "s" and self._in_paragraph:
            self._paragraphs[-1] += " "

    def _note_style(self, name: str, given: dict) -> None:
        if name == "style":
            self._style = given.get("name", "")
        elif name == "table-properties" and given.get("display") == "false":
            self._hidden_styles.add(self._style)

    def text(self, data: str) -> None:
        if self._in_paragraph and not self._aside:
            self._paragraphs[-1] += data

    def end(self, name: str) -> None:
        if self._aside:
            self._aside -= 1
        elif name == "p":
            self._in_paragraph = False
        elif name in CELLS and self._cell is not None:
            self._close_cell(self._cell)
            self._cell = None
        elif name == "table-row":
            self._close_row()
        elif name == "table":
            trimmed(self.sheets[-1].rows)

    def _close_cell(self, given: dict) -> None:
        cell = _cell_of(given, "\n".join(self._paragraphs))
        times = _times(given, "columns")
        self._merge(given)
        if cell.kind is Kind.BLANK:
            self._blanks += times
            return
        self._filled += times * self._row_repeats
        width = len(self._row) + self._blanks + times
        rows = len(self.sheets[-1].rows) + self._skipped_rows + self._row_repeats
        limits.refuse_too_much(rows, width, self._filled)
        self._row += [BLANK] * self._blanks + [cell] * times
        self._blanks = 0

    def _close_row(self) -> None:
        if not self._row:
            self._skipped_rows += self._row_repeats
            return
        rows = self.sheets[-1].rows
        rows += [[] for _ in range(self._skipped_rows)]
        rows += [list(self._row) for _ in range(self._row_repeats)]
        self._skipped_rows = 0

    def _merge(self, given: dict) -> None:
        high = int(given.get("number-rows-spanned", 1))
        wide = int(given.get("number-columns-spanned", 1))
        if high > 1 or wide > 1:
            row = len(self.sheets[-1].rows) + self._skipped_rows
            column = len(self._row) + self._blanks
            self.sheets[-1].merged.append((row, column, row + high - 1, column + wide - 1))


def read(package: Package) -> list[Sheet]:
    """The sheets of an OpenDocument workbook, hidden ones too."""
    _refuse_locked(package)
    reader = Reader()
    parse(package.pieces("content.xml"), reader.start, reader.end, reader.text)
    return reader.sheets


def _refuse_locked(package: Package) -> None:
    def start(name, given):
        if name == "encryption-data":
            raise Unfit(Fault.LOCKED)

    if "META-INF/manifest.xml" in package:
        parse(package.pieces("META-INF/manifest.xml"), start)


def _times(given: dict, what: str) -> int:
    return max(int(given.get(f"number-{what}-repeated", 1)), 1)


def _cell_of(given: dict, shown: str) -> Cell:
    kind = given.get("value-type")
    is_formula = bool(given.get("formula"))
    if is_formula and shown.startswith(ERRORS):
        return Cell(shown, Kind.ERROR)
    if kind in ("float", "currency", "percentage"):
        return cell_of(float(given["value"]), is_percent=kind == "percentage")
    if kind == "boolean":
        return cell_of(given["boolean-value"] == "true")
    if kind == "date":
        return Cell(given["date-value"].removesuffix(MIDNIGHT), Kind.DAY)
    if is_formula and kind is None:
        return Cell("", Kind.UNSTORED)
    return text_cell(shown or given.get("string-value", ""))

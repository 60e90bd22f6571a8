"""A block of cells as a spreadsheet copies it, and how it lies on communes and indicators.

Plain Python, no model: communes and indicators are known by what the caller says they are
called.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from communes.names import TONES
from criteria.cells import DASHES
from criteria.readings import read_verdict

# Where a heading may lie: behind running numbers, below a title.
MOST_COLUMNS_BEFORE, MOST_ROWS_ABOVE = 3, 5
KINDS = re.compile(r"\b(?:xã|phường|thị trấn|huyện|thị xã|thành phố)\b")
CODE = re.compile(r"\D*?(\d+(?:[.,]\d+)?)(?:\D.*)?", re.DOTALL)
NUMBER = re.compile(r"[+−–-]?\s*(?!0\d)\d")

Rows = list[list[str]]


@dataclass(frozen=True)
class Shape:
    """Which column of a block names the communes and which row the indicators; None: neither."""

    names: int | None = None
    codes: int | None = None

    @property
    def first_row(self) -> int:
        return 0 if self.codes is None else self.codes + 1

    @property
    def first_column(self) -> int:
        return 0 if self.names is None else self.names + 1


@dataclass(frozen=True)
class Piece:
    """A cell that is not blank; `row` and `column` count from the first of the cells proper."""

    row: int
    column: int
    text: str


def split(text: str) -> Rows:
    """The rows and cells of a text with tabs; quoted cells may hold line breaks, as Excel's do."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    rows = _quoted(lines) if '"' in lines else None
    if rows is None:
        rows = [line.split("\t") for line in lines.split("\n")]
    rows = [[cell.strip() for cell in row] for row in rows]
    while rows and not any(rows[-1]):
        rows.pop()
    return rows


def join(rows: Sequence[Sequence[str]]) -> str:
    """The text that `split` makes the rows from."""
    return "\n".join("\t".join(map(_quote, row)) for row in rows)


def name_key(text: str) -> str:
    """A name without its kind and whatever writers differ in: case, marks, place of the tone."""
    bare = KINDS.sub(" ", unicodedata.normalize("NFC", text).casefold())
    words = re.sub(r"[^\w\s]|_", " ", bare).split()
    return " ".join(map(_toned, words))


def code_in(text: str) -> str:
    """The number that a heading begins with ("Chỉ tiêu 1.1", "1,1"), empty if there is none."""
    found = CODE.fullmatch(text.strip())
    return found[1].replace(",", ".") if found else ""


def shape_of(rows: Rows, is_unit: Callable[[str], bool], codes: Sequence[str]) -> Shape:
    """Find headings: a column with a commune and little that is a finding, a row of codes.

    Most communes of a sheet may be unknown, to somebody who has only one. Without names beside
    it a row of codes must be nothing but codes in the order of the set, or it could as well be
    values.
    """
    names = next(
        (n for n in range(MOST_COLUMNS_BEFORE) if _holds_names(_column(rows, n), is_unit)), None
    )
    if names is None:
        is_heading = bool(rows) and _runs(rows[0], codes)
        return Shape(None, 0 if is_heading else None)
    known = set(codes)
    for number, row in enumerate(rows[:MOST_ROWS_ABOVE]):
        if _mostly(row[names + 1 :], lambda text: code_in(text) in known):
            return Shape(names, number)
    return Shape(names)


def pieces(rows: Rows, shape: Shape) -> Iterator[Piece]:
    """The cells proper, without headings and blanks."""
    for number, row in enumerate(rows[shape.first_row :]):
        for column, text in enumerate(row[shape.first_column :]):
            if text:
                yield Piece(number, column, text)


def heading(rows: Rows, shape: Shape, column: int) -> str:
    """What stands above a column of the cells proper."""
    return _at(rows[shape.codes], shape.first_column + column)


def name(rows: Rows, shape: Shape, row: int) -> str:
    """What stands before a row of the cells proper."""
    return _at(rows[shape.first_row + row], shape.names)


def _quoted(lines: str) -> Rows | None:
    """The rows of a text with quotes; None if a quote is left open, then it is no such text."""
    try:
        return list(csv.reader(io.StringIO(lines, newline=""), delimiter="\t", strict=True))
    except csv.Error:
        return None


def _quote(cell: str) -> str:
    if any(char in cell for char in '\t\n\r"'):
        return '"{}"'.format(cell.replace('"', '""'))
    return cell


def _toned(word: str) -> str:
    """A syllable with its tone at the end: hòa and hoà are one."""
    marks = unicodedata.normalize("NFD", word)
    tone = "".join(char for char in marks if char in TONES)
    return unicodedata.normalize("NFC", "".join(c for c in marks if c not in TONES)) + tone


def _at(row: list[str], column: int) -> str:
    return row[column] if column < len(row) else ""


def _column(rows: Rows, column: int) -> list[str]:
    return [_at(row, column) for row in rows]


def _holds_names(column: list[str], is_unit: Callable[[str], bool]) -> bool:
    return any(map(is_unit, column)) and _mostly(
        column, lambda text: is_unit(text) or not _is_finding(text)
    )


def _is_finding(text: str) -> bool:
    """Does it look like a number or a verdict? A number does not begin with a needless zero."""
    return bool(NUMBER.match(text)) or text in DASHES or read_verdict(text) is not None


def _mostly(cells: list[str], is_known: Callable[[str], bool]) -> bool:
    filled = [cell for cell in cells if cell]
    return 2 * sum(map(is_known, filled)) > len(filled) if filled else False


def _runs(row: list[str], codes: Sequence[str]) -> bool:
    """Is a row of at least two cells a run of the codes?"""
    found = [cell for cell in row if cell]
    if len(found) < 2 or found[0] not in codes:
        return False
    start = list(codes).index(found[0])
    return found == list(codes[start : start + len(found)])

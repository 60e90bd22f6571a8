"""What stands in an uploaded table: sheets, their cells as text, and how they travel as JSON."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

Place = tuple[int, int]
# First row, first column, last row, last column; counted from 0.
Area = tuple[int, int, int, int]


class Kind(StrEnum):
    """What a cell holds. The text of a percentage ends in its sign, as it shows."""

    TEXT = "text"
    NUMBER = "number"
    PERCENT = "percent"
    DAY = "day"
    TRUTH = "truth"
    BLANK = "blank"
    ERROR = "error"
    UNSTORED = "unstored"  # a formula whose result the file does not hold


UNREAD = {Kind.ERROR, Kind.UNSTORED}


@dataclass(frozen=True, slots=True)
class Cell:
    """The text of a cell: NFC, no outer spaces; numbers with a dot, days as 2025-12-31."""

    text: str = ""
    kind: Kind = Kind.BLANK


BLANK = Cell()
Row = list[Cell]


@dataclass
class Sheet:
    """A sheet from its first cell on: rows end at their last filled cell."""

    name: str
    rows: list[Row]
    merged: list[Area] = field(default_factory=list)
    is_hidden: bool = False

    def cell(self, row: int, column: int) -> Cell:
        """The cell at a place, blank where the sheet holds nothing."""
        if row < len(self.rows) and column < len(self.rows[row]):
            return self.rows[row][column]
        return BLANK

    def unread(self) -> Iterator[tuple[Place, Cell]]:
        """The cells that hold an error or a formula without a result, with their places."""
        for number, row in enumerate(self.rows):
            for column, cell in enumerate(row):
                if cell.kind in UNREAD:
                    yield (number, column), cell


def address(row: int, column: int) -> str:
    """A place as spreadsheets name it: B12."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row + 1}"


def dump(sheets: list[Sheet]) -> str:
    """Sheets as JSON; text stands bare, blanks are null."""
    return json.dumps([[s.name, s.is_hidden, s.merged, _packed(s.rows)] for s in sheets])


def load(packed: list) -> list[Sheet]:
    """The sheets that `dump` packed."""
    return [
        Sheet(name, [[_cell(cell) for cell in row] for row in rows], list(map(tuple, merged)), hid)
        for name, hid, merged, rows in packed
    ]


def trimmed(rows: list[Row]) -> list[Row]:
    """Rows without blank cells at their end, a sheet without blank rows at its end."""
    for row in rows:
        while row and row[-1].kind is Kind.BLANK:
            row.pop()
    while rows and not rows[-1]:
        rows.pop()
    return rows


def _packed(rows: list[Row]) -> list:
    return [[_pack(cell) for cell in row] for row in rows]


def _pack(cell: Cell):
    if cell.kind is Kind.BLANK:
        return None
    return cell.text if cell.kind is Kind.TEXT else [cell.text, cell.kind]


def _cell(packed) -> Cell:
    if packed is None:
        return BLANK
    return Cell(packed, Kind.TEXT) if isinstance(packed, str) else Cell(packed[0], Kind(packed[1]))

"""The records of an old workbook: what calamine does not tell of its cells.

Errors and formulas without a result, percentages, and how far the cells reach.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from ntm_tracker.web.uploaded import limits
from ntm_tracker.web.uploaded.faults import Fault, Unfit
from ntm_tracker.web.uploaded.sheets import Cell, Kind, Place

SHEET, LOCKED, FORMAT, STYLE, END = 0x85, 0x2F, 0x41E, 0xE0, 0x0A
FORMULA, ERROR = 0x06, 0x205
NUMBER, SHORT, SHORTS = 0x203, 0x27E, 0xBD
CELLS = {FORMULA, ERROR, NUMBER, SHORT, SHORTS, 0x204, 0xFD, 0xD6}
NO_NUMBER = b"\xff\xff"
RESULT_IS_ERROR, RESULT_IS_EMPTY = 2, 3
# Set by programs that leave the arithmetic to Excel.
REMAINS_TO_BE_DONE = 0x02
PERCENT_FORMATS = {9, 10}
NAMES = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?",
    0x24: "#NUM!", 0x2A: "#N/A",
}  # fmt: skip


@dataclass
class Marks:
    """What is told of the cells of a sheet besides their values."""

    marks: dict[Place, Cell] = field(default_factory=dict)
    percents: set[Place] = field(default_factory=set)


def marks_of(stream: bytes) -> list[Marks]:
    """The marks of each sheet of a workbook's stream, in its order; refuses what is too much."""
    starts, formats, styles = [], set(PERCENT_FORMATS), []
    for kind, data in _records(stream, 0):
        if kind == LOCKED:
            raise Unfit(Fault.LOCKED)
        if kind == SHEET:
            starts.append(int.from_bytes(data[:4], "little"))
        elif kind == FORMAT and b"%" in data[2:]:
            formats.add(int.from_bytes(data[:2], "little"))
        elif kind == STYLE:
            styles.append(int.from_bytes(data[2:4], "little"))
    percents = {number for number, used in enumerate(styles) if used in formats}
    return [_sheet(stream, start, percents) for start in starts]


def _sheet(stream: bytes, start: int, percents: set[int]) -> Marks:
    found, rows, columns, cells = Marks(), 0, 0, 0
    for kind, data in _records(stream, start):
        if kind not in CELLS or len(data) < 6:
            continue
        row, column, style = struct.unpack("<3H", data[:6])
        cells += 1
        rows, columns = max(rows, row + 1), max(columns, column + 1)
        limits.refuse_too_much(rows, columns, cells)
        if mark := _mark(kind, data):
            found.marks[row, column] = mark
        elif kind == SHORTS:
            found.percents |= _percents_in(row, column, data, percents)
        elif kind in (NUMBER, SHORT, FORMULA) and style in percents:
            found.percents.add((row, column))
    return found


def _mark(kind: int, data: bytes) -> Cell | None:
    if kind == ERROR and len(data) > 7 and data[7]:
        return Cell(NAMES.get(data[6], "#"), Kind.ERROR)
    if kind != FORMULA or data[12:14] != NO_NUMBER:
        return None
    if data[6] == RESULT_IS_ERROR:
        return Cell(NAMES.get(data[8], "#"), Kind.ERROR)
    is_left_to_excel = data[6] == RESULT_IS_EMPTY and data[14] & REMAINS_TO_BE_DONE
    return Cell("", Kind.UNSTORED) if is_left_to_excel else None


def _percents_in(row: int, first: int, data: bytes, percents: set[int]) -> set[Place]:
    """The percentages in a record of several short numbers: each has its style before it."""
    styles = [int.from_bytes(data[at : at + 2], "little") for at in range(4, len(data) - 2, 6)]
    return {(row, first + number) for number, style in enumerate(styles) if style in percents}


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """The records of a part of the stream, to its end mark."""
    while at + 4 <= len(stream):
        kind, length = struct.unpack("<2H", stream[at : at + 4])
        yield kind, stream[at + 4 : at + 4 + length]
        at += 4 + length
        if kind == END:
            return

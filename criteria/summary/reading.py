"""A summary sheet read: what each column and row is about, and the cells where they meet."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from criteria.cells import DASHES, read_cell
from criteria.readings import Unreadable
from criteria.summary import headings, labels
from criteria.summary.known import Known
from criteria.summary.roles import (
    Column,
    ColumnKind,
    Corrections,
    Finding,
    Row,
    RowKind,
    Unread,
    Why,
)
from ntm_tracker.web.uploaded.sheets import Cell, Kind, Sheet

# Ticks that `read_verdict` does not know; the letters are those of Wingdings.
TICKS = dict.fromkeys(("✔", "√", "☑", "ü", "þ"), "x")
NOT_READ = {Kind.ERROR: Why.ERROR, Kind.UNSTORED: Why.UNSTORED, Kind.DAY: Why.DAY}


@dataclass
class Reading:
    """All that was understood of a sheet, and what was not."""

    sheet: Sheet
    titles: list[str]
    columns: list[Column]
    rows: list[Row]
    findings: list[Finding] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)

    @cached_property
    def unknown_columns(self) -> list[Column]:
        """The columns that hold something and are not understood."""
        below = [row.number for row in self.rows]
        return [
            column
            for column in self.columns
            if column.kind is ColumnKind.UNKNOWN
            and any(self.sheet.cell(row, column.number).text for row in below)
        ]

    @cached_property
    def unknown_rows(self) -> list[Row]:
        return [row for row in self.rows if row.kind is RowKind.UNKNOWN]

    @property
    def is_whole(self) -> bool:
        """Is there nothing that was not understood?"""
        return not (self.unknown_columns or self.unknown_rows or self.unread)


def read(sheets: Iterable[Sheet], known: Known, said: Corrections | None = None) -> list[Reading]:
    """The sheets that speak of communes. A finding that two sheets give is in neither."""
    readings = [found for sheet in sheets if (found := read_sheet(sheet, known, said or {}))]
    places = [(f.unit, f.code) for reading in readings for f in reading.findings]
    if len(places) != len(set(places)):
        _take_apart(readings)
    return readings


def read_sheet(sheet: Sheet, known: Known, said: Corrections) -> Reading | None:
    """What a sheet says; None where no column of it names communes."""
    names = headings.names_column(sheet, known)
    if names is None:
        return None
    body = labels.first_of_body(sheet, names, known)
    first = headings.first_heading(sheet, body, known)
    columns = headings.columns_of(sheet, first, body, known, said)
    columns[names] = _as_names(columns[names])
    district = next((c.number for c in columns if c.kind is ColumnKind.DISTRICT), None)
    titles = [cell.text for row in sheet.rows[:first] for cell in row if cell.text]
    rows = _rows(sheet, body, names, district, known, said)
    reading = Reading(sheet, titles, columns, rows)
    for item in _cells(reading, known):
        (reading.findings if isinstance(item, Finding) else reading.unread).append(item)
    return reading


def _as_names(column: Column) -> Column:
    return Column(column.number, column.heading, column.key, ColumnKind.NAME)


def _rows(sheet, body: int, names: int, district: int | None, known, said) -> list[Row]:
    telling = labels.Labels(known, said, known.district_called(sheet.name))
    rows = []
    for number in range(body, len(sheet.rows)):
        label = labels.label_of(sheet, number, names, district)
        has_more = any(cell.text for cell in sheet.rows[number][names + 1 :])
        rows.append(telling.row(number, label, has_more=has_more))
    return labels.each_once(rows)


def _cells(reading: Reading, known: Known) -> Iterator[Finding | Unread]:
    columns = [column for column in reading.columns if column.kind is ColumnKind.FINDING]
    for row in (row for row in reading.rows if row.kind is RowKind.UNIT):
        for column in columns:
            cell = reading.sheet.cell(row.number, column.number)
            if cell.kind is not Kind.BLANK and cell.text not in DASHES:
                yield _read(row, column, cell, known.targets[column.code].unit)


def _read(row: Row, column: Column, cell: Cell, unit: str) -> Finding | Unread:
    text = TICKS.get(cell.text, cell.text)
    if cell.kind in (Kind.NUMBER, Kind.PERCENT):
        # its dot is that of decimals, whatever people mean by one
        text = text.replace(".", ",")
    why = NOT_READ.get(cell.kind)
    try:
        if why is None:
            read_cell(text, unit)
    except Unreadable:
        why = Why.UNREADABLE
    if why:
        return Unread(row.number, column.number, cell, why)
    return Finding(row.number, column.number, row.unit, column.code, text)


def _take_apart(readings: list[Reading]) -> None:
    """Findings that more than one sheet gives become cells that are not read."""
    met = {}
    for reading in readings:
        for found in reading.findings:
            met.setdefault((found.unit, found.code), []).append(reading)
    for reading in readings:
        several = {f for f in reading.findings if len(met[f.unit, f.code]) > 1}
        reading.findings = [f for f in reading.findings if f not in several]
        reading.unread += [
            Unread(f.row, f.column, reading.sheet.cell(f.row, f.column), Why.UNIT_TWICE)
            for f in sorted(several, key=lambda f: (f.row, f.column))
        ]

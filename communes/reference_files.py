"""Reading reference files: CSV in UTF-8 with a header. A file with a fault is refused whole.

A `Table` says which file fills which model. Columns bear the names of the fields they fill;
`Link`s are columns that name a row of another table.
"""

import csv
import io
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

MOST_FAULTS_SHOWN = 20
YES_NO = {"yes": True, "no": False}


class Fault(NamedTuple):
    """What is wrong, and where: line 1 is the header, line 0 the file as a whole."""

    line: int
    column: str
    reason: str


class BadFile(Exception):
    """A file that is not loaded. Its text names file, row, column and reason."""

    def __init__(self, file: str, faults: Iterable[Fault]):
        self.file = file
        self.faults = sorted(faults)
        super().__init__(file, self.faults)

    def __str__(self):
        lines = [self._sentence(fault) for fault in self.faults[:MOST_FAULTS_SHOWN]]
        if more := self.faults[MOST_FAULTS_SHOWN:]:
            lines.append(_("… and %(count)d more faults.") % {"count": len(more)})
        return "\n".join(lines)

    def _sentence(self, fault):
        where = fault._asdict() | {"file": self.file}
        if fault.line and fault.column:
            return _("%(file)s, row %(line)d, column %(column)s: %(reason)s") % where
        if fault.line:
            return _("%(file)s, row %(line)d: %(reason)s") % where
        return _("%(file)s: %(reason)s") % where


@dataclass(frozen=True)
class Link:
    """Columns that together name a row of another table; faults are told of the first.

    `find` gets the cells of the row as text and answers the row, or None if there is none;
    a ValueError (a bad date, say) counts as none.
    """

    field: str
    columns: tuple[str, ...]
    find: Callable[[dict[str, str]], models.Model | None]
    expected: str
    is_required: bool = True


@dataclass(frozen=True, kw_only=True)
class Table:
    """One file and the model it fills.

    `key` names the fields that identify a row among `existing` ones (default: all rows);
    `in_order` pairs of fields whose second may not come before the first; `check` finds faults
    that span rows; `prepare` sets the `derived` fields of an object before it is saved.
    """

    file: str
    model: type[models.Model]
    key: tuple[str, ...]
    columns: tuple[str, ...]
    links: tuple[Link, ...] = ()
    in_order: tuple[tuple[str, str], ...] = (("valid_from", "valid_to"),)
    check: Callable[[list], Iterable[Fault]] = lambda rows: ()
    existing: models.QuerySet | None = None
    derived: tuple[str, ...] = ()
    prepare: Callable[[models.Model], None] | None = None

    @property
    def header(self) -> list[str]:
        named = [column for link in self.links for column in link.columns]
        return list(dict.fromkeys([*self.columns, *named]))

    @property
    def fields(self) -> list[str]:
        return [*self.columns, *(link.field for link in self.links)]

    def values_of(self, obj) -> dict[str, object]:
        """What the file would fill, by column of the database."""
        names = [self.model._meta.get_field(name).attname for name in self.fields]
        return {name: getattr(obj, name) for name in names}

    def key_of(self, obj) -> tuple:
        return tuple(getattr(obj, self.model._meta.get_field(name).attname) for name in self.key)


@dataclass
class Row:
    """A line of a file with the object that it describes, not saved."""

    line: int
    obj: models.Model
    faults: list[Fault] = field(default_factory=list)


def read_table(folder: Path, table: Table) -> list[Row]:
    """The rows of a table's file, in the file's order; raises BadFile with all its faults."""
    lines = _lines(folder, table.file)
    _line, header = next(lines, (1, []))
    _check_header(table, header)
    rows = [read_row(table, header, line, cells) for line, cells in lines if cells]
    faults = [fault for row in rows for fault in row.faults]
    faults = faults or [*repeated(table, rows), *_out_of_order(table, rows)]
    faults = faults or list(table.check(rows))
    if faults:
        raise BadFile(table.file, faults)
    return rows


def _lines(folder, file):
    """(line number, cells) of each line; a byte order mark is let pass, as Excel writes one."""
    try:
        raw = (folder / file).read_bytes()
    except OSError as error:
        reason = _("the file cannot be read (%(error)s).") % {"error": error.strerror}
        raise BadFile(file, [Fault(0, "", reason)]) from error
    reader = csv.reader(io.StringIO(_text(file, raw), newline=""), strict=True)
    try:
        for cells in reader:
            yield reader.line_num, [unicodedata.normalize("NFC", cell.strip()) for cell in cells]
    except csv.Error as error:
        reason = _("not well-formed CSV (%(error)s).") % {"error": error}
        raise BadFile(file, [Fault(reader.line_num, "", reason)]) from error


def _text(file, raw):
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        reason = _("the file is not in UTF-8; save it as “CSV UTF-8”.")
        raise BadFile(file, [Fault(line, "", reason)]) from error
    if "\0" in text:
        reason = _("the file is not text; save it as “CSV UTF-8”.")
        raise BadFile(file, [Fault(text.count("\n", 0, text.index("\0")) + 1, "", reason)])
    return text


def _check_header(table, header):
    expected = ", ".join(table.header)
    missing = _("the column is missing.")
    unknown = _("an unknown column; expected are %(columns)s.") % {"columns": expected}
    repeated = _("the column is there twice.")
    faults = [Fault(1, name, missing) for name in table.header if name not in header]
    faults += [Fault(1, name, unknown) for name in header if name not in table.header]
    faults += [Fault(1, name, repeated) for name in table.header if header.count(name) > 1]
    if faults:
        raise BadFile(table.file, faults)


def read_row(table: Table, header: list[str], line: int, cells: list[str]) -> Row:
    """One row from its cells, all of them text, with what is wrong with it."""
    row = Row(line, table.model())
    if len(cells) != len(header):
        row.faults.append(unlike(line, "", len(cells), _("%d cells") % len(header)))
        return row
    cells = dict(zip(header, cells, strict=True))
    for name in table.columns:
        _fill(row, table.model._meta.get_field(name), cells[name])
    if not row.faults:
        for link in table.links:
            _link(row, link, cells)
    return row


def unlike(line, column, found, expected) -> Fault:
    """The fault of a cell that holds something else than it should."""
    if found == "":
        reason = _("the cell is empty; expected %(expected)s.") % {"expected": expected}
    else:
        reason = _("found “%(found)s”; expected %(expected)s.") % {
            "found": found,
            "expected": expected,
        }
    return Fault(line, column, reason)


def _fill(row, field, cell):
    """Set one field from its cell, or note what is wrong with it."""
    try:
        value = _value(row, field, cell)
    except (ValidationError, KeyError):
        row.faults.append(unlike(row.line, field.name, cell, _expected(field)))
    else:
        setattr(row.obj, field.attname, value)


def _value(row, field, cell):
    if cell == "":
        if field.null:
            return None
        if field.name == "source" or not field.blank:
            raise KeyError(field.name)
        return ""
    if isinstance(field, models.BooleanField):
        return YES_NO[cell]
    return field.clean(cell, row.obj)


def _expected(field) -> str:
    if field.choices:
        return _("one of %(words)s") % {
            "words": ", ".join(str(key) for key, _name in field.choices)
        }
    if isinstance(field, models.BooleanField):
        return _("yes or no")
    if isinstance(field, models.DateField):
        return _("a date such as 2020-01-31")
    if isinstance(field, models.DecimalField):
        return _("a number such as 12.7, with at most %(places)d decimal places") % {
            "places": field.decimal_places
        }
    if isinstance(field, models.IntegerField):
        return _("a whole number, zero or more")
    if field.max_length:
        return _("text of at most %(length)d characters") % {"length": field.max_length}
    return _("some text")


def _link(row, link, cells):
    found = " ".join(cells[name] for name in link.columns if cells[name])
    try:
        target = link.find(cells) if found else None
    except ValueError:
        target = None
    if target is None and (found or link.is_required):
        row.faults.append(unlike(row.line, link.columns[0], found, link.expected))
    setattr(row.obj, link.field, target)


def repeated(table: Table, rows: list[Row]) -> Iterable[Fault]:
    """Rows that say a second time what an earlier row says."""
    first = {}
    for row in rows:
        key = table.key_of(row.obj)
        if key in first:
            reason = _("the same as row %(line)d; each may be there once.") % {"line": first[key]}
            yield Fault(row.line, table.key[0], reason)
        first.setdefault(key, row.line)


def _out_of_order(table, rows):
    """Rows whose range ends before it begins."""
    for low, high in table.in_order:
        if low not in table.columns or high not in table.columns:
            continue
        for row in rows:
            start, end = getattr(row.obj, low), getattr(row.obj, high)
            if None not in (start, end) and end < start:
                yield unlike(row.line, high, end, _("from %(start)s upwards") % {"start": start})

"""What a column, a row or a cell of a summary workbook was understood as."""

from collections.abc import Hashable
from dataclasses import dataclass
from enum import StrEnum

from ntm_tracker.web.uploaded.sheets import Cell


class Why(StrEnum):
    """Why something is not understood."""

    NO_HEADING = "no_heading"
    HEADING = "heading"
    SUBHEADING = "subheading"
    CONFLICT = "conflict"
    TWICE = "twice"
    NO_NAME = "no_name"
    NO_SUCH_UNIT = "no_such_unit"
    SEVERAL_UNITS = "several_units"
    OTHER_DISTRICT = "other_district"
    NO_SUCH_DISTRICT = "no_such_district"
    DISTRICT_OR_COMMUNE = "district_or_commune"
    UNIT_TWICE = "unit_twice"
    ERROR = "error"
    UNSTORED = "unstored"
    DAY = "day"
    UNREADABLE = "unreadable"


class ColumnKind(StrEnum):
    """What a column is about."""

    ORDER = "order"
    NAME = "name"
    DISTRICT = "district"
    FINDING = "finding"
    TOTAL = "total"  # totals, remarks and the like: nothing to import
    SKIPPED = "skipped"  # by the user
    UNKNOWN = "unknown"


class RowKind(StrEnum):
    """What a row below the headings is about."""

    BLANK = "blank"
    DISTRICT = "district"
    UNIT = "unit"
    TOTAL = "total"
    SKIPPED = "skipped"  # by the user
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Column:
    """A column; `code` of a criterion or indicator where it holds findings.

    `key` stays the same from file to file; two columns of one sheet have different ones.
    """

    number: int
    heading: str
    key: str
    kind: ColumnKind
    code: str = ""
    why: Why | None = None


@dataclass(frozen=True)
class Row:
    """A row below the headings; `unit` is the key of its commune, `district` that above it."""

    number: int
    label: str
    key: str
    kind: RowKind
    unit: Hashable = None
    district: str = ""
    why: Why | None = None


@dataclass(frozen=True)
class Finding:
    """A cell about a commune and a criterion or indicator, as text that `read_cell` takes."""

    row: int
    column: int
    unit: Hashable
    code: str
    text: str


@dataclass(frozen=True)
class Unread:
    """A filled cell of a commune and a criterion that says nothing that is understood."""

    row: int
    column: int
    cell: Cell
    why: Why


# What the user said of columns and rows, by their keys. A column is "skipped", "district" or
# "finding:2.1"; a row is "skipped", "total", "district:Cao Lộc" or "unit:" with a commune's code.
Corrections = dict[str, str]

"""The tables the arithmetic stands on, and the few ways in which it reads them.

A table is a frame of pandas or a `Table`, which is read alike and made in a tenth of the time.

Days in tables are datetime64 columns (any unit; columns of `datetime.date` work as well) and NaT
is an open end. Days in arguments are `datetime.date`. `COLUMNS` lists what is read; more columns
do no harm.
"""

from collections import namedtuple
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property, partial
from typing import NamedTuple

import numpy as np
import pandas as pd

DAY = "datetime64[D]"
# Worst to best. The modern grade comes with the criteria of 2026-2030, which drop the two before.
GRADES = ("standard", "advanced", "model", "modern")
RANKS = {grade: rank for rank, grade in enumerate(GRADES, start=1)}

_STAMP = "datetime64[s]"
_ACT = {
    "id": "int64",
    "unit_id": "int64",
    "grade": "str",
    "year": "int64",
    "decided_on": _STAMP,
    "revoked_on": _STAMP,
    "is_illustrative": "bool",
}
COLUMNS = {
    # Indexed by the unit's id. valid_to is the last day in force. Towns and wards stand here too,
    # with in_programme False: lineage passes through them, no count includes them.
    "units": {
        "code": "str",
        "name": "str",
        "sort_key": "str",
        "district_id": "Int64",
        "valid_from": _STAMP,
        "valid_to": _STAMP,
        "in_programme": "bool",
        "is_border": "bool",
        "population": "float64",
    },
    # Boundary changes: on `date`, the first day of the new units, old passed into new, as a whole
    # or in part. share_people is the share (0 to 1) of the old unit's people.
    "parts": {
        "date": _STAMP,
        "old_id": "int64",
        "new_id": "int64",
        "is_whole": "bool",
        "share_people": "float64",
    },
    # Decisions on communes. `year` is the year a decision counts for.
    "recognitions": _ACT,
    # Decisions on districts, model residential areas and model gardens; `kind` says which.
    "places": _ACT | {"unit_id": "Int64", "kind": "str", "district_id": "Int64"},
    # One row a verified assessment, its criteria already counted; `grade` is that of its set.
    "standings": {
        "assessment_id": "int64",
        "unit_id": "int64",
        "set_id": "int64",
        "grade": "str",
        "period_end": _STAMP,
        "met": "float64",
        "basically": "float64",
        "total": "float64",
        "is_illustrative": "bool",
    },
    "sets": {
        "set_id": "int64",
        "level": "str",
        "grade": "str",
        "valid_from": _STAMP,
        "valid_to": _STAMP,
    },
    # Latest verdicts by number of the criterion, as criteria.rules.Verdict words.
    "results": {"unit_id": "int64", "number": "int64", "verdict": "str"},
    # One row a target and year, to be reached by its 31 December; district_id is empty for one of
    # the whole province. Shares are in per cent. A floor allows no commune under its limit.
    "targets": {
        "id": "int64",
        "metric": "str",
        "kind": "str",
        "year": "int64",
        "low": "float64",
        "high": "float64",
        "district_id": "Int64",
    },
    # Where a metric stood when the plan began.
    "baselines": {"metric": "str", "as_of": _STAMP, "value": "float64", "base": "float64"},
    # Figures printed by official sources; boundary_on is a day of the list of communes that was
    # counted, empty for the day itself.
    "published": {
        "metric": "str",
        "as_of": _STAMP,
        "value": "float64",
        "base": "float64",
        "boundary_on": _STAMP,
        "source": "str",
    },
}


class Table:
    """Rows as one array for each column, read like a frame.

    `table[name]` is a column, `table[mask]` the rows of a mask, `take` and `assign` are a frame's;
    `frame` is all of it in pandas. Nobody may write into one.
    """

    def __init__(self, columns: dict, index: pd.Index | None = None):
        self.columns = columns
        self.index = index

    def __len__(self) -> int:
        return len(next(iter(self.columns.values())))

    def __contains__(self, name: str) -> bool:
        return name in self.columns

    def __getitem__(self, wanted):
        if isinstance(wanted, str):
            return self.columns[wanted]
        if not isinstance(wanted, np.ndarray):
            wanted = wanted.to_numpy(bool, na_value=False)
        return self.take(wanted)

    def take(self, rows: np.ndarray) -> "Table":
        """The rows with these numbers, in their order."""
        columns = {name: column[rows] for name, column in self.columns.items()}
        return Table(columns, None if self.index is None else self.index[rows])

    def assign(self, **columns: np.ndarray) -> "Table":
        return Table(self.columns | columns, self.index)

    @cached_property
    def frame(self) -> pd.DataFrame:
        return pd.DataFrame(self.columns, self.index, copy=False)


def table_like(given, columns: dict, index: pd.Index | None = None):
    """A new table of the given one's kind: a `Table` from a `Table`, a frame from a frame."""
    if isinstance(given, Table):
        return Table(columns, index)
    return pd.DataFrame(columns, index, copy=False)


def empty(table: str) -> pd.DataFrame:
    """A table of that name with all its columns and no row."""
    columns = COLUMNS[table]
    return pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in columns.items()})


@dataclass(frozen=True)
class Tables:
    """All that is known about one province; anything with these attributes does as well.

    `register_is_complete`: are all recognised communes known by name? From an incomplete
    register none are counted. `basically_counts`: does "basically met" count as met here?
    """

    units: pd.DataFrame = field(default_factory=partial(empty, "units"))
    parts: pd.DataFrame = field(default_factory=partial(empty, "parts"))
    recognitions: pd.DataFrame = field(default_factory=partial(empty, "recognitions"))
    places: pd.DataFrame = field(default_factory=partial(empty, "places"))
    standings: pd.DataFrame = field(default_factory=partial(empty, "standings"))
    sets: pd.DataFrame = field(default_factory=partial(empty, "sets"))
    targets: pd.DataFrame = field(default_factory=partial(empty, "targets"))
    baselines: pd.DataFrame = field(default_factory=partial(empty, "baselines"))
    published: pd.DataFrame = field(default_factory=partial(empty, "published"))
    register_is_complete: bool = True
    basically_counts: bool = False


@dataclass(frozen=True)
class Plan:
    """The years of a plan and the day its baseline stands on; `pk` where tables hold several."""

    first_year: int
    last_year: int
    baseline_on: date
    pk: int | None = None


def day(on: date) -> np.datetime64:
    return np.datetime64(on.isoformat()[:10], "D")


def day_list(dates: Iterable[date]) -> np.ndarray:
    return np.array([day(on) for on in dates], dtype=DAY)


def days_of(column) -> np.ndarray:
    """A column of days as datetime64[D], NaT where it is empty."""
    values = np.asarray(column)
    if values.dtype.kind != "M":
        values = pd.to_datetime(column).to_numpy()
    return values.astype(DAY)


def numbers_of(column) -> np.ndarray:
    """A column of numbers or ids as floats, NaN where it is empty."""
    if isinstance(column, np.ndarray) or column.dtype == float:
        return np.asarray(column, dtype=float)
    if column.dtype == object:
        column = pd.to_numeric(column)
    return column.to_numpy(float, na_value=np.nan)


def ids_of(column) -> np.ndarray:
    """A column of ids or years, none of them empty."""
    return np.asarray(column, dtype=np.int64)


def flags_of(column) -> np.ndarray:
    """A column of yes and no."""
    return np.asarray(column, dtype=bool)


def words_of(column) -> np.ndarray:
    """A column of words as Python strings, which are compared far quicker than in a frame."""
    return np.asarray(column, dtype=object)


def years_of(days: np.ndarray) -> np.ndarray:
    return days.astype("datetime64[Y]").astype(int) + 1970


def year_time(on: date) -> float:
    """A day as years and the part of a year gone by: 31 December 2024 is 2025.0.

    Every year is then equally long, so that ten more each year stays ten in a leap year.
    """
    return on.year + on.timetuple().tm_yday / date(on.year, 12, 31).timetuple().tm_yday


def rows_of(table: pd.DataFrame) -> list[NamedTuple]:
    """The rows as named tuples; for short tables several times as quick as `itertuples`."""
    row = _row_type(*table.columns)
    columns = (table[name].tolist() for name in row._fields)
    return [row(*values) for values in zip(*columns, strict=True)]


@cache
def _row_type(*names: str) -> type[NamedTuple]:
    return namedtuple("Row", names)


class Matches(NamedTuple):
    """Row numbers that belong together, as a merge of two tables would pair them."""

    left: np.ndarray
    right: np.ndarray


def match(left: np.ndarray, right: np.ndarray) -> Matches:
    """Every pair of rows with equal keys, in the order of `left`."""
    order = np.argsort(right, kind="stable")
    ranked = right[order]
    first = np.searchsorted(ranked, left, side="left")
    counts = np.searchsorted(ranked, left, side="right") - first
    rows = np.repeat(np.arange(len(left)), counts)
    starts = np.repeat(np.cumsum(counts) - counts, counts)
    return Matches(rows, order[np.repeat(first, counts) + np.arange(len(rows)) - starts])

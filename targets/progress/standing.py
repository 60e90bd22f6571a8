"""How many criteria the communes meet, from verified assessments only.

A commune stands on its latest verified assessment of a period that ended by the day asked for.
An assessment counts only under the criteria set in force when its period ended; a set stays
until the next of its grade begins. A standing is carried forward until a newer one exists,
so each comes with its age.
"""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from .frames import (
    day,
    day_list,
    days_of,
    flags_of,
    ids_of,
    numbers_of,
    table_like,
    words_of,
)
from .units import force_grid

if TYPE_CHECKING:
    from .measures import Measures


class Mean(NamedTuple):
    """A mean and its base: the communes assessed, of all communes in force."""

    value: float
    base: int
    of: int


class Standings(NamedTuple):
    """Assessments that may count, ordered by period; `counted` is what a target counts.

    `latest` is units (rows) by days: the number of the assessment a unit stands on, or -1.
    """

    rows: np.ndarray
    counted: np.ndarray
    is_illustrative: np.ndarray
    latest: np.ndarray

    def on(self, columns: list[int]) -> "Standings":
        """The same on some of the days."""
        return self._replace(latest=self.latest[:, columns])

    def at(self, column: np.ndarray, missing) -> np.ndarray:
        """Spread a column of the assessments over the grid of units by days."""
        return np.append(column, missing)[self.latest]


def set_in_force(sets: pd.DataFrame, grade: str, days: np.ndarray) -> np.ndarray:
    """The set_id of the communes' set of a grade on each day, -1 before the first."""
    wanted = (words_of(sets["grade"]) == grade) & (words_of(sets["level"]) == "commune")
    begins = days_of(sets["valid_from"])[wanted]
    order = np.argsort(begins)
    ids = np.append(ids_of(sets["set_id"])[wanted][order], -1)
    return ids[np.searchsorted(begins[order], days, side="right") - 1]


def standings_on(
    standings: pd.DataFrame,
    sets: pd.DataFrame,
    units: pd.DataFrame,
    days: np.ndarray,
    *,
    grade: str = "standard",
    basically_counts: bool = False,
) -> Standings:
    """What every unit stands on on every day, in force or not."""
    ends = days_of(standings["period_end"])
    owner = units.index.get_indexer(standings["unit_id"])
    in_use = set_in_force(sets, grade, ends) == ids_of(standings["set_id"])
    rows = np.flatnonzero(in_use & (owner >= 0))
    rows = rows[np.argsort(ends[rows], kind="stable")]
    counted = numbers_of(standings["met"])[rows]
    if basically_counts:
        counted = counted + numbers_of(standings["basically"])[rows]
    latest = _latest(owner[rows], ends[rows], len(units), days)
    invented = flags_of(standings["is_illustrative"])[rows]
    return Standings(rows, counted, invented, latest)


def _latest(owner: np.ndarray, ends: np.ndarray, size: int, days: np.ndarray) -> np.ndarray:
    """The last row of each owner with an end up to each day. Rows are ordered by their ends."""
    order = np.argsort(days)
    column = np.searchsorted(days[order], ends)  # the first day on which a row can count
    in_time = np.flatnonzero(column < len(days))
    latest = np.full((size, len(days)), -1)
    # of several rows in one place the last one stays
    latest[owner[in_time], column[in_time]] = in_time
    return np.maximum.accumulate(latest, axis=1)[:, np.argsort(order)]


def standing_at(
    standings: pd.DataFrame,
    sets: pd.DataFrame,
    units: pd.DataFrame,
    on: date,
    *,
    grade: str = "standard",
    basically_counts: bool = False,
    measures: "Measures | None" = None,
) -> pd.DataFrame:
    """Where each commune in force on a day stands, indexed by unit_id; NaN if never assessed.

    Columns: met, basically, total (applicable criteria), counted (met, and basically met where
    the province counts it), assessment_id, set_id, period_end, age_days, is_illustrative.
    `measures`, if given, are of the same tables and hold the day.
    """
    days = np.array([day(on)])
    choice = {"grade": grade, "basically_counts": basically_counts}
    if measures:
        found = measures.standings(grade).on(measures.columns([on]))
    else:
        found = standings_on(standings, sets, units, days, **choice)
    here = flags_of(units["in_programme"]) & force_grid(units, days)[:, 0]
    latest = found.latest[here, 0]
    known = latest >= 0
    rows = np.append(found.rows, -1)[latest]
    columns = {
        name: np.append(numbers_of(standings[name]), np.nan)[rows]
        for name in ("met", "basically", "total")
    }
    ends = np.append(days_of(standings["period_end"]), np.datetime64("NaT"))[rows]
    age = np.where(known, (day(on) - ends).astype(float), np.nan)
    for name in ("assessment_id", "set_id"):
        ids = np.append(ids_of(standings[name]), 0)[rows]
        columns[name] = pd.arrays.IntegerArray(ids, ~known)
    columns |= {
        "counted": np.append(found.counted, np.nan)[latest],
        "period_end": ends,
        "age_days": age,
        "is_illustrative": np.append(found.is_illustrative, False)[latest],
    }
    return table_like(units, columns, units.index[here].rename("unit_id"))


def mean_of(values: np.ndarray, mask: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Mean and base of each column of a grid, over its known values inside a mask."""
    known = mask & ~np.isnan(values)
    base = known.sum(axis=0)
    sums = np.where(known, values, 0.0).sum(axis=0)
    return np.divide(sums, base, out=np.full(len(base), np.nan), where=base > 0), base


def mean_criteria(standing: pd.DataFrame) -> Mean:
    """The average number of criteria, over the communes that have an assessment."""
    counted = standing["counted"].to_numpy(float)[:, None]
    value, base = mean_of(counted, np.ones(counted.shape, dtype=bool))
    return Mean(float(value[0]), int(base[0]), len(standing))


def mean_series(
    standings: pd.DataFrame,
    sets: pd.DataFrame,
    units: pd.DataFrame,
    dates: Sequence[date],
    *,
    grade: str = "standard",
    basically_counts: bool = False,
) -> pd.DataFrame:
    """The average on many days at once, indexed by date: value, base, of, is_illustrative."""
    days = day_list(dates)
    choice = {"grade": grade, "basically_counts": basically_counts}
    found = standings_on(standings, sets, units, days, **choice)
    here = flags_of(units["in_programme"])[:, None] & force_grid(units, days)
    value, base = mean_of(found.at(found.counted, np.nan), here)
    invented = (here & found.at(found.is_illustrative, False)).any(axis=0)
    columns = {"value": value, "base": base, "of": here.sum(axis=0), "is_illustrative": invented}
    return pd.DataFrame(columns, index=pd.Index(days, name="date"))

"""What each metric of a plan comes to on given days, with its base."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import NamedTuple

import numpy as np

from .frames import RANKS, Tables, day_list, flags_of, numbers_of, words_of, years_of
from .recognition import NEVER, Ranks, Register, acts_of, counting
from .standing import Standings, mean_of, standings_on
from .units import force_grid

COMMUNE_RANKS = {
    "communes_standard": RANKS["standard"],
    "communes_advanced": RANKS["advanced"],
    "communes_model": RANKS["model"],
    "border_communes_standard": RANKS["standard"],
}
PLACE_KINDS = {
    "residential_areas": "residential_area",
    "gardens": "garden",
    "districts_completed": "district",
}
MEANS = ("avg_criteria", "border_avg_criteria", "avg_advanced_criteria")
LOW_LIMITS = {"communes_below_10": 10}
NEW_KINDS = ("new_in_year", "new_in_plan")
METRICS = (
    "communes_standard",
    "border_communes_standard",
    "avg_criteria",
    "border_avg_criteria",
    "communes_below_10",
    "communes_advanced",
    "avg_advanced_criteria",
    "communes_model",
    "residential_areas",
    "gardens",
    "districts_completed",
)


class Reading(NamedTuple):
    """A metric on each day. `base` is what a percentage or a mean stands on; `of` is everything.

    All are arrays of the same length, NaN where nothing is known. Shares are in per cent.
    """

    value: np.ndarray
    base: np.ndarray
    of: np.ndarray
    is_illustrative: np.ndarray


class Places(NamedTuple):
    """Decisions on one kind of place, and the district of each decision."""

    register: Register
    districts: np.ndarray


@dataclass(frozen=True)
class Measures:
    """The metrics of one province on some days; what several of them need is worked out once.

    Make one with `over` for all the days of a page and hand it to every table of the page.
    """

    tables: Tables
    days: np.ndarray
    _read: dict = field(default_factory=dict)

    @classmethod
    def over(cls, tables: Tables, dates: Iterable[date]) -> "Measures":
        return cls(tables, np.unique(day_list(dates)))

    @cached_property
    def _column(self) -> dict[date, int]:
        return {on: column for column, on in enumerate(self.days.tolist())}

    def columns(self, dates: Iterable[date]) -> list[int]:
        """Where these days stand among those measured. Raises ValueError for any other day."""
        try:
            return [self._column[on] for on in dates]
        except KeyError as error:
            raise ValueError(f"not measured on {error.args[0]}") from error

    def has(self, on: date) -> bool:
        return on in self._column

    @cached_property
    def here(self) -> np.ndarray:
        """Units by days: a commune of the programme, in force."""
        units = self.tables.units
        in_programme = flags_of(units["in_programme"])[:, None]
        return in_programme & force_grid(units, self.days)

    @cached_property
    def is_border(self) -> np.ndarray:
        return flags_of(self.tables.units["is_border"])

    def group(self, metric: str) -> np.ndarray:
        return self.here & self.is_border[:, None] if _is_border(metric) else self.here

    @cached_property
    def register(self) -> Register:
        return Register.of_communes(self.tables.units, self.tables.recognitions)

    @cached_property
    def ranks(self) -> Ranks:
        return self.register.ranks(self.days)

    @property
    def is_register_known(self) -> bool:
        return len(self.tables.recognitions) > 0 and self.tables.register_is_complete

    @cached_property
    def places(self) -> dict[str, Places]:
        """By metric; none of a kind on which no decision is known."""
        table = self.tables.places
        acts, kinds = acts_of(table), words_of(table["kind"])
        districts = numbers_of(table["district_id"])
        found = {}
        for metric, kind in PLACE_KINDS.items():
            rows = np.flatnonzero(kinds == kind)
            holders = districts[rows] if metric == "districts_completed" else rows
            holder = np.unique(holders, return_inverse=True)[1]
            if len(rows) and self.tables.register_is_complete:
                register = Register(acts.take(rows), holder, len(rows))
                found[metric] = Places(register, districts[rows])
        return found

    @cached_property
    def districts(self) -> np.ndarray:
        """Each unit's district, NaN for none."""
        return numbers_of(self.tables.units["district_id"])

    @cached_property
    def districts_there(self) -> list[np.ndarray]:
        """On each day, the ids of the districts that have communes in force."""
        ids = np.unique(self.districts[~np.isnan(self.districts)])
        there = np.array([self.here[self.districts == pk].any(axis=0) for pk in ids], dtype=bool)
        return [ids[column] for column in there.reshape(len(ids), len(self.days)).T]

    @cached_property
    def standard(self) -> Standings:
        return self._standings("standard")

    @cached_property
    def advanced(self) -> Standings:
        return self._standings("advanced")

    def standings(self, grade: str) -> Standings:
        """What the communes stand on under the sets of a grade, "standard" or "advanced"."""
        return self.standard if grade == "standard" else self.advanced

    def _standings(self, grade: str) -> Standings:
        tables = self.tables
        choice = {"grade": grade, "basically_counts": tables.basically_counts}
        return standings_on(tables.standings, tables.sets, tables.units, self.days, **choice)

    def read(self, metric: str, kind: str, first_year: int) -> Reading:
        """A metric as a kind of target counts it; new ones since `first_year` or in the year."""
        key = metric, kind, first_year
        if key not in self._read:
            self._read[key] = self._work_out(*key)
        return self._read[key]

    def _work_out(self, metric: str, kind: str, first_year: int) -> Reading:
        if metric in COMMUNE_RANKS:
            return self._communes(metric, kind, first_year)
        if metric in PLACE_KINDS:
            return self._places(metric, kind, first_year)
        if metric in MEANS:
            return self._mean(metric)
        if metric in LOW_LIMITS:
            return self._low(metric)
        return Reading(self._unknown, self._unknown, self._unknown, np.isnat(self.days))

    @property
    def _unknown(self) -> np.ndarray:
        return np.full(len(self.days), np.nan)

    def _communes(self, metric: str, kind: str, first_year: int) -> Reading:
        group, rank = self.group(metric), COMMUNE_RANKS[metric]
        of = _count(group)
        held = group & (self.ranks.best >= rank)
        invented = (held & self.ranks.is_illustrative).any(axis=0)
        if not self.is_register_known:
            return Reading(self._unknown, self._unknown, of, invented)
        if kind in NEW_KINDS:
            return Reading(self._count_new(metric, kind, first_year), of, of, invented)
        base = of if rank == 1 else _count(group & (self.ranks.best >= 1))
        value = _count(held)
        return Reading(_percent(value, base) if kind == "share" else value, base, of, invented)

    def _first_years(self, metric: str) -> np.ndarray:
        if metric in PLACE_KINDS:
            return self.places[metric].register.first_years(self.days, RANKS["standard"])
        register = self.register
        if _is_border(metric):
            register = register.take(self.is_border[register.holder])
        return register.first_years(self.days, COMMUNE_RANKS[metric])

    def _count_new(self, metric: str, kind: str, first_year: int) -> np.ndarray:
        first = self._first_years(metric)
        if kind == "new_in_year":
            return _count(first == years_of(self.days))
        return _count((first >= first_year) & (first < NEVER))

    def _places(self, metric: str, kind: str, first_year: int) -> Reading:
        of = np.array([len(ids) for ids in self.districts_there], dtype=float)
        if metric not in self.places:
            return Reading(self._unknown, self._unknown, of, np.isnat(self.days))
        register, districts = self.places[metric]
        counts = counting(register.acts, self.days[None, :])
        invented = (counts & register.acts.is_illustrative[:, None]).any(axis=0)
        if kind in NEW_KINDS:
            value = self._count_new(metric, kind, first_year)
            return Reading(value, self._unknown, of, invented)
        if metric != "districts_completed":
            value = _count(self._first_years(metric) < NEVER)
            return Reading(value, self._unknown, of, invented)
        complete = [districts[column] for column in counts.T]
        value = np.array(
            [np.isin(*pair).sum() for pair in zip(self.districts_there, complete, strict=True)]
        )
        # Once districts are abolished there is nothing left to count.
        return Reading(np.where(of > 0, value, np.nan), of, of, invented)

    def new_by_district(self, metric: str, column: int) -> tuple[np.ndarray, np.ndarray]:
        """The districts there on a day and each one's new ones in the year of it.

        NaN if no decision is known.
        """
        there = self.districts_there[column]
        known = metric in self.places if metric in PLACE_KINDS else self.is_register_known
        counts = np.full(len(there), np.nan)
        if known:
            is_new = self._first_years(metric)[:, column] == years_of(self.days[[column]])
            new = self._districts_of_holders(metric)[is_new]
            counts = _count(new[:, None] == there)
        return there.astype(np.int64), counts

    def _districts_of_holders(self, metric: str) -> np.ndarray:
        if metric not in PLACE_KINDS:
            return self.districts
        register, districts = self.places[metric]
        of_holders = np.full(register.size, np.nan)
        of_holders[register.holder] = districts
        return of_holders

    def _mean(self, metric: str) -> Reading:
        group, found = self.group(metric), self.standard
        if metric == "avg_advanced_criteria":
            is_advanced = self.is_register_known & (self.ranks.best >= RANKS["advanced"])
            group, found = group & is_advanced, self.advanced
        value, base = mean_of(found.at(found.counted, np.nan), group)
        invented = (group & found.at(found.is_illustrative, False)).any(axis=0)
        return Reading(value, base.astype(float), _count(group), invented)

    def _low(self, metric: str) -> Reading:
        counted = self.standard.at(self.standard.counted, np.nan)
        reading = self._mean(metric)
        low = _count(self.here & (counted < LOW_LIMITS[metric]))
        return reading._replace(value=np.where(reading.base > 0, low, np.nan))


def _is_border(metric: str) -> bool:
    return metric.startswith("border_")


def _count(grid: np.ndarray) -> np.ndarray:
    return np.count_nonzero(grid, axis=0).astype(float)


def _percent(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
    return np.divide(100 * part, whole, out=np.full(len(part), np.nan), where=whole > 0)

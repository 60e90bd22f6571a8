"""Which communes are recognised on a day: the legal acts, and nothing but the acts.

A decision counts from the end of the year it was given for, or from its own date if that
comes first: one of January 2023 for 2022 counts on 31 December 2022, as in official totals.
Advanced and model communes count as standard ones too, model communes as advanced.
"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

import numpy as np
import pandas as pd

from .frames import GRADES, RANKS, day, day_list, days_of, flags_of, ids_of, words_of, years_of
from .units import force_grid

NEVER = np.iinfo(np.int32).max


class Acts(NamedTuple):
    """The columns of a table of decisions that the counting reads; ranks run from 1 (standard)."""

    rank: np.ndarray
    year: np.ndarray
    decided: np.ndarray
    revoked: np.ndarray
    is_illustrative: np.ndarray

    def take(self, rows: np.ndarray) -> "Acts":
        return Acts(*(column[rows] for column in self))


def acts_of(recognitions: pd.DataFrame) -> Acts:
    return Acts(
        np.array([RANKS[grade] for grade in words_of(recognitions["grade"])], dtype=np.int8),
        ids_of(recognitions["year"]),
        days_of(recognitions["decided_on"]),
        days_of(recognitions["revoked_on"]),
        flags_of(recognitions["is_illustrative"]),
    )


def counting(acts: Acts, days: np.ndarray) -> np.ndarray:
    """Does each act count? On each of its own days, or (days as columns) on every day.

    `days` has one day for each act, or the shape (1, days) for a grid of acts by days.
    """
    columns = Acts(*(column[:, None] for column in acts)) if days.ndim == 2 else acts
    year = years_of(days)
    is_year_end = (days + 1).astype("datetime64[Y]") != days.astype("datetime64[Y]")
    this_year = (columns.year == year) & ((columns.decided <= days) | is_year_end)
    return ((columns.year < year) | this_year) & ~(columns.revoked <= days)


class Ranks(NamedTuple):
    """Holders (rows) by days: the best rank that counts, 0 for none; and is any of it invented?"""

    best: np.ndarray
    is_illustrative: np.ndarray


class Register(NamedTuple):
    """Decisions and who holds them: `holder` is each decision's, from 0 to `size` - 1."""

    acts: Acts
    holder: np.ndarray
    size: int

    @classmethod
    def of_communes(cls, units: pd.DataFrame, recognitions: pd.DataFrame) -> "Register":
        """The decisions on communes; holders are the rows of the table of units."""
        holder = units.index.get_indexer(recognitions["unit_id"])
        known = holder >= 0
        return cls(acts_of(recognitions).take(known), holder[known], len(units))

    def take(self, rows: np.ndarray) -> "Register":
        return self._replace(acts=self.acts.take(rows), holder=self.holder[rows])

    def ranks(self, days: np.ndarray) -> Ranks:
        """What every holder holds on every day."""
        shape = (self.size, len(days))
        ranks = Ranks(np.zeros(shape, dtype=np.int8), np.zeros(shape, dtype=bool))
        counts = counting(self.acts, days[None, :])
        np.maximum.at(ranks.best, self.holder, counts * self.acts.rank[:, None])
        invented = counts & self.acts.is_illustrative[:, None]
        np.logical_or.at(ranks.is_illustrative, self.holder, invented)
        return ranks

    def first_years(self, days: np.ndarray, rank: int) -> np.ndarray:
        """Holders (rows) by days: the first year one was given `rank` or better, or `NEVER`.

        As known on the day: a decision that has been revoked by then is left out.
        """
        first = np.full((self.size, len(days)), NEVER, dtype=np.int32)
        held = counting(self.acts, days[None, :]) & (self.acts.rank >= rank)[:, None]
        years = np.where(held, self.acts.year[:, None], NEVER).astype(np.int32)
        np.minimum.at(first, self.holder, years)
        return first


def rank_grid(units: pd.DataFrame, recognitions: pd.DataFrame, days: np.ndarray) -> Ranks:
    """What every unit holds on every day, in force or not."""
    return Register.of_communes(units, recognitions).ranks(days)


def recognised_at(
    recognitions: pd.DataFrame, on: date, units: pd.DataFrame | None = None
) -> pd.Series:
    """The best rank that counts on a day, by unit_id: 1 standard, 2 advanced, 3 model, 4 modern.

    With `units`, one entry for each commune in force that day, 0 for one without recognition.
    Without, every holder of a recognition, whether its unit still exists or not.
    """
    days = np.array([day(on)])
    if units is None:
        holders = pd.DataFrame(index=np.unique(ids_of(recognitions["unit_id"])))
        ranks = rank_grid(holders, recognitions, days).best[:, 0]
        return pd.Series(ranks, holders.index, name="rank").loc[ranks > 0].rename_axis("unit_id")
    here = flags_of(units["in_programme"]) & force_grid(units, days)[:, 0]
    ranks = rank_grid(units, recognitions, days).best[here, 0]
    return pd.Series(ranks, units.index[here], name="rank").rename_axis("unit_id")


def count_series(
    units: pd.DataFrame, recognitions: pd.DataFrame, dates: Sequence[date]
) -> pd.DataFrame:
    """Recognised communes on many days at once, indexed by date.

    Columns: of (communes in force), standard, advanced, model, modern (each with the better ones;
    NaN when no decision at all is known) and is_illustrative. For a part of the province, such
    as a district or the border communes, give only its units.
    """
    days = day_list(dates)
    here = flags_of(units["in_programme"])[:, None] & force_grid(units, days)
    ranks = rank_grid(units, recognitions, days)
    held = np.where(here, ranks.best, 0)
    series = {"of": here.sum(axis=0)}
    for rank, grade in enumerate(GRADES, start=1):
        counts = (held >= rank).sum(axis=0).astype(float)
        series[grade] = counts if len(recognitions) else np.nan
    series["is_illustrative"] = (here & ranks.is_illustrative).any(axis=0)
    return pd.DataFrame(series, index=pd.Index(days, name="date"))

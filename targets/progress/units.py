"""Which units are in force on a day, and which passed into which."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

import numpy as np
import pandas as pd

from .frames import day, days_of, flags_of, match, numbers_of

ONE_DAY = np.timedelta64(1, "D")


def force_grid(units: pd.DataFrame, days: np.ndarray) -> np.ndarray:
    """Units (rows) by days (columns): was the unit in force?"""
    begins = days_of(units["valid_from"])[:, None]
    ends = days_of(units["valid_to"])[:, None]
    return (begins <= days) & (np.isnat(ends) | (days <= ends))


def in_force(units: pd.DataFrame, on: date, *, programme_only: bool = True) -> pd.DataFrame:
    """The rows of `units` in force on a day; towns and wards only when asked for."""
    mask = force_grid(units, np.array([day(on)]))[:, 0]
    if programme_only:
        mask &= flags_of(units["in_programme"])
    return units[mask]


class Descent(NamedTuple):
    """Old units and what became of them, as positions in the table of units."""

    old: np.ndarray
    new: np.ndarray
    is_whole: np.ndarray
    share: np.ndarray


class Change(NamedTuple):
    """What passed into what on one day."""

    on: np.datetime64
    passed: Descent


def lineage(
    units: pd.DataFrame, parts: pd.DataFrame, from_day: date, to_day: date
) -> pd.DataFrame:
    """What became of each unit between two days: old_id, new_id, is_whole, share.

    Old units are those in force on the earlier day, new ones those of the later day, whichever
    is named first; read it by old_id to go forwards and by new_id to go back. Several changes in
    between are composed. A unit that lives on is a whole predecessor of itself, also when it
    gave up or took in land. `share` is the share of the old unit's people, NaN where unknown.
    """
    first, last = sorted((from_day, to_day))
    *_, (_, final) = descents(units, parts, first, last)
    ids = units.index.to_numpy()
    return pd.DataFrame(
        {
            "old_id": ids[final.old],
            "new_id": ids[final.new],
            "is_whole": final.is_whole,
            "share": final.share,
        }
    )


def descents(
    units: pd.DataFrame, parts: pd.DataFrame, first: date, last: date
) -> Iterator[Change]:
    """The lineage as it stands on the first day, then after each change up to the last day."""
    start = np.flatnonzero(force_grid(units, np.array([day(first)]))[:, 0])
    ones = np.ones(len(start))
    descent = Descent(start, start, ones.astype(bool), ones)
    yield Change(day(first), descent)
    ends = days_of(units["valid_to"])
    for change in changes(units, parts, first, last):
        descent = _pass_on(descent, change, ends)
        yield Change(change.on, descent)


def changes(units: pd.DataFrame, parts: pd.DataFrame, first: date, last: date) -> Iterator[Change]:
    """The boundary changes after the first day and up to the last, in order."""
    changed = days_of(parts["date"])
    old = units.index.get_indexer(parts["old_id"])
    new = units.index.get_indexer(parts["new_id"])
    whole = flags_of(parts["is_whole"])
    share = np.where(whole, 1.0, numbers_of(parts["share_people"]))
    everything = Descent(old, new, whole, share)
    between = (changed > day(first)) & (changed <= day(last))
    for changed_on in np.unique(changed[between]):
        rows = np.flatnonzero(changed == changed_on)
        yield Change(changed_on, Descent(*(column[rows] for column in everything)))


def _pass_on(descent: Descent, change: Change, ends: np.ndarray) -> Descent:
    here = np.unique(descent.new)
    lives = here[np.isnat(ends[here]) | (ends[here] >= change.on)]
    passed = change.passed
    given = np.bincount(passed.old, weights=passed.share, minlength=len(ends))
    old = np.concatenate([passed.old, lives])
    new = np.concatenate([passed.new, lives])
    whole = np.concatenate([passed.is_whole, np.ones(len(lives), dtype=bool)])
    share = np.concatenate([passed.share, 1.0 - given[lives]])
    left, right = match(descent.new, old)
    return _collapse(
        Descent(
            descent.old[left],
            new[right],
            descent.is_whole[left] & whole[right],
            descent.share[left] * share[right],
        ),
        len(ends),
    )


def _collapse(descent: Descent, size: int) -> Descent:
    """One row for each old and new unit where several ways lead from one to the other.

    A unit once split whose pieces have all come to the same unit is there as a whole.
    """
    keys, way = np.unique(descent.old * size + descent.new, return_inverse=True)
    old, new = keys // size, keys % size
    ways = np.bincount(way, minlength=len(keys))
    whole = np.bincount(way, weights=descent.is_whole, minlength=len(keys)) > 0
    whole |= (ways > 1) & (np.bincount(old, minlength=size)[old] == 1)
    share = np.bincount(way, weights=descent.share, minlength=len(keys))
    return Descent(old, new, whole, share)

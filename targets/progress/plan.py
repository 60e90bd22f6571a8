"""The planned path and how a value stands against it.

A path runs in straight lines from the value the plan began with through the targets of its
year-ends. All years count as equally long, so that ten more each year is ten in leap years too.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from math import isnan, nan
from typing import NamedTuple

import numpy as np

from .frames import year_time

# Of the gain planned so far, the share that is still only slightly behind when it was made.
NEARLY = 0.85
ROUNDING = 1e-9


class Status(StrEnum):
    ACHIEVED = "achieved"
    ON_PLAN = "on_plan"
    SLIGHTLY_BEHIND = "slightly_behind"
    BEHIND = "behind"
    NO_DATA = "no_data"


class Start(NamedTuple):
    """Where a path begins."""

    on: date
    value: float


@dataclass(frozen=True)
class Assessment:
    """A value against its plan; NaN stands for what cannot be said.

    `gap` is how far the value is ahead of the plan, negative when it is behind, also where fewer
    is better. `pace_needed` is what each year from now must bring to reach the final target.
    `is_interpolated`: this year has no target of its own and takes the one on the straight line.
    """

    expected: float
    gap: float
    target_this_year: float
    is_interpolated: bool
    target_final: float
    final_year: int | None
    pace_needed: float
    status: Status


NOTHING_PLANNED = Assessment(nan, nan, nan, False, nan, None, nan, Status.NO_DATA)


def expected_series(
    start: Start | None, yearly: Mapping[int, float], dates: Sequence[date]
) -> np.ndarray:
    """The planned value on each date, from the targets by year, each due on its 31 December.

    Before the start the path has the start's value, after the last target the last target's.
    Without a start nothing can be said before the first target is due: NaN.
    """
    points = [] if start is None else [(year_time(start.on), start.value)]
    since = points[0][0] if points else -np.inf
    points += [(year + 1.0, low) for year, low in sorted(yearly.items()) if year + 1.0 > since]
    if not points:
        return np.full(len(dates), nan)
    times, values = zip(*points, strict=True)
    left = nan if start is None else start.value
    return np.interp([year_time(on) for on in dates], times, values, left=left)


def expected(start: Start | None, yearly: Mapping[int, float], on: date) -> float:
    """The planned value on a day; see `expected_series`."""
    return float(expected_series(start, yearly, [on])[0])


def assess(
    value: float,
    start: Start | None,
    yearly: Mapping[int, float],
    on: date,
    *,
    is_falling: bool = False,
) -> Assessment:
    """How a value stands on a day against targets by year.

    Achieved once the last target is reached; on plan at or above the expected value; slightly
    behind with 85 % of the planned gain made; else behind. `is_falling` turns the order round
    for a number that is to go down; without a start it is measured against its first target.
    """
    if not yearly:
        return NOTHING_PLANNED
    final_year = max(yearly)
    final = yearly[final_year]
    planned, this_year = expected_series(start, yearly, [on, date(on.year, 12, 31)]).tolist()
    if is_falling and start is None:
        first = yearly[min(yearly)]
        planned, this_year = (first if isnan(point) else point for point in (planned, this_year))
    sign = -1.0 if is_falling else 1.0
    return Assessment(
        expected=planned,
        gap=sign * (value - planned),
        target_this_year=this_year,
        is_interpolated=on.year not in yearly and on.year < final_year,
        target_final=final,
        final_year=final_year,
        pace_needed=pace_needed(sign * value, sign * final, on, final_year),
        status=status_of(sign * value, sign * planned, sign * final, _begun(start, sign)),
    )


def _begun(start: Start | None, sign: float) -> float:
    return nan if start is None else sign * start.value


def pace_needed(value: float, target: float, on: date, final_year: int) -> float:
    """What a year must bring from now on; 0 once the target is reached, NaN when time is up."""
    if value >= target - ROUNDING:
        return 0.0
    left = final_year + 1.0 - year_time(on)
    return (target - value) / left if left > 0 else nan


def status_of(value: float, planned: float, final: float, start: float) -> Status:
    """The status of a value that is to rise."""
    if isnan(value) or isnan(final):
        return Status.NO_DATA
    if value >= final - ROUNDING:
        return Status.ACHIEVED
    if isnan(planned):
        return Status.NO_DATA
    if value >= planned - ROUNDING:
        return Status.ON_PLAN
    gain = planned - start
    if gain > 0 and value - start >= NEARLY * gain - ROUNDING:
        return Status.SLIGHTLY_BEHIND
    return Status.BEHIND

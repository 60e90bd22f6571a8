"""Every target of a plan against what was reached: the rows that the cards print."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import cached_property
from math import isnan, nan
from types import SimpleNamespace
from typing import NamedTuple

import numpy as np
import pandas as pd

from .frames import Plan, Tables, day_list, days_of, numbers_of, words_of
from .goals import Goal, goals_of, of_plan, results_of
from .measures import LOW_LIMITS, MEANS, Measures
from .plan import NOTHING_PLANNED, Assessment, Start, Status, assess, expected_series

# Kinds that count within one year and are judged at the end of it.
WITHIN_YEAR = ("new_in_year", "per_district")


class Value(NamedTuple):
    """What was reached, on the day it says, and how that is known."""

    value: float
    on: date
    base: float
    of: float
    state_of_truth: str
    is_illustrative: bool


@dataclass(frozen=True)
class Card:
    """One row of `progress_table`; the columns are those of the table."""

    metric: str
    kind: str
    target_id: int
    value: float
    value_on: date
    base: float
    of: float
    state_of_truth: str
    is_illustrative: bool
    start_on: date | None
    start_value: float
    low: float
    high: float
    lacking: tuple[int, ...]
    published_value: float
    published_base: float
    published_on: date | None


@dataclass(frozen=True)
class Cards:
    """The goals of one plan as of one day."""

    measures: Measures
    plan: Plan
    on: date

    @property
    def tables(self) -> Tables:
        return self.measures.tables

    @cached_property
    def _baselines(self) -> dict[str, tuple[float, float]]:
        """Value and base by metric."""
        table = self.tables.baselines
        rows = of_plan(table, self.plan)
        metrics = words_of(table["metric"])[rows].tolist()
        values, bases = (numbers_of(table[name])[rows].tolist() for name in ("value", "base"))
        return dict(zip(metrics, zip(values, bases, strict=True), strict=True))

    @cached_property
    def _published(self) -> dict[str, Value]:
        """The newest official figure by metric, of those on the communes of their own day."""
        table = self.tables.published
        rows = results_of(table, self.plan.baseline_on, self.on)
        metrics, days = words_of(table["metric"])[rows], days_of(table["as_of"])[rows]
        values, bases = (numbers_of(table[name])[rows] for name in ("value", "base"))
        columns = (column.tolist() for column in (metrics, values, days, bases))
        return {
            metric: Value(value, on, base, base, "published", False)
            for metric, value, on, base in zip(*columns, strict=True)
        }

    def card(self, goal: Goal) -> SimpleNamespace:
        """One row: the fields of a `Card` and of its `Assessment`."""
        printed = self.published(goal)
        reached, lacking = self.reached(goal)
        if isnan(reached.value) and goal.kind not in WITHIN_YEAR and printed is not None:
            reached = printed
        start = self.start(goal)
        year = self._year(goal) or max(goal.yearly)
        card = Card(
            goal.metric,
            goal.kind,
            goal.ids[year],
            reached.value,
            reached.on,
            reached.base,
            reached.of,
            reached.state_of_truth,
            reached.is_illustrative,
            start.on if start else None,
            start.value if start else nan,
            goal.yearly[year],
            goal.highs[year],
            lacking,
            printed.value if printed else nan,
            printed.base if printed else nan,
            printed.on if printed else None,
        )
        return SimpleNamespace(**vars(card), **vars(self.assess(goal, reached)))

    def _year(self, goal: Goal) -> int | None:
        """The year whose target a goal within a year is judged by: the last that has begun."""
        if goal.kind not in WITHIN_YEAR:
            return max(goal.yearly)
        return max((year for year in goal.yearly if year <= self.on.year), default=None)

    def reached(self, goal: Goal) -> tuple[Value, tuple[int, ...]]:
        """The computed value, and the ids of districts that lack something of a goal for each."""
        on = self.on
        if goal.kind in WITHIN_YEAR:
            on = min(on, date(self._year(goal) or on.year, 12, 31))
        column = self.measures.columns([on])[0]
        reading = self.measures.read(goal.metric, goal.kind, self.plan.first_year)
        state = "verified" if goal.metric in MEANS or goal.metric in LOW_LIMITS else "recognised"
        value, base, of, invented = (array[column].item() for array in reading)
        found = Value(value, on, base, of, state, bool(invented))
        if goal.kind != "per_district":
            return found, ()
        districts, counts = self.measures.new_by_district(goal.metric, column)
        wanted = goal.yearly[self._year(goal) or min(goal.yearly)]
        have = nan if np.isnan(counts).all() else float((counts >= wanted).sum())
        lacking = tuple(districts[counts < wanted].tolist())
        return found._replace(value=have, base=float(len(counts)), of=float(len(counts))), lacking

    def start(self, goal: Goal) -> Start | None:
        """Where a goal's path begins.

        Counts within a year or the plan begin at 0; others with the plan's baseline or, where it
        names none, the first value known at a year-end since.
        """
        if goal.kind in WITHIN_YEAR:
            year = self._year(goal)
            return Start(date(year - 1, 12, 31), 0.0) if year else None
        if goal.kind == "new_in_plan":
            return Start(date(self.plan.first_year - 1, 12, 31), 0.0)
        if goal.metric in self._baselines:
            value, base = self._baselines[goal.metric]
            return Start(
                self.plan.baseline_on, 100 * value / base if goal.kind == "share" else value
            )
        return self._first_known(goal)

    def _first_known(self, goal: Goal) -> Start | None:
        earlier = [on for on in days_needed(self.plan, self.on)[:-1] if self.measures.has(on)]
        reading = self.measures.read(goal.metric, goal.kind, self.plan.first_year)
        values = reading.value[self.measures.columns(earlier)].tolist()
        known = (
            Start(on, value) for on, value in zip(earlier, values, strict=True) if not isnan(value)
        )
        return next(known, None)

    def path_start(self, goal: Goal) -> Start | None:
        """The start of the path: nobody plans to lose, so at most the first target."""
        start, first = self.start(goal), goal.yearly[min(goal.yearly)]
        if start is None or goal.kind == "floor" or goal.kind in WITHIN_YEAR:
            return start
        return start._replace(value=min(start.value, first))

    def assess(self, goal: Goal, reached: Value) -> Assessment:
        start = self.path_start(goal)
        yearly = goal.yearly
        if goal.kind in WITHIN_YEAR:
            year = self._year(goal)
            if year is None:
                return self._not_begun(goal, reached)
            yearly = {year: reached.of if goal.kind == "per_district" else yearly[year]}
            if isnan(yearly[year]) or (goal.kind == "per_district" and not reached.of):
                return NOTHING_PLANNED
        return assess(reached.value, start, yearly, reached.on, is_falling=goal.kind == "floor")

    def _not_begun(self, goal: Goal, reached: Value) -> Assessment:
        final_year = max(goal.yearly)
        status = Status.NO_DATA if isnan(reached.value) else Status.ON_PLAN
        return replace(
            NOTHING_PLANNED,
            expected=0.0,
            target_final=goal.yearly[final_year],
            final_year=final_year,
            status=status,
        )

    def published(self, goal: Goal) -> Value | None:
        """The newest official figure for the metric; none is printed for new ones alone."""
        found = self._published.get(goal.metric)
        if found is None or goal.kind in {"new_in_plan", *WITHIN_YEAR}:
            return None
        if goal.kind == "share":
            return found._replace(value=100 * found.value / found.base)
        return found


def days_needed(plan: Plan, on: date) -> list[date]:
    """The baseline's day, every year-end since and the day itself, in order."""
    ends = {date(year, 12, 31) for year in range(plan.baseline_on.year, on.year)}
    return sorted({min(plan.baseline_on, on), on, *ends})


def measures_for(tables: Tables, plan: Plan, on: date, more: Iterable[date] = ()) -> Measures:
    """Measures on all the days that the tables about a plan need, and on some more."""
    return Measures.over(tables, [*days_needed(plan, on), *more])


def progress_table(
    tables: Tables, plan: Plan, on: date, *, measures: Measures | None = None
) -> pd.DataFrame:
    """One row for each target of the whole province: what the cards print.

    metric, kind, target_id;
    value, value_on, base, of, state_of_truth ("recognised", "verified" or "published"),
    is_illustrative: what was reached. Where nothing can be computed it is the newest published
    figure, judged on its own day. A goal for every district has the number of districts there;
    start_on, start_value: where the planned path begins;
    expected, gap, target_this_year, is_interpolated, target_final, final_year, pace_needed,
    status: as in `Assessment`. Counts within a year are judged by the last year begun that has a
    target, at the latest at its end;
    low, high: the target as the plan words it (high: upper end of a range, NaN for none);
    lacking: ids of the districts that fall short of a goal for each;
    published_value, published_base, published_on: the newest official figure beside it.
    """
    rows = progress_rows(tables, plan, on, measures=measures)
    names = [column.name for table in (Card, Assessment) for column in fields(table)]
    return pd.DataFrame({name: [getattr(row, name) for row in rows] for name in names})


def progress_rows(
    tables: Tables, plan: Plan, on: date, *, measures: Measures | None = None
) -> list[SimpleNamespace]:
    """The rows of `progress_table`, for pages that print them one by one."""
    cards = Cards(measures or measures_for(tables, plan, on), plan, on)
    return [cards.card(goal) for goal in goals_of(tables.targets, plan)]


def plan_line(
    tables: Tables,
    plan: Plan,
    metric: str,
    kind: str,
    dates: Sequence[date],
    *,
    measures: Measures | None = None,
) -> pd.DataFrame:
    """The planned path of one target for a chart, indexed by date: expected."""
    line = np.full(len(dates), nan)
    on = max(dates, default=plan.baseline_on)
    cards = Cards(measures or measures_for(tables, plan, on), plan, on)
    for goal in goals_of(tables.targets, plan):
        if (goal.metric, goal.kind) == (metric, kind):
            line = expected_series(cards.path_start(goal), goal.yearly, dates)
    return pd.DataFrame({"expected": line}, index=pd.Index(day_list(dates), name="date"))

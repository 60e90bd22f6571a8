"""What a plan asks for and what official sources have printed, read from their tables."""

from datetime import date
from math import nan
from typing import NamedTuple

import numpy as np
import pandas as pd

from .frames import Plan, day, days_of, ids_of, numbers_of, words_of
from .measures import METRICS


class Goal(NamedTuple):
    """One line of a plan: what a metric is to reach by the ends of some years."""

    metric: str
    kind: str
    yearly: dict[int, float]
    highs: dict[int, float]
    ids: dict[int, int]


def goals_of(targets: pd.DataFrame, plan: Plan) -> list[Goal]:
    """A plan's targets for the whole province: one `Goal` a metric and kind, in a fixed order."""
    goals: dict[tuple[str, str], Goal] = {}
    rows = of_plan(targets, plan) & np.isnan(numbers_of(targets["district_id"]))
    names = ("metric", "kind", "year", "low", "high", "id")
    columns = [np.asarray(targets[name])[rows].tolist() for name in names]
    for metric, kind, year, low, high, pk in zip(*columns, strict=True):
        goal = goals.setdefault((metric, kind), Goal(metric, kind, {}, {}, {}))
        goal.yearly[year] = 0.0 if kind == "floor" else float(low)
        goal.highs[year] = nan if high is None else float(high)
        goal.ids[year] = pk
    order = {metric: number for number, metric in enumerate(METRICS)}
    return sorted(goals.values(), key=lambda goal: (order.get(goal.metric, 99), *goal[:2]))


def of_plan(table: pd.DataFrame, plan: Plan) -> np.ndarray:
    """Which rows are of one plan, where a table holds several?"""
    if plan.pk is None or "plan_id" not in table:
        return np.ones(len(table), dtype=bool)
    return ids_of(table["plan_id"]) == plan.pk


def results_of(published: pd.DataFrame, first: date, last: date) -> np.ndarray:
    """Which rows, by number, are the whole province's official results between two days?

    The oldest comes first; of two figures for a day, the one on other boundaries than its own.
    """
    as_of, boundary = days_of(published["as_of"]), days_of(published["boundary_on"])
    wanted = ~np.isnan(numbers_of(published["value"]))
    wanted &= (as_of >= day(first)) & (as_of <= day(last))
    if "kind" in published:
        wanted &= words_of(published["kind"]) == "result"
    if "district_id" in published:
        wanted &= np.isnan(numbers_of(published["district_id"]))
    is_own = np.isnat(boundary) | (boundary == as_of)
    order = np.lexsort((numbers_of(published["value"]), is_own, as_of))
    return order[wanted[order]]

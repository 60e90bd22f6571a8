"""Districts side by side, and computed figures beside the published ones."""

from datetime import date

import numpy as np
import pandas as pd

from .frames import (
    RANKS,
    Plan,
    Tables,
    days_of,
    flags_of,
    ids_of,
    numbers_of,
    table_like,
    words_of,
)
from .goals import of_plan, results_of
from .measures import COMMUNE_RANKS, METRICS, Measures
from .restate import restate_recognised
from .units import force_grid


def district_table(
    tables: Tables,
    on: date,
    before: date,
    plan: Plan | None = None,
    *,
    measures: Measures | None = None,
) -> pd.DataFrame:
    """Each district that has communes in force on a day, against an earlier day.

    Indexed by district_id; communes without one (since July 2025) share the last row, whose id
    is missing. Columns: of, recognised, advanced, model, mean, base (communes with an assessment),
    below_10, is_illustrative; recognised_change and mean_change since `before`, by what the
    district was made of then; target (recognised communes by the end of the year, where the plan
    sets one for the district). NaN where nothing is known.
    """
    measures = measures or Measures.over(tables, [before, on])
    ids, row = np.unique(measures.districts, return_inverse=True)
    then, now = (
        _by_district(measures, column, row, len(ids)) for column in measures.columns([before, on])
    )
    table = now | {
        "recognised_change": now["recognised"] - then["recognised"],
        "mean_change": now["mean"] - then["mean"],
        "target": _targets(tables, plan, on, ids),
    }
    there = now["of"] > 0
    ids = ids[there]
    index = pd.arrays.IntegerArray(np.nan_to_num(ids).astype(np.int64), np.isnan(ids))
    columns = {name: column[there] for name, column in table.items()}
    return table_like(tables.units, columns, pd.Index(index, name="district_id"))


def _by_district(measures: Measures, column: int, row, size: int) -> dict:
    here = measures.here[:, column]
    ranks = measures.ranks.best[:, column]
    found = measures.standard
    counted = found.at(found.counted, np.nan)[:, column]
    assessed = here & ~np.isnan(counted)

    def count(mask, weights=None):
        return np.bincount(row[mask], weights, minlength=size).astype(float)

    base = count(assessed)
    sums = count(assessed, counted[assessed])
    grades = {"recognised": "standard", "advanced": "advanced", "model": "model"}
    invented = measures.ranks.is_illustrative | found.at(found.is_illustrative, False)
    table = {"of": count(here).astype(np.int64)}
    for name, grade in grades.items():
        held = count(here & (ranks >= RANKS[grade]))
        table[name] = held if measures.is_register_known else np.full(size, np.nan)
    return table | {
        "mean": np.divide(sums, base, out=np.full(size, np.nan), where=base > 0),
        "base": base.astype(np.int64),
        "below_10": np.where(base > 0, count(assessed & (counted < 10)), np.nan),
        "is_illustrative": count(here & invented[:, column]) > 0,
    }


def _targets(tables: Tables, plan: Plan | None, on: date, ids: np.ndarray) -> np.ndarray:
    """The next target of each district for recognised communes."""
    found = np.full(len(ids), np.nan)
    if plan is None:
        return found
    table = tables.targets
    years = ids_of(table["year"])
    wanted = of_plan(table, plan) & (years >= on.year)
    wanted &= words_of(table["metric"]) == "communes_standard"
    wanted &= words_of(table["kind"]) == "cumulative_count"
    districts, low = numbers_of(table["district_id"]), numbers_of(table["low"])
    # the nearest year comes last and stays
    for row in sorted(np.flatnonzero(wanted), key=lambda row: -years[row]):
        found[ids == districts[row]] = low[row]
    return found


def published_beside(
    tables: Tables, first: date, last: date, *, measures: Measures | None = None
) -> pd.DataFrame:
    """Official results between two days beside what is computed for the same day and boundaries.

    One row a figure of a known metric, oldest first: metric, as_of, boundary_on, published,
    published_base, computed, computed_base, difference (computed less published),
    is_illustrative, source. Computed is NaN where nothing can be computed. `measures`, if given,
    must hold the days of `published_days`.
    """
    table = tables.published
    rows = results_of(table, first, last)
    rows = rows[np.isin(words_of(table["metric"])[rows].astype(str), METRICS)]
    metrics = words_of(table["metric"])[rows]
    as_of, boundary = days_of(table["as_of"])[rows], days_of(table["boundary_on"])[rows]
    measures = measures or Measures.over(tables, as_of.tolist())
    column = measures.columns(as_of.tolist())
    readings = {metric: measures.read(metric, "", 0) for metric in set(metrics)}
    cells = [
        tuple(array[at].item() for array in readings[metric])
        for metric, at in zip(metrics, column, strict=True)
    ]
    computed = np.array([cell[0] for cell in cells], dtype=float)
    base = np.array([cell[1] for cell in cells], dtype=float)
    for number in np.flatnonzero(_is_restated(tables, as_of, boundary)):
        days = as_of[number].item(), boundary[number].item()
        computed[number], base[number] = _restated(
            tables, metrics[number], *days, computed[number]
        )
    value = numbers_of(table["value"])[rows]
    return pd.DataFrame(
        {
            "metric": metrics,
            "as_of": as_of,
            "boundary_on": boundary,
            "published": value,
            "published_base": numbers_of(table["base"])[rows],
            "computed": computed,
            "computed_base": base,
            "difference": computed - value,
            "is_illustrative": [bool(cell[3]) for cell in cells],
            "source": words_of(table["source"])[rows],
        }
    )


def _is_restated(tables: Tables, as_of: np.ndarray, boundary: np.ndarray) -> np.ndarray:
    """Was a figure counted on another list of communes than its own day's?"""
    asked = np.where(np.isnat(boundary), as_of, boundary)
    programme = flags_of(tables.units["in_programme"])[:, None]
    own, other = (force_grid(tables.units, days) & programme for days in (as_of, asked))
    return (own != other).any(axis=0)


def _restated(tables: Tables, metric: str, on: date, boundaries_of: date, value: float):
    """Value and base on other boundaries; only recognitions are restated."""
    if metric not in COMMUNE_RANKS or np.isnan(value):
        return np.nan, np.nan
    ranks = restate_recognised(tables.units, tables.parts, tables.recognitions, on, boundaries_of)
    if metric.startswith("border_"):
        is_border = flags_of(tables.units["is_border"])
        ranks = ranks[is_border[tables.units.index.get_indexer(ranks.index)]]
    rank = COMMUNE_RANKS[metric]
    base = len(ranks) if rank == 1 else int((ranks >= 1).sum())
    return float((ranks >= rank).sum()), float(base)


def published_days(tables: Tables, first: date, last: date) -> list[date]:
    """The days of the official results between two days."""
    rows = results_of(tables.published, first, last)
    return days_of(tables.published["as_of"])[rows].tolist()

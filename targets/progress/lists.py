"""Lists officers work through: bands, who is low, who fell back, who is next, what holds back.

All read the table that `standing_at` gives.
"""

from datetime import date

import numpy as np
import pandas as pd

from criteria.rules import LOWEST_BAND, Verdict, band_limits

from .frames import day_list, flags_of, ids_of, numbers_of, table_like
from .measures import Measures
from .standing import standings_on
from .units import force_grid

NOT_ASSESSED = -1
VERDICT_COLUMNS = {
    Verdict.MET: "met",
    Verdict.BASICALLY: "basically",
    Verdict.NOT_MET: "not_met",
    Verdict.NOT_APPLICABLE: "not_applicable",
}


def band_of(standing: pd.DataFrame) -> pd.Series:
    """Each commune's band: 0 with every criterion met to 4, and -1 where it was never assessed."""
    counted, total = numbers_of(standing["counted"]), numbers_of(standing["total"])
    bands = np.full(len(standing), NOT_ASSESSED, dtype=np.int8)
    for size in np.unique(total[~np.isnan(total)]).astype(int):
        limits = np.array(band_limits(size))
        rows = total == size
        bands[rows] = (counted[rows, None] < limits).sum(axis=1)
    return pd.Series(bands, standing.index, name="band")


def bands(standing: pd.DataFrame) -> pd.DataFrame:
    """How many communes are in each band, best first, indexed by band (-1: not assessed).

    Columns: low and high (criteria, both included; of the largest set present, 19 when there is
    none) and communes. Bands of 19 criteria are 19, 15-18, 10-14, 5-9 and under 5.
    """
    total = standing["total"].max() if standing["total"].notna().any() else 19
    limits = band_limits(int(total))
    numbers = [*range(LOWEST_BAND + 1), NOT_ASSESSED]
    counts = np.bincount(band_of(standing) % (LOWEST_BAND + 2), minlength=LOWEST_BAND + 2)
    highs = [int(total), *(limit - 1 for limit in limits)]
    table = {"low": [*limits, 0, np.nan], "high": [*highs, np.nan], "communes": counts}
    return pd.DataFrame(table, index=pd.Index(numbers, name="band"))


def below(standing: pd.DataFrame, limit: int = 10) -> pd.DataFrame:
    """The communes assessed with fewer criteria than the limit, lowest first."""
    counted = numbers_of(standing["counted"])
    low = np.flatnonzero(counted < limit)
    return standing.take(low[np.argsort(counted[low], kind="stable")])


def fell_back(
    standings: pd.DataFrame,
    sets: pd.DataFrame,
    units: pd.DataFrame,
    before: date,
    after: date,
    *,
    basically_counts: bool = False,
    measures: Measures | None = None,
) -> pd.DataFrame:
    """Communes in force on both days that meet fewer criteria on the later one, worst first.

    Indexed by unit_id: met_before, met_after, change, and is_new_set where the criteria set
    changed in between, so that a stricter set is not taken for a commune's own loss. `measures`,
    if given, are of the same tables and hold both days.
    """
    days = day_list([before, after])
    if measures:
        found = measures.standard.on(measures.columns([before, after]))
    else:
        found = standings_on(standings, sets, units, days, basically_counts=basically_counts)
    counted = found.at(found.counted, np.nan)
    change = counted[:, 1] - counted[:, 0]
    here = flags_of(units["in_programme"]) & force_grid(units, days).all(axis=1)
    rows = np.flatnonzero(here & (change < 0))
    rows = rows[np.argsort(change[rows], kind="stable")]
    sets_of = found.at(ids_of(standings["set_id"])[found.rows], -1)[rows]
    table = {
        "met_before": counted[rows, 0],
        "met_after": counted[rows, 1],
        "change": change[rows],
        "is_new_set": sets_of[:, 0] != sets_of[:, 1],
    }
    return table_like(units, table, units.index[rows].rename("unit_id"))


def next_in_line(
    standing: pd.DataFrame, ranks: pd.Series | np.ndarray, *, fewest: int = 1, most: int = 2
) -> pd.DataFrame:
    """Communes not yet recognised that lack few criteria (1 or 2: 17-18 of 19), nearest first.

    `ranks` as `recognised_at` gives them, or one for each row. Adds `missing`; with `fewest=0`
    also those that meet all their criteria and only wait for the decision.
    """
    missing = numbers_of(standing["total"]) - numbers_of(standing["counted"])
    if isinstance(ranks, pd.Series):
        ranks = ranks.reindex(standing.index).fillna(0).to_numpy()
    wanted = np.flatnonzero((ranks == 0) & (missing >= fewest) & (missing <= most))
    wanted = wanted[np.argsort(missing[wanted], kind="stable")]
    return standing.take(wanted).assign(missing=missing[wanted])


def bottlenecks(results: pd.DataFrame, units: pd.DataFrame) -> pd.DataFrame:
    """How the communes came out on each criterion, the one that holds most back first.

    `units` are those asked about, as `in_force` gives them. Indexed by the criterion's number:
    met, basically, not_met, not_applicable, not_assessed and held_back (not met or only
    basically met).
    """
    asked = results[results["unit_id"].isin(units.index).to_numpy(bool)]
    numbers, row = np.unique(asked["number"].to_numpy(np.int64), return_inverse=True)
    verdicts = asked["verdict"].to_numpy()
    table = pd.DataFrame(
        {
            name: np.bincount(row[verdicts == verdict], minlength=len(numbers))
            for verdict, name in VERDICT_COLUMNS.items()
        },
        index=pd.Index(numbers, name="number"),
    )
    table["not_assessed"] = len(units) - table.sum(axis=1)
    table["held_back"] = table["not_met"] + table["basically"]
    return table.sort_values("held_back", ascending=False, kind="stable")

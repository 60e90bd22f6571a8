"""The tables of what moved over time, and of published figures beside computed ones."""

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd

from criteria.rules import Verdict
from targets import progress
from targets.comparable import counts_compare
from targets.forms import Standpoint
from targets.models import Metric, Plan, Target
from targets.progress.cards import WITHIN_YEAR
from targets.progress.goals import goals_of
from targets.snapshot import Snapshot
from targets.tables import history, quarter_ends

TREND_COLUMNS = ["date", "computed", "published", "base", "plan", "needed", "source"]
# Only decisions can be followed through mergers, and only counts of those in force.
RESTATED = {Metric.COMMUNES_STANDARD, Metric.COMMUNES_ADVANCED, Metric.COMMUNES_MODEL}
COUNT = Target.Kind.CUMULATIVE_COUNT.value


def trend(snapshot: Snapshot, at: Standpoint, *, metric: str, kind: str = "") -> pd.DataFrame:
    """A metric from the plan's beginning to its end, as a kind of target counts it.

    Columns: date, computed, published, base, plan, needed, source; a published figure has a row
    of its own. Computed counts follow the boundary switch, means are of each day's own communes.
    """
    plan = at.plan
    if plan is None:
        return pd.DataFrame(columns=TREND_COLUMNS)
    days = quarter_ends(plan.baseline_on, at.as_of)
    kind = kind or kind_of(snapshot, plan, metric)
    series = history(snapshot, at, metric, kind)
    computed = series["value"].to_numpy()
    base = series["base"].to_numpy()
    if at.boundaries_on and metric in RESTATED and kind == COUNT:
        shares = [_restated_count(snapshot, metric, on, at.boundaries_on) for on in days]
        computed, base = (np.array(numbers, dtype=float) for numbers in zip(*shares, strict=True))
    ends = [
        plan.baseline_on,
        *(date(y, 12, 31) for y in range(plan.first_year, plan.last_year + 1)),
    ]
    planned = progress.plan_line(snapshot, plan, metric, kind, ends)["expected"].to_numpy()
    printed = _printed(snapshot, at, metric, kind)
    lines = [
        pd.DataFrame({"date": days, "computed": computed, "base": base}),
        pd.DataFrame({"date": ends, "plan": planned}),
        _needed(at, days, computed, planned),
    ]
    drawn = pd.concat([line.set_index("date") for line in lines], axis=1).reset_index(names="date")
    published = pd.DataFrame(
        {
            "date": printed["as_of"].dt.date,
            "published": printed["value"],
            "base": printed["base"],
            "source": printed["source"],
        }
    )
    table = pd.concat([drawn, published], ignore_index=True).reindex(columns=TREND_COLUMNS)
    table["date"] = pd.to_datetime(table["date"])
    return table.sort_values("date", kind="stable")


def kind_of(snapshot: Snapshot, plan: Plan, metric: str) -> str:
    """How the plan counts a metric over its years; the total where it does not say."""
    kinds = (goal.kind for goal in goals_of(snapshot.targets, plan) if goal.metric == metric)
    return next((kind for kind in kinds if kind not in WITHIN_YEAR), COUNT)


def _printed(snapshot: Snapshot, at: Standpoint, metric: str, kind: str) -> pd.DataFrame:
    """Published figures as the kind counts them; of new ones alone none are."""
    found = snapshot.published_results(metric, at.plan.baseline_on, at.as_of).frame
    if kind == Target.Kind.NEW_IN_PLAN:
        return found[:0]
    if kind == Target.Kind.SHARE:
        return found.assign(value=100 * found["value"] / found["base"])
    return found


def district_trend(
    snapshot: Snapshot, at: Standpoint, *, metric: str, kind: str = ""
) -> pd.DataFrame:
    """A metric of one district's communes at the ends of the plan's quarters so far.

    Columns as those of `trend`; a district has no plan or published figure of its own.
    """
    ours = snapshot.units["district_id"] == at.district
    if at.plan is None:
        return pd.DataFrame(columns=TREND_COLUMNS)
    of_district = replace(snapshot, units=snapshot.units[ours])
    days = quarter_ends(at.plan.baseline_on, at.as_of)
    series = progress.metric_series(of_district, metric, days, at.plan, kind)
    table = pd.DataFrame(
        {"date": series.index, "computed": series["value"], "base": series["base"]}
    ).reset_index(drop=True)
    return table.reindex(columns=TREND_COLUMNS)


def published_beside(snapshot: Snapshot, at: Standpoint) -> pd.DataFrame:
    """`progress.published_beside` within the plan up to the day, with each figure's note."""
    first = at.plan.baseline_on if at.plan else date.min
    table = progress.published_beside(snapshot, first, at.as_of)
    known = snapshot.published.frame
    keys = zip(known["metric"], known["as_of"], known["value"], strict=True)
    notes = dict(zip(keys, known["note"], strict=True))
    found = zip(table["metric"], table["as_of"], table["published"], strict=True)
    return table.assign(note=[notes.get(key, "") for key in found])


def _restated_count(snapshot, metric, on, boundaries_on):
    grade = metric.removeprefix("communes_")
    return progress.recognised_count(snapshot, on, boundaries_on, grade)


def _needed(at: Standpoint, days, computed, planned) -> pd.DataFrame:
    """From where the province stands to the last target, while there is time.

    Nothing where the boundaries are another day's: the plan was not made on them.
    """
    end = date(at.plan.last_year, 12, 31)
    is_open = days[-1] < end and computed[-1] < planned[-1]
    if at.boundaries_on or not is_open:
        return pd.DataFrame({"date": [], "needed": []}, dtype=object)
    return pd.DataFrame({"date": [days[-1], end], "needed": [computed[-1], planned[-1]]})


def movement(snapshot: Snapshot, at: Standpoint) -> pd.DataFrame:
    """How many of the communes assessed in each period, up to the day, met `at.criterion`.

    Columns: date, met, base (those it applies to), share (per cent), set_id, set_label.
    """
    rows = snapshot.verdicts_over_time(at.criterion or 1)
    rows = rows[rows["period_end"] <= pd.Timestamp(at.as_of)]
    rows = rows[rows["verdict"] != Verdict.NOT_APPLICABLE.value]
    shown = snapshot.units.frame.loc[rows["unit_id"], ["district_id", "is_border"]]
    if at.district is not None:
        rows = rows[(shown["district_id"] == at.district).fillna(False).to_numpy(bool)]
    elif at.border:
        rows = rows[shown["is_border"].to_numpy(bool)]
    is_met = (rows["verdict"] == Verdict.MET.value).astype(int)
    grouped = is_met.groupby([rows["set_id"], rows["period_end"]])
    table = grouped.agg(met="sum", base="size").reset_index()
    table["share"] = 100 * table["met"] / table["base"]
    table["set_label"] = table["set_id"].map(snapshot.set_labels())
    return table.rename(columns={"period_end": "date"}).sort_values("date", kind="stable")


def commune_history(snapshot: Snapshot, at: Standpoint) -> pd.DataFrame:
    """What one commune met under the standard sets, period by period up to the day.

    Columns: date, met, basically, total, change (on the period before), is_comparable (with
    it), set_id, set_label.
    """
    units = snapshot.units.frame
    bearers = units[units["code"] == at.commune]
    on = pd.Timestamp(at.as_of)
    bearers = bearers[bearers["valid_from"] <= on].sort_values("valid_from")
    rows = snapshot.standings.frame
    rows = rows[(rows["grade"] == "standard") & rows["unit_id"].isin(bearers.index[-1:])]
    rows = rows[rows["period_end"] <= on].sort_values("period_end", kind="stable")
    table = rows.rename(columns={"period_end": "date"})
    changes = table["met"].diff()
    pairs = zip(table["set_id"], table["set_id"].shift(fill_value=0), strict=True)
    table["is_comparable"] = [
        not then or counts_compare(snapshot, now, then) for now, then in pairs
    ]
    table["change"] = changes.where(table["is_comparable"])
    return table.assign(set_label=table["set_id"].map(snapshot.set_labels()))

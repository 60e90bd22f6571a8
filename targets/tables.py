"""The tables behind the dashboards: one for each list, chart, CSV file and map of a day.

Each takes a `Snapshot` and a `Standpoint` and gives a frame, or a `progress.Table` where pages
print it row by row; the arithmetic is `progress`'s.
A chart and its download are the same table.
"""

from datetime import date, timedelta
from functools import wraps

import numpy as np
import pandas as pd
from django.utils.translation import gettext as _

from criteria.rules import Verdict
from ntm_tracker.web.numbers import number
from targets import progress
from targets.forms import Standpoint
from targets.progress import Table, flags_of
from targets.snapshot import Snapshot

RANK_NAMES = np.array(["none", *progress.GRADES])
SHOWN_OF_UNITS = ["code", "name", "sort_key", "district_id", "is_border", "population"]
RENAMED = {"mean_change": "change", "below_10": "below"}
POINT = ["latitude", "longitude"]


def once(table):
    """A table that is worked out once for a data version and a standpoint, then shared.

    Whoever gets it must not write into it.
    """

    @wraps(table)
    def shared(snapshot: Snapshot, at: Standpoint, **options):
        key = (table.__name__, at, *options.items())
        return snapshot.worked_out(key, lambda: table(snapshot, at, **options))

    return shared


def boundary_day(at: Standpoint) -> date:
    """The day whose list of communes is shown."""
    return at.boundaries_on or at.as_of


def is_restated(snapshot: Snapshot, at: Standpoint) -> bool:
    """Does the list of communes differ from that of the day itself?"""
    if at.boundaries_on is None:
        return False
    own = progress.in_force(snapshot.units, at.as_of).index
    shown = progress.in_force(snapshot.units, boundary_day(at)).index
    return set(own) != set(shown)


@once
def ranks(snapshot: Snapshot, at: Standpoint) -> pd.Series:
    """The best recognition of each commune shown: 0 none, 1 standard, 2 advanced, 3 model."""
    if not is_restated(snapshot, at):
        return progress.recognised_at(snapshot.recognitions, at.as_of, snapshot.units)
    return progress.restate_recognised(
        snapshot.units, snapshot.parts, snapshot.recognitions, at.as_of, boundary_day(at)
    )


@once
def standing(snapshot: Snapshot, at: Standpoint, *, grade: str = "standard") -> Table:
    """Where each commune in force on the day itself stands; with `assessment_id`."""
    return progress.standing_at(
        snapshot.standings,
        snapshot.sets,
        snapshot.units,
        at.as_of,
        grade=grade,
        basically_counts=snapshot.basically_counts,
        measures=measures(snapshot, at) if at.plan else None,
    )


@once
def results(snapshot: Snapshot, at: Standpoint) -> pd.DataFrame:
    """Verdict by commune shown and criterion, restated where the boundaries are another day's."""
    ids = standing(snapshot, at)["assessment_id"].dropna()
    own = snapshot.results(ids)
    if not is_restated(snapshot, at):
        return own
    return progress.restate_criteria(
        snapshot.units, snapshot.parts, own, at.as_of, boundary_day(at)
    )


def results_of(snapshot: Snapshot, at: Standpoint, communes: list[int]) -> pd.DataFrame:
    """As `results`, of some communes only; on the day's own boundaries no others are read."""
    if is_restated(snapshot, at):
        found = results(snapshot, at)
        return found[np.isin(found["unit_id"], communes)]
    stands = standing(snapshot, at)
    return snapshot.results(stands["assessment_id"][np.isin(stands.index, communes)].dropna())


def _restated_standing(snapshot: Snapshot, at: Standpoint) -> Table:
    """Criteria met on another day's boundaries: those met by all the communes that went in."""
    shown = progress.in_force(snapshot.units, boundary_day(at)).index
    found = results(snapshot, at)
    counts = pd.crosstab(found["unit_id"], found["verdict"]).reindex(shown)
    for verdict in Verdict:
        if verdict.value not in counts:
            counts[verdict.value] = np.where(counts.isna().all(axis=1), np.nan, 0.0)
    met, basically = counts["met"], counts["basically"]
    counted = met + basically if snapshot.basically_counts else met
    own = standing(snapshot, at).frame
    numbers = {
        "met": met,
        "basically": basically,
        "total": met + basically + counts["not_met"],
        "counted": counted,
    }
    same = {
        "period_end": own["period_end"].max().to_datetime64(),
        "is_illustrative": own["is_illustrative"].any(),
    }
    columns = {name: column.to_numpy(float) for name, column in numbers.items()}
    columns |= {name: np.full(len(shown), value) for name, value in same.items()}
    return Table(columns, shown.rename("unit_id"))


@once
def communes(snapshot: Snapshot, at: Standpoint) -> Table:
    """One row a commune shown, by name, indexed by unit_id.

    Columns: those of the unit, district (its name), rank and rank_name, met, basically, total,
    counted, band (0 all met … 4, -1 not assessed), period_end, is_illustrative.
    """
    shown = progress.in_force(snapshot.units, boundary_day(at))
    restated = is_restated(snapshot, at)
    # these three have one row for each commune shown, in the same order
    stands = _restated_standing(snapshot, at) if restated else standing(snapshot, at)
    rank = ranks(snapshot, at).to_numpy(int)
    districts = snapshot.district_names
    columns = {name: shown[name] for name in [*SHOWN_OF_UNITS, *POINT]}
    columns |= stands.columns
    columns |= {
        "rank": rank,
        "rank_name": RANK_NAMES[rank],
        "band": progress.band_of(stands).to_numpy(),
        "district": np.array(
            [districts.get(pk, "") for pk in shown["district_id"].tolist()], dtype=object
        ),
    }
    order = np.argsort(shown["sort_key"], kind="stable")
    return Table(columns, stands.index).take(order)


def narrow(table: Table, at: Standpoint) -> Table:
    """The communes that the filters leave."""
    keep = np.ones(len(table), dtype=bool)
    if at.district is not None:
        keep &= (table["district_id"] == at.district).to_numpy(bool, na_value=False)
    if at.border:
        keep &= flags_of(table["is_border"])
    if at.band is not None:
        keep &= table["band"] == at.band
    return table[keep] if at.is_narrowed else table


def points(snapshot: Snapshot, at: Standpoint) -> pd.DataFrame:
    """The communes of the map: as `communes`, with the sentence that stands on each and its area.

    `rings` is the area, None where none was uploaded.
    """
    table = narrow(communes(snapshot, at), at).frame
    grades = {
        "none": _("not recognised"),
        "standard": _("NTM"),
        "advanced": _("advanced NTM"),
        "model": _("model NTM"),
    }
    sentences = [
        "<b>{name}</b>{district}<br>{grade}<br>{met}".format(
            name=row.name,
            district=f", {row.district}" if row.district else "",
            grade=grades[row.rank_name],
            met=_("%(met)s of %(total)s criteria")
            % {"met": number(row.met), "total": number(row.total)}
            if row.band >= 0
            else _("not assessed"),
        )
        for row in table.rename(columns={"rank": "grade_rank"}).itertuples(index=False)
    ]
    areas = snapshot.rings()
    return table.assign(sentence=sentences, rings=[areas.get(pk) for pk in table.index])


def quarter_ends(first: date, last: date) -> list[date]:
    """The last days of quarters between two days, and the last day itself."""
    starts = (date(y, m, 1) for y in range(first.year, last.year + 1) for m in (1, 4, 7, 10))
    ends = [start - timedelta(days=1) for start in starts]
    return [*(end for end in ends if first <= end < last), last]


def quarter_before(on: date) -> date:
    """The last day of the quarter before the one that a day lies in."""
    return on.replace(month=3 * ((on.month - 1) // 3) + 1, day=1) - timedelta(days=1)


@once
def measures(snapshot: Snapshot, at: Standpoint) -> progress.Measures:
    """The metrics on all days that the dashboard asks for; worked out as they are asked for."""
    days = [*quarter_ends(at.plan.baseline_on, at.as_of), quarter_before(at.as_of)]
    return progress.measures_for(snapshot, at.plan, at.as_of, days)


def history(snapshot: Snapshot, at: Standpoint, metric: str, kind: str = "") -> pd.DataFrame:
    """A metric at the ends of the plan's quarters so far: value, base, of, indexed by date."""
    days = quarter_ends(at.plan.baseline_on, at.as_of)
    return progress.metric_series(
        snapshot, metric, days, at.plan, kind, measures=measures(snapshot, at)
    )


@once
def plan_rows(snapshot: Snapshot, at: Standpoint) -> list:
    """Each target of the plan against what was reached, as in `progress.progress_table`."""
    if at.plan is None:
        return []
    return progress.progress_rows(snapshot, at.plan, at.as_of, measures=measures(snapshot, at))


@once
def districts(snapshot: Snapshot, at: Standpoint) -> Table:
    """Each district with communes on the day, by name; communes without a district left out.

    Columns: code, name, recognised, of, share (per cent), target, advanced, model, mean, change
    (of the mean on the quarter before), below (communes under 10 criteria), is_illustrative.
    """
    shared = measures(snapshot, at) if at.plan else None
    before = quarter_before(at.as_of)
    table = progress.district_table(snapshot, at.as_of, before, at.plan, measures=shared)
    row_of = {pk: row for row, pk in enumerate(table.index.tolist())}
    by_name = snapshot.districts.index
    there = np.array([pk in row_of for pk in by_name], dtype=bool)
    table = table.take(np.array([row_of[pk] for pk in by_name[there]], dtype=int))
    columns = {name: snapshot.districts[name][there] for name in ("code", "name")}
    columns |= {RENAMED.get(name, name): column for name, column in table.columns.items()}
    columns["share"] = 100 * columns["recognised"] / columns["of"]
    return Table(columns, by_name[there].rename("district_id"))


def district_frame(snapshot: Snapshot, at: Standpoint) -> pd.DataFrame:
    return districts(snapshot, at).frame


@once
def current_set(snapshot: Snapshot, at: Standpoint) -> int:
    """The standard criteria set that most communes were last assessed under, else the newest."""
    used = standing(snapshot, at)["set_id"].dropna()
    if len(used):
        sets, communes_under = np.unique(used.to_numpy(np.int64), return_counts=True)
        return int(sets[communes_under.argmax()])
    sets = snapshot.sets.frame
    known = sets[sets["grade"] == "standard"].sort_values("valid_from")
    in_use = known[known["valid_from"] <= pd.Timestamp(at.as_of)]
    return int(in_use["set_id"].iloc[-1]) if len(in_use) else -1


def bands(snapshot: Snapshot, at: Standpoint) -> pd.DataFrame:
    """Communes by band of criteria met: band, label, communes; those not assessed left out."""
    table = progress.bands(narrow(communes(snapshot, at), at).frame).reset_index()
    table = table[table["band"] >= 0]
    table["label"] = [
        _("under %(limit)s") % {"limit": number(row.high + 1)}
        if row.low == 0
        else number(row.low)
        if row.low == row.high
        else f"{number(row.low)}–{number(row.high)}"
        for row in table.itertuples()
    ]
    return table

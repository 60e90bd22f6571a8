"""The cards of a dashboard: rows of `progress_table` put into words."""

import numpy as np
from django.utils.translation import gettext as _

from ntm_tracker.web.numbers import day, number, percent, signed
from targets import tables
from targets.forms import Standpoint
from targets.models import Metric, Target
from targets.snapshot import Snapshot

MEANS = {Metric.AVG_CRITERIA, Metric.AVG_ADVANCED_CRITERIA, Metric.BORDER_AVG_CRITERIA}
GRADES = {
    Metric.COMMUNES_STANDARD: 1,
    Metric.COMMUNES_ADVANCED: 2,
    Metric.COMMUNES_MODEL: 3,
}
SPARK_WIDTH, SPARK_HEIGHT = 120, 32


def titles() -> dict[tuple[str, str], str]:
    """What each target is called on its card."""
    kinds = Target.Kind
    return {
        (Metric.COMMUNES_STANDARD, kinds.CUMULATIVE_COUNT): _("Recognised communes"),
        (Metric.COMMUNES_STANDARD, kinds.SHARE): _("Share of communes recognised"),
        (Metric.COMMUNES_STANDARD, kinds.NEW_IN_YEAR): _("Communes newly recognised in the year"),
        (Metric.AVG_CRITERIA, kinds.MEAN): _("Average criteria per commune"),
        (Metric.COMMUNES_BELOW_10, kinds.FLOOR): _("Communes under 10 criteria"),
        (Metric.COMMUNES_ADVANCED, kinds.CUMULATIVE_COUNT): _("Advanced communes"),
        (Metric.COMMUNES_ADVANCED, kinds.NEW_IN_YEAR): _("New advanced communes in the year"),
        (Metric.AVG_ADVANCED_CRITERIA, kinds.MEAN_WITHIN_CLASS): _(
            "Average advanced criteria of advanced communes"
        ),
        (Metric.COMMUNES_MODEL, kinds.CUMULATIVE_COUNT): _("Model communes"),
        (Metric.COMMUNES_MODEL, kinds.NEW_IN_YEAR): _("New model communes in the year"),
        (Metric.RESIDENTIAL_AREAS, kinds.NEW_IN_PLAN): _("New model residential areas"),
        (Metric.RESIDENTIAL_AREAS, kinds.PER_DISTRICT): _(
            "Districts with 2–3 new model residential areas in the year"
        ),
        (Metric.GARDENS, kinds.PER_DISTRICT): _("Districts with 2 new model gardens in the year"),
        (Metric.BORDER_AVG_CRITERIA, kinds.RANGE): _("Average criteria of border communes"),
        (Metric.DISTRICTS_COMPLETED, kinds.NEW_IN_PLAN): _("Districts newly completed"),
    }


def show(value, metric: str, kind: str) -> str:
    """A value with the precision its metric has everywhere."""
    if kind == Target.Kind.SHARE:
        return percent(value)
    return number(value, 2 if metric in MEANS else 0)


def cards(snapshot: Snapshot, at: Standpoint, rows: list) -> list[dict]:
    """The contexts of `_parts/stat_card.html` of some `tables.plan_rows`, in the plan's order."""
    names, notes = titles(), plan_notes(snapshot)
    return [
        _card(snapshot, at, row, notes) | {"title": names.get((row.metric, row.kind), row.metric)}
        for row in rows
    ]


def plan_notes(snapshot: Snapshot) -> dict[int, str]:
    """What the plans say beside each target, by the target's id."""
    columns = (snapshot.targets[name].tolist() for name in ("id", "note"))
    return dict(zip(*columns, strict=True))


def _card(snapshot: Snapshot, at: Standpoint, row, notes: dict[int, str]) -> dict:
    card = {
        "value": show(row.value, row.metric, row.kind),
        "base": _base(row),
        "truth": row.state_of_truth if row.value == row.value else "",
        "status": str(row.status),
        "is_illustrative": row.is_illustrative,
        "lines": _lines(row),
        "note": note_of(snapshot, row, notes),
    }
    if found := restated(snapshot, at, row):
        card |= _restated(at, row, card, found)
    spark = _spark(snapshot, at, row)
    return card | (spark or {"spark": ""})


def restated(snapshot: Snapshot, at: Standpoint, row) -> tuple[float, int] | None:
    """Value and base of a count on another day's boundaries; None where there are none of it."""
    if row.metric not in GRADES or not tables.is_restated(snapshot, at):
        return None
    ranks = tables.ranks(snapshot, at)
    value = int((ranks >= GRADES[row.metric]).sum())
    base = len(ranks) if row.metric == Metric.COMMUNES_STANDARD else int((ranks >= 1).sum())
    if row.kind == Target.Kind.SHARE:
        return (100 * value / base if base else np.nan), base
    if row.kind != Target.Kind.CUMULATIVE_COUNT or not snapshot.register_is_complete:
        return None
    return value, base


def _restated(at: Standpoint, row, card: dict, found: tuple) -> dict:
    """The same figure on another day's boundaries; the plan's judgement stays with its own."""
    value, base = found
    joint = "" if card["base"].startswith("/") else " "
    own = f"{card['value']}{joint}{card['base']}"
    return {
        "value": show(value, row.metric, row.kind),
        "base": _("of %(base)s communes") % {"base": number(base)},
        "note": _(
            "On the boundaries of %(day)s. On the day's own: %(own)s, by which it is judged."
        )
        % {"day": day(tables.boundary_day(at)), "own": own},
    }


def _base(row) -> str:
    if row.value != row.value or row.base != row.base:
        return ""
    if row.metric in MEANS or row.kind == Target.Kind.FLOOR:
        return _("%(base)s of %(of)s communes") % {"base": number(row.base), "of": number(row.of)}
    if row.kind == Target.Kind.SHARE:
        return _("of %(base)s communes") % {"base": number(row.base)}
    if row.kind == Target.Kind.PER_DISTRICT:
        return f"/{number(row.base)} " + _("districts")
    if row.metric == Metric.COMMUNES_STANDARD:
        return f"/{number(row.base)} " + _("communes")
    if row.metric in GRADES:
        return f"/{number(row.base)} " + _("recognised communes")
    return ""


def _lines(row) -> list[tuple[str, str]]:
    def shown(value):
        return show(value, row.metric, row.kind)

    lines = []
    year = row.value_on.year
    if row.target_this_year == row.target_this_year and year != row.final_year:
        heading = (
            _("On the plan's line at the end of %(year)s")
            if row.is_interpolated
            else _("Target %(year)s")
        )
        lines.append((heading % {"year": year}, shown(row.target_this_year)))
    if row.target_final == row.target_final:
        target = shown(row.target_final)
        if row.kind == Target.Kind.RANGE and row.high == row.high:
            target = f"{number(row.target_final, 1)}–{number(row.high, 1)}"
        lines.append((_("Target %(year)s") % {"year": row.final_year}, target))
    if row.gap == row.gap:
        places = 2 if row.metric in MEANS else 1
        lines.append((_("Against the plan today"), signed(row.gap, places)))
    if row.pace_needed == row.pace_needed and row.pace_needed > 0:
        needed = -row.pace_needed if row.kind == Target.Kind.FLOOR else row.pace_needed
        places = 2 if row.metric in MEANS else 1
        lines.append((_("Pace needed a year from now"), signed(needed, places)))
    if row.published_on is not None and row.published_value == row.published_value:
        lines.append(
            (_("Published %(day)s") % {"day": day(row.published_on)}, shown(row.published_value))
        )
    return lines


def note_of(snapshot: Snapshot, row, notes: dict[int, str]) -> str:
    """What has to be said beside a figure; `notes` as `plan_notes` gives them."""
    if row.value != row.value:
        return _("Nothing is recorded for this yet.")
    if row.kind == Target.Kind.PER_DISTRICT and row.lacking:
        known = snapshot.district_names
        names = [known[pk] for pk in row.lacking if pk in known]
        return _("Still short: %(districts)s.") % {"districts": ", ".join(names)}
    return notes.get(row.target_id, "")


def _spark(snapshot: Snapshot, at: Standpoint, row) -> dict | None:
    """The year so far by quarters, as points of an SVG polyline and in words."""
    if at.plan is None or row.kind in {Target.Kind.PER_DISTRICT, Target.Kind.NEW_IN_YEAR}:
        return None
    found = tables.measures(snapshot, at)
    days = tables.quarter_ends(at.plan.baseline_on, at.as_of)
    values = found.read(row.metric, row.kind, at.plan.first_year).value[found.columns(days)]
    series = [value for value in values.tolist() if value == value]
    days = [on for on, value in zip(days, values.tolist(), strict=True) if value == value]
    if len(series) < 2:
        return None
    low, high = min(series), max(series)
    span = (high - low) or 1.0
    step = SPARK_WIDTH / (len(series) - 1)
    points = " ".join(
        f"{index * step:.1f},{SPARK_HEIGHT - 3 - (value - low) / span * (SPARK_HEIGHT - 6):.1f}"
        for index, value in enumerate(series)
    )
    text = _("From %(first)s on %(day)s to %(last)s") % {
        "first": show(series[0], row.metric, row.kind),
        "day": day(days[0]),
        "last": show(series[-1], row.metric, row.kind),
    }
    return {"spark": points, "spark_text": text}


def by_years(rows: list, plan) -> tuple[list, list]:
    """Targets for the plan's last year, and those of single years before."""
    last_year = plan.last_year if plan else None
    return (
        [row for row in rows if row.final_year == last_year],
        [row for row in rows if row.final_year != last_year],
    )

"""The short lists of the dashboards in words: who to look after, who comes next."""

from collections import defaultdict

import pandas as pd
from django.utils.translation import gettext as _

from criteria.rules import Verdict
from ntm_tracker.web.numbers import day, number, signed
from targets import progress, tables
from targets.forms import Standpoint
from targets.snapshot import Snapshot
from targets.state import commune_url

LONGEST = 10


def watch_lists(snapshot: Snapshot, at: Standpoint, shown: pd.DataFrame, query: dict) -> list:
    """Communes to look after: few criteria, fewer than before, recognition lost by merger."""
    return [
        _below(snapshot, shown, query),
        _fell_back(snapshot, at, shown, query),
        _lost(snapshot, at, query),
    ]


def _listed(title, columns, rows, *, none, hint=""):
    """The context of `targets/_commune_list.html`."""
    numeric = {str(column) for column in (_("Criteria met"), _("Change"), _("Until"))}
    is_number = [column in numeric for column in columns]
    for row in rows:
        row["cells"] = list(zip(row["cells"], is_number, strict=True))
    return {
        "title": title,
        "columns": list(zip(columns, is_number, strict=True)),
        "rows": rows[:LONGEST],
        "rest": rows[LONGEST:],
        "count": len(rows),
        "none": none,
        "hint": hint,
    }


def _rows(snapshot, table, query, names, cells):
    """A row for each commune; `cells` makes its further cells of the columns `names`."""
    units = zip(table["name"], table["code"], table["district"], strict=True)
    values = zip(*(table[name].tolist() for name in names), strict=True)
    return [
        {
            "name": name,
            "url": commune_url(snapshot, code, query),
            "cells": [district or "–", *cells(*own)],
        }
        for (name, code, district), own in zip(units, values, strict=True)
    ]


def _of_total(counted, total):
    return f"{number(counted)}/{number(total)}"


def _below(snapshot, shown, query):
    low = progress.below(shown[["name", "code", "district", "counted", "total"]])
    rows = _rows(snapshot, low, query, ["counted", "total"], lambda *own: [_of_total(*own)])
    return _listed(
        _("Under 10 criteria"),
        [_("District"), _("Criteria met")],
        rows,
        none=_("No commune is under 10 criteria."),
    )


def _fell_back(snapshot, at, shown, query):
    before = tables.quarter_before(at.as_of)
    fell = progress.fell_back(
        snapshot.standings,
        snapshot.sets,
        snapshot.units,
        before,
        at.as_of,
        basically_counts=snapshot.basically_counts,
    )
    found = fell.join(shown[["code", "name", "district"]], how="inner")
    rows = _rows(
        snapshot,
        found,
        query,
        ["met_before", "met_after", "change"],
        lambda then, now, change: [f"{number(then)} → {number(now)}", signed(change)],
    )
    hint = ""
    if fell["is_new_set"].any():
        hint = _("A stricter criteria set came into use in between; not every fall is a loss.")
    return _listed(
        _("Fell back since %(day)s") % {"day": day(before)},
        [_("District"), _("Criteria met"), _("Change")],
        rows,
        none=_("No commune meets fewer criteria than at the end of the quarter before."),
        hint=hint,
    )


def _lost(snapshot, at, query):
    since = at.plan.baseline_on if at.plan else None
    lost = progress.lost_by_merger(
        snapshot.units, snapshot.parts, snapshot.recognitions, at.as_of, since
    )
    units = snapshot.unit_names()
    found = [(units[row.unit_id], row) for row in lost.itertuples()]
    if at.district is not None:
        found = [(unit, row) for unit, row in found if unit.district_id == at.district]
    found.sort(key=lambda pair: (-pair[1].ended_on.toordinal(), pair[0].sort_key))
    rows = [_lost_row(snapshot, unit, row, query) for unit, row in found]
    return _listed(
        _("Recognition ended by a merger"),
        [_("District"), _("Was"), _("Until"), _("Passed into"), _("Which is now")],
        rows,
        none=_("No recognised commune has been merged away since the plan began."),
        hint=_("A recognition never passes to the new commune without a decision."),
    )


def _lost_row(snapshot, unit, row, query):
    grades = [_("not recognised"), _("NTM"), _("advanced NTM"), _("model NTM"), _("modern NTM")]
    units = snapshot.unit_names()
    last_day = row.ended_on.date()
    return {
        "name": unit.name,
        "url": commune_url(snapshot, unit.code, query | {"as_of": last_day.isoformat()}),
        "cells": [
            unit.district or "–",
            grades[row.rank],
            day(last_day),
            ", ".join(units[pk].name for pk in row.into),
            grades[row.successor_rank],
        ],
    }


def next_in_line(snapshot: Snapshot, at: Standpoint, shown: pd.DataFrame, query: dict) -> dict:
    """Communes not yet recognised that lack one or two criteria, and which."""
    near = progress.next_in_line(shown, shown["rank"])
    missing = _missing(snapshot, at, set(near.index))
    rows = _rows(
        snapshot,
        near.assign(pk=near.index),
        query,
        ["counted", "total", "pk"],
        lambda counted, total, pk: [_of_total(counted, total), missing.get(pk, "–")],
    )
    return _listed(
        _("Not yet recognised, one or two criteria short"),
        [_("District"), _("Criteria met"), _("What is missing")],
        rows,
        none=_("No commune is one or two criteria short of the standard on this day."),
    )


def _missing(snapshot: Snapshot, at: Standpoint, communes: set[int]) -> dict[int, str]:
    """The criteria that these communes do not meet, in words."""
    found = tables.results(snapshot, at)
    found = found[found["unit_id"].isin(communes).to_numpy(bool)].sort_values("number")
    titles = snapshot.titles(tables.current_set(snapshot, at))
    missing = defaultdict(list)
    columns = (found[name].tolist() for name in ("unit_id", "number", "verdict"))
    for unit, criterion, verdict in zip(*columns, strict=True):
        if verdict in {Verdict.NOT_MET, Verdict.BASICALLY}:
            missing[unit].append(f"{criterion}. {titles.get(criterion, '')}")
    return {unit: "; ".join(criteria) for unit, criteria in missing.items()}

"""The short lists of the dashboards in words: who to look after, who comes next."""

from collections import defaultdict
from dataclasses import replace

import numpy as np
from django.utils.translation import gettext as _

from criteria.rules import Verdict
from ntm_tracker.web.numbers import day, number, signed
from targets import progress, tables
from targets.comparable import counts_compare
from targets.forms import Standpoint
from targets.snapshot import Snapshot
from targets.state import commune_url
from targets.unit_wording import grade_names

LONGEST = 10


def watch_lists(snapshot: Snapshot, at: Standpoint, shown: progress.Table, query: dict) -> list:
    """Communes to look after: few criteria, fewer than before, recognition lost by merger."""
    return [
        _below(snapshot, shown, query),
        _fell_back(snapshot, at, shown, query),
        _lost(snapshot, at, query),
    ]


def _listed(file, title, columns, rows, *, none, hint=""):
    """The context of `targets/_commune_list.html`; `file` names the list in `targets.files`."""
    numeric = {str(column) for column in (_("Criteria met"), _("Change"), _("Until"))}
    is_number = [column in numeric for column in columns]
    for row in rows:
        row["cells"] = list(zip(row["cells"], is_number, strict=True))
    return {
        "file": file,
        "title": title,
        "columns": list(zip(columns, is_number, strict=True)),
        "rows": rows[:LONGEST],
        "rest": rows[LONGEST:],
        "count": len(rows),
        "none": none,
        "hint": hint,
    }


def _rows(snapshot, query, ids, cells):
    """A row for each commune with its own further cells."""
    names = snapshot.unit_names()
    return [
        {
            "name": names[pk].name,
            "url": commune_url(snapshot, names[pk].code, query),
            "cells": [names[pk].district or "–", *own],
        }
        for pk, own in zip(ids, cells, strict=True)
    ]


def _of_total(counted, total):
    return f"{number(counted)}/{number(total)}"


def _below(snapshot, shown, query):
    low = progress.below(shown)
    cells = [[_of_total(row.counted, row.total)] for row in progress.rows_of(low)]
    rows = _rows(snapshot, query, low.index.tolist(), cells)
    return _listed(
        "under-10",
        _("Under 10 criteria"),
        [_("District"), _("Criteria met")],
        rows,
        none=_("No commune is under 10 criteria."),
    )


def fell_back(snapshot: Snapshot, at: Standpoint, shown: progress.Table) -> progress.Table:
    """The communes shown that meet fewer criteria than at the end of the quarter before."""
    fell = progress.fell_back(
        snapshot.standings,
        snapshot.sets,
        snapshot.units,
        tables.quarter_before(at.as_of),
        at.as_of,
        basically_counts=snapshot.basically_counts,
        measures=tables.measures(snapshot, at) if at.plan else None,
    )
    return fell[fell.index.isin(shown.index)]


def _fell_back(snapshot, at, shown, query):
    before = tables.quarter_before(at.as_of)
    ours = fell_back(snapshot, at, shown)
    is_new_set = bool(ours["is_new_set"].any())
    is_same = is_new_set and counts_stay_comparable(snapshot, at, before)
    cells = [
        [
            f"{number(row.met_before)} → {number(row.met_after)}",
            _("not comparable") if row.is_new_set and not is_same else signed(row.change),
        ]
        for row in progress.rows_of(ours)
    ]
    rows = _rows(snapshot, query, ours.index.tolist(), cells)
    hint = ""
    if is_new_set:
        hint = _("A stricter criteria set came into use in between; not every fall is a loss.")
    return _listed(
        "fell-back",
        _("Fell back since %(day)s") % {"day": day(before)},
        [_("District"), _("Criteria met"), _("Change")],
        rows,
        none=_("No commune meets fewer criteria than at the end of the quarter before."),
        hint=hint,
    )


def counts_stay_comparable(snapshot: Snapshot, at: Standpoint, before) -> bool:
    """May criteria met be compared with those of another day, under the sets of both?"""
    now, then = (tables.current_set(snapshot, replace(at, as_of=on)) for on in (at.as_of, before))
    return counts_compare(snapshot, now, then)


def ended_by_merger(snapshot: Snapshot, at: Standpoint) -> list[tuple]:
    """Communes whose recognition a merger ended, the latest first: pairs of unit and row."""
    since = at.plan.baseline_on if at.plan else None
    lost = progress.lost_by_merger(
        snapshot.units, snapshot.parts, snapshot.recognitions, at.as_of, since
    )
    units = snapshot.unit_names()
    found = [(units[row.unit_id], row) for row in progress.rows_of(lost)]
    if at.district is not None:
        found = [(unit, row) for unit, row in found if unit.district_id == at.district]
    return sorted(found, key=lambda pair: (-pair[1].ended_on.toordinal(), pair[0].sort_key))


def _lost(snapshot, at, query):
    rows = [_lost_row(snapshot, unit, row, query) for unit, row in ended_by_merger(snapshot, at)]
    return _listed(
        "ended-by-merger",
        _("Recognition ended by a merger"),
        [_("District"), _("Was"), _("Until"), _("Passed into"), _("Which is now")],
        rows,
        none=_("No recognised commune has been merged away since the plan began."),
        hint=_("A recognition never passes to the new commune without a decision."),
    )


def _lost_row(snapshot, unit, row, query):
    grades = grade_names()
    units = snapshot.unit_names()
    return {
        "name": unit.name,
        "url": commune_url(snapshot, unit.code, query | {"as_of": row.ended_on.isoformat()}),
        "cells": [
            unit.district or "–",
            grades[row.rank],
            day(row.ended_on),
            ", ".join(units[pk].name for pk in row.into),
            grades[row.successor_rank],
        ],
    }


def next_in_line(snapshot: Snapshot, at: Standpoint, shown: progress.Table, query: dict) -> dict:
    """Communes not yet recognised that lack one or two criteria, and which."""
    near = progress.next_in_line(shown, shown["rank"])
    ids = near.index.tolist()
    words = missing(snapshot, at, ids)
    cells = [
        [_of_total(row.counted, row.total), words.get(pk, "–")]
        for pk, row in zip(ids, progress.rows_of(near), strict=True)
    ]
    rows = _rows(snapshot, query, ids, cells)
    return _listed(
        "next-in-line",
        _("Not yet recognised, one or two criteria short"),
        [_("District"), _("Criteria met"), _("What is missing")],
        rows,
        none=_("No commune is one or two criteria short of the standard on this day."),
    )


def missing(snapshot: Snapshot, at: Standpoint, communes: list[int]) -> dict[int, str]:
    """The criteria that these communes do not meet, in words."""
    titles = snapshot.titles(tables.current_set(snapshot, at))
    return {
        unit: "; ".join(f"{criterion}. {titles.get(criterion, '')}" for criterion in criteria)
        for unit, criteria in lacking(snapshot, at, communes).items()
    }


def lacking(snapshot: Snapshot, at: Standpoint, communes: list[int]) -> dict[int, list[int]]:
    """The numbers of the criteria that these communes do not meet."""
    found = tables.results_of(snapshot, at, communes)
    units, numbers = found["unit_id"].to_numpy(), found["number"].to_numpy()
    verdicts = progress.words_of(found["verdict"])
    rows = np.flatnonzero((verdicts == Verdict.NOT_MET) | (verdicts == Verdict.BASICALLY))
    rows = rows[np.argsort(numbers[rows], kind="stable")]
    criteria = defaultdict(list)
    for unit, criterion in zip(units[rows].tolist(), numbers[rows].tolist(), strict=True):
        criteria[unit].append(criterion)
    return dict(criteria)

"""Who meets one criterion, who does not and by which indicators, and what changed."""

from dataclasses import replace

import pandas as pd

from criteria.measures import threshold_text
from criteria.models import Criterion, Indicator, Score
from criteria.rules import Verdict
from criteria.thresholds import Thresholds, groups_of
from ntm_tracker.web.numbers import number
from targets import tables
from targets.forms import Standpoint
from targets.snapshot import Snapshot
from targets.standing import NO_VERDICT
from targets.state import commune_url

# The order in which the lists stand: who has to work first.
VERDICTS = [
    Verdict.NOT_MET.value,
    Verdict.BASICALLY.value,
    NO_VERDICT,
    Verdict.NOT_APPLICABLE.value,
    Verdict.MET.value,
]
OPEN_AT_FIRST = VERDICTS[:2]
COUNTED = [Verdict.MET.value, Verdict.BASICALLY.value, Verdict.NOT_MET.value]


def criterion_in(snapshot: Snapshot, set_id: int, asked: int) -> Criterion | None:
    """The criterion of a set with a number."""
    return next((c for c in snapshot.criteria_of(set_id) if c.number == asked), None)


def verdicts(snapshot: Snapshot, at: Standpoint, criterion: int) -> pd.DataFrame:
    """The communes that the filters leave, as `tables.communes`, with `verdict` ("" not assessed).

    By district in the provinces' order, then by name.
    """
    shown = tables.narrow(tables.communes(snapshot, at), at).frame
    table = shown.join(_of_criterion(snapshot, at, criterion), how="left")
    table["verdict"] = table["verdict"].astype(object).where(table["verdict"].notna(), NO_VERDICT)
    order = {pk: place for place, pk in enumerate(snapshot.districts.index)}
    table["place"] = table["district_id"].map(order).fillna(len(order))
    return table.sort_values(["place", "sort_key"], kind="stable")


def _of_criterion(snapshot: Snapshot, at: Standpoint, criterion: int) -> pd.Series:
    found = tables.results(snapshot, at)
    return found[found["number"] == criterion].set_index("unit_id")["verdict"]


def scores(snapshot: Snapshot, at: Standpoint, criterion: int, set_id: int) -> pd.DataFrame:
    """Verdicts on the criterion's indicators, of the day's own communes: unit_id, code, verdict.

    Empty on the boundaries of another day, for indicators are not restated. One query.
    """
    columns = ["unit_id", "code", "verdict"]
    if tables.is_restated(snapshot, at):
        return pd.DataFrame(columns=columns)
    ids = tables.standing(snapshot, at)["assessment_id"].dropna()
    rows = Score.objects.filter(
        assessment__in=[int(pk) for pk in ids],
        indicator__criterion__number=criterion,
        indicator__criterion__criteria_set=set_id,
    ).order_by("indicator__position")
    found = rows.values_list("assessment__commune_id", "indicator__code", "verdict")
    return pd.DataFrame.from_records(list(found), columns=columns)


def indicators_lacking(found: pd.DataFrame) -> dict[int, str]:
    """The codes of the indicators that fall short, by commune; `found` as `scores`."""
    short = found[found["verdict"].isin([Verdict.NOT_MET.value, Verdict.BASICALLY.value])]
    return short.groupby("unit_id")["code"].agg(", ".join).to_dict()


def groups(snapshot: Snapshot, table: pd.DataFrame, found: pd.DataFrame, link) -> list[dict]:
    """For each verdict its communes by district; `found` as `scores`, `link(code)` an address."""
    lacking = indicators_lacking(found)
    return [
        {
            "verdict": verdict,
            "count": number(len(rows)),
            "is_open": verdict in OPEN_AT_FIRST,
            "districts": _by_district(rows, lacking, link),
        }
        for verdict in VERDICTS
        if len(rows := table[table["verdict"] == verdict])
    ]


def _by_district(rows: pd.DataFrame, lacking: dict, link) -> list[tuple[str, list]]:
    return [
        (
            district,
            [(row.name, link(row.code), lacking.get(row.Index, "")) for row in of.itertuples()],
        )
        for district, of in rows.groupby("district", sort=False)
    ]


def changes(snapshot: Snapshot, at: Standpoint, criterion: int, table: pd.DataFrame, link) -> dict:
    """Who newly meets the criterion and who no longer does, against the quarter before.

    Only communes assessed on both days. Nothing is compared across criteria sets.
    """
    before = replace(at, as_of=tables.quarter_before(at.as_of))
    same_set = tables.current_set(snapshot, before) == tables.current_set(snapshot, at)
    compared = {"since": before.as_of, "is_comparable": same_set, "gained": [], "lost": []}
    if not same_set:
        return compared
    was = _of_criterion(snapshot, before, criterion).rename("before")
    both = table[table["verdict"] != NO_VERDICT].join(was, how="inner")
    met = Verdict.MET.value
    gained = both[(both["before"] != met) & (both["verdict"] == met)]
    lost = both[(both["before"] == met) & (both["verdict"] != met)]
    return compared | {
        "gained": [(row.name, row.district, link(row.code)) for row in gained.itertuples()],
        "lost": [(row.name, row.district, link(row.code)) for row in lost.itertuples()],
    }


def indicator_rows(
    snapshot: Snapshot, at: Standpoint, criterion, table: pd.DataFrame, found: pd.DataFrame
) -> dict:
    """The criterion's indicators with their thresholds and how many communes meet each.

    Thresholds are those of the day, for each area group the province's communes are in.
    """
    columns = groups_of(criterion.criteria_set, snapshot.province)
    thresholds = Thresholds(
        sets=[criterion.criteria_set_id],
        groups=[group.pk for group in columns],
        province=snapshot.province,
    )
    ours = found[found["unit_id"].isin(table.index)]
    ours = ours[ours["verdict"].isin(COUNTED)]
    met = ours[ours["verdict"] == Verdict.MET.value].groupby("code").size()
    base = ours.groupby("code").size()
    indicators = list(Indicator.objects.filter(criterion=criterion).order_by("position"))
    notes: dict[str, int] = {}

    def cell(indicator, group):
        threshold = thresholds.on(at.as_of, indicator.pk, group.pk)
        return {
            "text": threshold_text(threshold, indicator),
            "is_own": threshold is not None and threshold.province_id is not None,
            "is_unverified": threshold is not None and not threshold.is_verified,
            "note": notes.setdefault(threshold.source, len(notes) + 1) if threshold else None,
        }

    return {
        "columns": columns,
        "has_counts": bool(len(base)),
        "rows": [
            {
                "indicator": indicator,
                "cells": [cell(indicator, group) for group in columns],
                "met": int(met.get(indicator.code, 0)),
                "base": int(base.get(indicator.code, 0)),
            }
            for indicator in indicators
        ],
        "sources": list(notes),
        "is_wording_verified": all(n.is_verified for n in [criterion, *indicators]),
    }


def link_to(snapshot: Snapshot, at: Standpoint, query: dict, criterion: int):
    """A function from a commune's code to its page at this criterion."""
    on = tables.boundary_day(at).isoformat()

    def link(code: str) -> str:
        return f"{commune_url(snapshot, code, query | {'as_of': on})}#c{criterion}"

    return link

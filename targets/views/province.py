"""The province's dashboard: is it on plan, where is it stuck, what comes next?"""

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.decorators import dashboard
from communes.models import Province
from ntm_tracker.web import csp
from ntm_tracker.web.numbers import day, number, signed
from targets import cards, progress, tables
from targets.pages import of_province, render_body
from targets.state import (
    chips_of,
    commune_url,
    criterion_url,
    district_url,
    query_of,
    state_of,
    with_query,
)
from targets.views.charts import describe
from targets.wording import headline, illustrative_word, standing_line, two_figures_note

LONGEST_LIST = 10
TRENDS = ["recognised", "average"]
CRITERIA_CHARTS = ["bottlenecks", "bands"]
MAPS = ["map-grades", "map-bands"]


@dashboard
def home(request):
    """To the first province that the reader may see."""
    province = Province.objects.visible_to(request.user).first()
    if province is None:
        return render(request, "targets/no_province.html")
    return redirect("province", province=province.code)


@of_province
@csp.chart_page
def province_page(request, province):
    return render_body(
        request,
        province,
        "targets/dashboard.html",
        "targets/_province.html",
        lambda snapshot: context_of(request, snapshot),
    )


def context_of(request, snapshot):
    """Everything the province page prints."""
    form, at = state_of(request, snapshot)
    province = snapshot.province
    query = query_of(request)
    rows = tables.plan_rows(snapshot, at)
    communes = tables.communes(snapshot, at)
    shown = tables.narrow(communes, at)
    yearly = cards.of_single_years(rows, at.plan)
    return {
        "title": headline(snapshot, at, rows),
        "standing_line": standing_line(province, at),
        "as_of": at.as_of,
        "boundary_on": tables.boundary_day(at),
        "is_illustrative": snapshot.is_illustrative,
        "illustrative_note": illustrative_word(snapshot),
        "seed_note": two_figures_note(snapshot, at),
        "form": form,
        "request": request,
        "chips": chips_of(request, form),
        "clear_url": request.path,
        "cards": cards.cards(snapshot, at, rows.drop(index=yearly.index)),
        "yearly_cards": cards.cards(snapshot, at, yearly),
        "trends": [describe(province, name, query, at) for name in TRENDS],
        "district_rows": district_rows(snapshot, at, query),
        "district_chart": describe(province, "districts", query, at),
        "criteria_charts": [describe(province, name, query, at) for name in CRITERIA_CHARTS],
        "criteria_links": criteria_links(snapshot, at, query),
        "has_verdicts": bool((communes["band"] >= 0).any()),
        "maps": [describe(province, name, query, at) for name in MAPS],
        "matrix_url": with_query(reverse("matrix", kwargs={"province": province.code}), query),
        "watch_lists": watch_lists(snapshot, at, shown, query),
        "next_in_line": next_in_line(snapshot, at, shown, query),
    }


def district_rows(snapshot, at, query):
    """The districts' table: name, address and cells as text."""
    rows = tables.districts(snapshot, at)
    return [
        {
            "name": row.name,
            "url": district_url(snapshot, row.code, query),
            "recognised": f"{number(row.recognised)}/{number(row.of)}",
            "share": row.share,
            "target": number(row.target),
            "advanced": number(row.advanced),
            "model": number(row.model),
            "mean": number(row.mean, 2),
            "change": signed(row.change, 2),
            "below": number(row.below),
        }
        for row in rows.itertuples(index=False)
    ]


def criteria_links(snapshot, at, query):
    """Number, name and page of each criterion of the set in use."""
    titles = snapshot.titles(tables.current_set(snapshot, at))
    return [
        (
            number_,
            title,
            criterion_url(snapshot, number_, query),
        )
        for number_, title in titles.items()
    ]


def watch_lists(snapshot, at, shown, query):
    """Communes to look after: few criteria, fewer than before, recognition lost by merger."""
    return [
        _below(snapshot, shown, query),
        _fell_back(snapshot, at, shown, query),
        _lost(snapshot, at, query),
    ]


def _listed(title, columns, rows, *, none, hint="", url=""):
    return {
        "title": title,
        "columns": columns,
        "rows": rows[:LONGEST_LIST],
        "count": len(rows),
        "more": max(len(rows) - LONGEST_LIST, 0),
        "url": url,
        "none": none,
        "hint": hint,
    }


def _row(snapshot, row, query, cells):
    return {
        "name": row.name,
        "url": commune_url(snapshot, row.code, query),
        "cells": [row.district or "–", *cells],
    }


def _below(snapshot, shown, query):
    rows = [
        _row(snapshot, row, query, [f"{number(row.counted)}/{number(row.total)}"])
        for row in progress.below(shown).itertuples(index=False)
    ]
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
    rows = [
        _row(
            snapshot,
            row,
            query,
            [f"{number(row.met_before)} → {number(row.met_after)}", signed(row.change)],
        )
        for row in found.itertuples(index=False)
    ]
    hint = ""
    if fell["is_new_set"].any():
        hint = _("A stricter criteria set came into use in between; not every fall is a loss.")
    return _listed(
        _("Fell back since %(day)s") % {"day": day(before)},
        [_("District"), _("Criteria met"), _("Change")],
        rows,
        none=_("No commune meets fewer criteria than the quarter before."),
        hint=hint,
    )


def _lost(snapshot, at, query):
    since = at.plan.baseline_on if at.plan else None
    lost = progress.lost_by_merger(
        snapshot.units, snapshot.parts, snapshot.recognitions, at.as_of, since
    )
    grades = [_("not recognised"), _("NTM"), _("advanced NTM"), _("model NTM")]
    units = snapshot.units
    districts = snapshot.districts["name"]
    lost = lost.assign(sort_key=units["sort_key"].reindex(lost["unit_id"]).to_numpy())
    rows = [
        {
            "name": units["name"][row.unit_id],
            "url": commune_url(
                snapshot, units["code"][row.unit_id], query | {"as_of": row.ended_on.date()}
            ),
            "cells": [
                districts.get(units["district_id"][row.unit_id], "–"),
                grades[row.rank],
                day(row.ended_on),
                ", ".join(units["name"][list(row.into)]),
                grades[row.successor_rank],
            ],
        }
        for row in lost.sort_values(["ended_on", "sort_key"], ascending=[False, True]).itertuples()
    ]
    return _listed(
        _("Recognition ended by a merger"),
        [_("District"), _("Was"), _("Until"), _("Passed into"), _("Which is now")],
        rows,
        none=_("No recognised commune has been merged away since the plan began."),
        hint=_("A recognition never passes to the new commune without a decision."),
    )


def next_in_line(snapshot, at, shown, query):
    """Communes not yet recognised that lack one or two criteria, and which."""
    near = progress.next_in_line(shown, shown["rank"]) if len(shown) else shown
    found = tables.results(snapshot, at)
    lacking = found[
        found["unit_id"].isin(near.index) & found["verdict"].isin(["not_met", "basically"])
    ]
    titles = snapshot.titles(tables.current_set(snapshot, at))
    missing = {
        pk: "; ".join(f"{n}. {titles.get(n, '')}" for n in sorted(rows["criterion"]))
        for pk, rows in lacking.groupby("unit_id")
    }
    rows = [
        _row(
            snapshot,
            row,
            query,
            [f"{number(row.counted)}/{number(row.total)}", missing.get(row.Index, "–")],
        )
        for row in near.itertuples()
    ]
    return _listed(
        _("Not yet recognised, one or two criteria short"),
        [_("District"), _("Criteria met"), _("What is missing")],
        rows,
        none=_("No commune is one or two criteria short of the standard on this day."),
    )

"""A commune's page: where it stands, what is missing, how it came to be."""

from datetime import date, timedelta

import pandas as pd
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from communes.models import Commune
from criteria.measures import change_text, threshold_text, value_text
from ntm_tracker.web import csp
from ntm_tracker.web.numbers import number, percent
from targets import tables
from targets.files import table_file_of
from targets.files.commune import GRADE_OF, TABLES
from targets.pages import of_province, render_body
from targets.standing import sheets
from targets.state import commune_url, criterion_url, district_url, query_of, state_of, with_query
from targets.unit_histories import (
    commune_seen,
    passages,
    recognitions,
    rests_on_illustration,
)
from targets.unit_wording import (
    age_line,
    commune_headline,
    grade_names,
    not_in_force_line,
    set_line,
    validity,
    what_is_next,
)
from targets.views.charts import describe
from targets.views.parts import frame_of

NOT_OF_ONE_COMMUNE = ["plan", "boundaries", "district", "band", "border"]
ANCHORS = {"standard": "c", "advanced": "a"}
FILES = {grade: name for name, grade in GRADE_OF.items()}


@csp.chart_page
@of_province
def commune_page(request, province, commune):
    return render_body(
        request,
        province,
        "targets/unit_page.html",
        "targets/_commune.html",
        lambda snapshot: context_of(request, snapshot, commune),
    )


def unit_and_state(request, snapshot, code: str):
    """The commune with a code, the filter form, and the day and the standpoint asked for."""
    form, asked = state_of(request, snapshot, without=NOT_OF_ONE_COMMUNE)
    seen = commune_seen(snapshot, code, asked)
    if seen is None:
        raise Http404
    commune, at = seen
    return commune, form, asked, at


def state_of_file(request, snapshot, commune):
    _unit, form, _asked, at = unit_and_state(request, snapshot, commune)
    return form, at


commune_table = table_file_of(TABLES, state_of_file)


def context_of(request, snapshot, code: str):
    """Everything the page of a commune prints; its queries do not grow with the periods."""
    commune, form, asked, at = unit_and_state(request, snapshot, code)
    query = query_of(request) | {"as_of": at.as_of.isoformat()}
    found = sheets(snapshot, commune, at) if commune.is_in_programme else {}
    rank = int(tables.ranks(snapshot, at).get(commune.pk, 0))
    standard = found["standard"].standing if "standard" in found else None
    acts = recognitions(snapshot, commune, at.as_of)
    return (
        frame_of(request, snapshot, form, at)
        | {
            "title": commune_headline(
                commune,
                standard,
                rank,
                is_known=snapshot.register_is_complete,
                was_revoked=any(act["state"] == "revoked" for act in acts),
            ),
            "commune": commune,
            "trail": trail(snapshot, commune, query),
            "standing": standard,
            "age_line": age_line(found["standard"]) if standard else "",
            "rank": rank,
            "grade_name": grade_names()[rank],
            "is_illustrative": rests_on_illustration(found, acts),
            "not_in_force": not_in_force_line(commune, asked.as_of),
            "facts": facts(snapshot, commune, query),
            "next": what_is_next(rank, found, basically_counts=snapshot.basically_counts)
            if commune.is_in_programme
            else [],
            "sheets": [sheet_context(snapshot, *of, query) for of in found.items()],
            "chart": describe(snapshot.province, "history", query | {"commune": code}, at),
            "recognitions": acts,
        }
        | lineage(snapshot, commune, query)
    )


def trail(snapshot, commune, query) -> list[tuple[str, str]]:
    """The province and the district above the commune."""
    province = reverse("province", kwargs={"province": snapshot.province.code})
    above = [(snapshot.province.name, with_query(province, query))]
    if commune.district:
        url = district_url(snapshot, commune.district.code, query)
        above.append((commune.district.full_name, url))
    return above


def facts(snapshot, commune, query) -> list[tuple[str, str, str]]:
    """Name, text and address (or none) of each fact that is known."""
    yes_or_no = {True: _("yes"), False: _("no"), None: _("not known")}
    district = commune.district
    found = [
        (_("Kind"), commune.get_kind_display(), ""),
        (
            _("District"),
            district.full_name if district else _("none: districts were abolished"),
            district_url(snapshot, district.code, query) if district else "",
        ),
        (_("Border commune"), yes_or_no[commune.is_border], ""),
        (
            _("Population"),
            _("%(count)s (census of 1 April 2019)") % {"count": number(commune.population)}
            if commune.population
            else _("not known"),
            "",
        ),
        (_("In force"), validity(commune.valid_from, commune.valid_to), ""),
        (_("Code"), commune.code, ""),
    ]
    if commune.area_km2:
        found.insert(-2, (_("Land area"), f"{number(commune.area_km2, 2)} km²", ""))
    return found + [
        (_("Code also borne by"), f"{name} ({validity(first, last)})", url)
        for name, first, last, url in other_bearers(snapshot, commune, query)
    ]


def other_bearers(snapshot, commune, query):
    """Units that bore the same code at another time: name, days, address."""
    units = snapshot.units.frame
    others = units[(units["code"] == commune.code) & (units.index != commune.pk)]
    for row in others.sort_values("valid_from").itertuples(index=False):
        last = None if pd.isna(row.valid_to) else row.valid_to.date()
        day = (row.valid_to if last else row.valid_from).date()
        url = commune_url(snapshot, row.code, query | {"as_of": day.isoformat()})
        name = f"{Commune.Kind(row.kind).label} {row.name}"
        yield name, row.valid_from.date(), last, url


def sheet_context(snapshot, grade: str, sheet, query) -> dict:
    """The table of one verified assessment, as text."""
    titles = {
        "standard": _("Criteria for NTM"),
        "advanced": _("Criteria for advanced NTM"),
    }
    return {
        "title": titles[grade],
        "anchor": ANCHORS[grade],
        "file": FILES[grade],
        "set_line": set_line(sheet.criteria_set),
        "age_line": age_line(sheet),
        "before": sheet.standing.period_before,
        "is_illustrative": sheet.standing.is_illustrative,
        "is_wording_verified": sheet.is_wording_verified,
        "has_indicators": sheet.has_indicators,
        "sources": sheet.sources,
        "rows": [
            {
                "number": row.criterion.number,
                "name": row.criterion.local_name,
                "url": criterion_url(snapshot, row.criterion.number, query)
                if grade == "standard"
                else "",
                "finding": row.finding,
                "indicators": [indicator_cells(indicator) for indicator in row.indicators],
            }
            for row in sheet.rows
        ],
    }


def indicator_cells(row) -> dict:
    """One indicator's row of the table."""
    indicator, threshold = row.indicator, row.threshold
    return {
        "code": indicator.code,
        "name": indicator.local_name,
        "value": value_text(row.finding.value, indicator),
        "threshold": threshold_text(threshold, indicator),
        "is_own": threshold is not None and threshold.province_id is not None,
        "is_unverified": threshold is not None and not threshold.is_confirmed,
        "note": row.note,
        "finding": row.finding,
        "by_hand": row.by_hand,
        "change": change_text(row.finding.change),
    }


def lineage(snapshot, commune, query) -> dict:
    """What the unit was formed from and what it passed into; one query."""
    formed_from, passed_into = passages(commune)
    day_before = timedelta(days=1)
    return {
        "formed_from": [
            _passage(snapshot, part, part.old, part.change.effective_on - day_before, query)
            for part in formed_from
        ],
        "passed_into": [
            _passage(snapshot, part, part.new, part.change.effective_on, query)
            for part in passed_into
        ],
    }


def _passage(snapshot, part, other: Commune, on: date, query) -> dict:
    """One row of the lineage: the other unit on the day before or of the change."""
    return {
        "part": part,
        "name": other.full_name,
        "district": other.district.full_name if other.district else "",
        "url": commune_url(snapshot, other.code, query | {"as_of": on.isoformat()}),
        "people": percent(part.share_people * 100) if part.share_people is not None else "",
        "area": percent(part.share_area * 100) if part.share_area is not None else "",
    }

"""A district's dashboard: its communes, what holds them back, who comes next."""

from dataclasses import replace

from django.http import Http404
from django.utils.translation import gettext as _

from ntm_tracker.web import csp
from ntm_tracker.web.numbers import number, signed
from targets import progress, tables
from targets.files import table_file_of
from targets.files.units import LISTS, communes
from targets.lists import next_in_line, watch_lists
from targets.pages import of_province, render_body
from targets.state import commune_url, matrix_url, query_of, state_of
from targets.views.charts import describe
from targets.views.parts import approved_line, criteria_links, frame_of
from targets.wording import district_headline

TRENDS = ["district-recognised", "district-average"]
MAPS = ["map-grades", "map-bands"]


@csp.chart_page
@of_province
def district_page(request, province, district):
    return render_body(
        request,
        province,
        "targets/dashboard.html",
        "targets/_district.html",
        lambda snapshot: context_of(request, snapshot, district),
    )


def state_in_district(request, snapshot, district: str):
    """The filter form and the standpoint in the district with a code."""
    found = snapshot.districts.index[snapshot.districts["code"] == district]
    if not len(found):
        raise Http404
    form, at = state_of(request, snapshot, without=["district"])
    return form, replace(at, district=int(found[-1]))


district_table = table_file_of({"communes": communes, **LISTS}, state_in_district)


def context_of(request, snapshot, code: str):
    """Everything the district page prints."""
    form, at = state_in_district(request, snapshot, code)
    district = at.district
    unit = snapshot.districts.frame.loc[district]
    query = query_of(request) | {"district": unit["code"]}
    whole = tables.communes(snapshot, at)
    ours = tables.narrow(whole, replace(at, border=False, band=None))
    shown = tables.narrow(whole, at)
    compared = tables.districts(snapshot, at)
    row = next(iter(progress.rows_of(compared[compared.index == district])), None)

    def chart(name):
        return describe(snapshot.province, name, query, at)

    return frame_of(request, snapshot, form, at) | {
        "title": district_headline(unit, ours.frame, snapshot),
        "approved_line": approved_line(snapshot, at, commune__district=district),
        "page_name": "district",
        "district": unit,
        "facts": facts(row),
        "trends": [chart(name) for name in TRENDS],
        "criteria_charts": [chart("bottlenecks"), chart("bands")],
        "maps": [chart(name) for name in MAPS],
        "has_communes": bool(len(ours)),
        "has_verdicts": bool((ours["band"] >= 0).any()),
        "criteria_links": criteria_links(snapshot, at, query),
        "communes": commune_rows(snapshot, shown, query_of(request)),
        "matrix_url": matrix_url(snapshot, query),
        "watch_lists": watch_lists(snapshot, at, shown, query),
        "next_in_line": next_in_line(snapshot, at, shown, query),
    }


def facts(row) -> list[tuple[str, str]]:
    """The district's figures, as pairs of name and text."""
    if row is None:
        return []
    return [
        (_("Recognised communes"), f"{number(row.recognised)}/{number(row.of)}"),
        (_("Advanced communes"), number(row.advanced)),
        (_("Model communes"), number(row.model)),
        (_("Average criteria"), f"{number(row.mean, 2)} ({number(row.base)}/{number(row.of)})"),
        (_("On the quarter before"), signed(row.change, 2)),
        (_("Under 10 criteria"), number(row.below)),
    ]


def commune_rows(snapshot, shown, query):
    """The communes' table: name, address, grade, criteria met, last verified period."""
    return [
        {
            "name": row.name,
            "url": commune_url(snapshot, row.code, query),
            "rank_name": row.rank_name,
            "met": number(row.met),
            "basically": number(row.basically),
            "total": number(row.total),
            "is_border": row.is_border,
            "period_end": row.period_end,
            "band": row.band,
        }
        for row in progress.rows_of(shown)
    ]

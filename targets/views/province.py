"""The province's dashboard: is it on plan, where is it stuck, what comes next?"""

from django.shortcuts import redirect, render

from accounts.decorators import dashboard
from communes.models import Province
from ntm_tracker.web import csp
from ntm_tracker.web.numbers import number, signed
from targets import cards, progress, tables
from targets.files import table_file_of
from targets.files.units import LISTS, districts
from targets.lists import next_in_line, watch_lists
from targets.pages import of_province, render_body
from targets.state import district_url, matrix_url, published_url, query_of, state_of
from targets.views.charts import describe
from targets.views.parts import approved_line, criteria_links, frame_of
from targets.wording import headline, two_figures_note

TRENDS = ["recognised", "average"]
CRITERIA_CHARTS = ["bottlenecks"]
SPREAD = ["districts", "bands"]
MAPS = ["map-grades", "map-bands"]


@dashboard
def home(request):
    """To the first province that the reader may see."""
    province = Province.objects.visible_to(request.user).first()
    if province is None:
        return render(request, "targets/no_province.html")
    return redirect("province", province=province.code)


@csp.chart_page
@of_province
def province_page(request, province):
    return render_body(
        request,
        province,
        "targets/dashboard.html",
        "targets/_province.html",
        lambda snapshot: context_of(request, snapshot),
    )


province_table = table_file_of({"districts": districts, **LISTS}, state_of)


def context_of(request, snapshot):
    """Everything the province page prints."""
    form, at = state_of(request, snapshot)
    province = snapshot.province
    query = query_of(request)
    rows = tables.plan_rows(snapshot, at)
    communes = tables.communes(snapshot, at)
    shown = tables.narrow(communes, at)
    final, yearly = cards.by_years(rows, at.plan)
    return frame_of(request, snapshot, form, at) | {
        "title": headline(snapshot, rows),
        "page_name": "province",
        "approved_line": approved_line(snapshot, at),
        "seed_note": two_figures_note(snapshot, at),
        "cards": cards.cards(snapshot, at, final),
        "yearly_cards": cards.cards(snapshot, at, yearly),
        "trends": [describe(province, name, query, at) for name in TRENDS],
        "district_rows": district_rows(snapshot, at, query),
        "spread_charts": [describe(province, name, query, at) for name in SPREAD],
        "criteria_charts": [describe(province, name, query, at) for name in CRITERIA_CHARTS],
        "criteria_links": criteria_links(snapshot, at, query),
        "has_verdicts": bool((communes["band"] >= 0).any()),
        "maps": [describe(province, name, query, at) for name in MAPS],
        "matrix_url": matrix_url(snapshot, query),
        "published_url": published_url(snapshot, query),
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
        for row in progress.rows_of(rows)
    ]

"""A chart, the table of the same data and its files."""

from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.utils.text import slugify
from django.utils.translation import gettext as _

from ntm_tracker.web import csp
from ntm_tracker.web.downloads import Table, answer, links_to
from ntm_tracker.web.htmx import render_part
from ntm_tracker.web.numbers import day, number, percent, signed
from targets import tables
from targets.chart_list import CHANGE, CHARTS, COUNT, DAY, MEAN, PERCENT, TEXT
from targets.files import with_frame
from targets.forms import ChartForm
from targets.pages import of_province, remembered
from targets.snapshot import snapshot_of
from targets.state import address, chips_of, with_query
from targets.wording import standing_line

SHOWN = {
    TEXT: lambda value: "" if value != value else str(value),
    DAY: day,
    COUNT: number,
    MEAN: lambda value: number(value, 2),
    PERCENT: percent,
    CHANGE: lambda value: signed(value, 2),
}


def chart_or_404(name):
    if name not in CHARTS:
        raise Http404
    return CHARTS[name]


def standpoint_of(request, snapshot):
    return ChartForm(request.GET, snapshot=snapshot).standpoint


def describe(province, name: str, query: dict, at, **words) -> dict:
    """What a template needs to place a chart: addresses, title, keys, height."""
    chart = CHARTS[name]

    def at_address(ending):
        return with_query(address(ending, province=province.code, name=name), query)

    return {
        "name": name,
        "title": chart.title,
        "unit": chart.unit,
        "size": chart.size,
        "keys": chart.keys,
        "source": chart.source,
        "json_url": at_address("chart_json"),
        "files": links_to("chart_file", urlencode(query), province=province.code, name=name),
        "table_url": at_address("chart"),
        "file_name": f"{slugify(province.name)}-{name}-{at.as_of.isoformat()}",
    } | words


@of_province
def chart_json(request, province, name):
    """The figure, for plotly.js."""
    chart = chart_or_404(name)

    def make():
        snapshot = snapshot_of(province)
        table = chart.table(snapshot, standpoint_of(request, snapshot))
        return chart.figure(table).to_json()

    return HttpResponse(remembered(request, province, make), content_type="application/json")


@of_province
def chart_file(request, province, name, kind):
    """The chart's table as a file, with what it counts and as of when."""
    chart = chart_or_404(name)
    snapshot = snapshot_of(province)
    form = ChartForm(request.GET, snapshot=snapshot)
    at = form.standpoint
    table = chart.table(snapshot, at)
    columns = present(chart, table)
    made = Table(
        name=name,
        title=f"{chart.title} ({chart.unit})",
        header=[heading_in_file(heading, kind) for _column, heading, kind in columns],
        rows=table[[column for column, *_rest in columns]].itertuples(index=False),
    )
    filters = [words for words, _url in chips_of(request, form)]
    return answer(with_frame(made, snapshot, at, filters=filters), kind)


def heading_in_file(heading, kind: str) -> str:
    """A column's heading; where cells are bare numbers it says that they are per cent."""
    return f"{heading} (%)" if kind == PERCENT else str(heading)


def present(chart, table):
    """The chart's columns that the table has."""
    return [column for column in chart.columns if column[0] in table.columns]


@csp.chart_page
@of_province
def chart_page(request, province, name):
    """The chart with its table, on a page of its own; the table alone for htmx."""
    chart = chart_or_404(name)
    snapshot = snapshot_of(province)
    at = standpoint_of(request, snapshot)
    table = chart.table(snapshot, at)
    columns = present(chart, table)
    rows = [
        [
            (SHOWN[kind](value), kind != TEXT)
            for value, (*_names, kind) in zip(row, columns, strict=True)
        ]
        for row in table[[column for column, *_rest in columns]].itertuples(index=False)
    ]
    context = {
        "province": province,
        "title": chart.title,
        "as_of": at.as_of,
        "boundary_on": tables.boundary_day(at),
        "standing_line": standing_line(province, at),
        "is_illustrative": snapshot.is_illustrative,
        "chart": describe(province, name, request.GET.dict(), at),
        "headings": [(heading, kind != TEXT) for _column, heading, kind in columns],
        "rows": rows,
        "none": _("There is nothing to show for this day."),
    }
    return render_part(request, "targets/chart_page.html", "targets/_chart_table.html", context)

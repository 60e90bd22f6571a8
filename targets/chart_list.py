"""The charts there are: what each shows, its table and its figure. One entry serves the chart,
the table beneath it and its CSV file."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import pandas as pd
import plotly.graph_objects as go
from django.utils.translation import gettext_lazy as _

from targets import charts, maps, tables, trends, verdict_tables
from targets.forms import Standpoint
from targets.models import Metric
from targets.snapshot import Snapshot

TEXT, DAY, COUNT, MEAN, PERCENT, CHANGE = "text", "day", "count", "mean", "percent", "change"

TREND_KEYS = [
    ("computed", _("computed")),
    ("published", _("published")),
    ("plan", _("plan")),
    ("needed", _("pace needed")),
]
OF_SOURCE = _("Source: the province's register, approved assessments and plan.")


@dataclass(frozen=True)
class Chart:
    """A chart of the dashboards. `columns` are (column, heading, kind) of its table and CSV."""

    title: str
    unit: str
    table: Callable[[Snapshot, Standpoint], pd.DataFrame]
    figure: Callable[[pd.DataFrame], go.Figure]
    columns: list[tuple[str, str, str]]
    size: str = "md"
    keys: tuple = ()
    source: str = OF_SOURCE


def trend(metric: Metric, title: str, unit: str, kind: str) -> Chart:
    return Chart(
        title=title,
        unit=unit,
        table=partial(trends.trend, metric=metric.value),
        figure=partial(charts.trend, places={COUNT: 0, MEAN: 2}[kind]),
        columns=[
            ("date", _("Date"), DAY),
            ("computed", _("Computed"), kind),
            ("published", _("Published"), kind),
            ("base", _("Out of"), COUNT),
            ("plan", _("Plan"), kind),
            ("needed", _("Pace needed"), MEAN),
            ("source", _("Source"), TEXT),
        ],
        keys=TREND_KEYS,
    )


def district_trend(metric: Metric, title: str, unit: str, kind: str) -> Chart:
    return Chart(
        title=title,
        unit=unit,
        table=partial(trends.district_trend, metric=metric.value),
        figure=partial(charts.trend, places={COUNT: 0, MEAN: 2}[kind]),
        columns=[
            ("date", _("Date"), DAY),
            ("computed", _("Computed"), kind),
            ("base", _("Out of"), COUNT),
        ],
        size="sm",
    )


COMMUNE_COLUMNS = [
    ("code", _("Code"), TEXT),
    ("name", _("Commune"), TEXT),
    ("district", _("District"), TEXT),
    ("grade", _("Recognised as"), TEXT),
    ("met", _("Criteria met"), COUNT),
    ("basically", _("Basically met"), COUNT),
    ("total", _("Criteria"), COUNT),
    ("period_end", _("Verified for the period to"), DAY),
]

CHARTS = {
    "recognised": trend(
        Metric.COMMUNES_STANDARD,
        _("Recognised communes against the plan"),
        _("communes, at the end of each quarter"),
        COUNT,
    ),
    "average": trend(
        Metric.AVG_CRITERIA,
        _("Average criteria met by a commune"),
        _("criteria of 19, at the end of each quarter"),
        MEAN,
    ),
    "advanced": trend(
        Metric.COMMUNES_ADVANCED,
        _("Advanced communes against the plan"),
        _("communes, at the end of each quarter"),
        COUNT,
    ),
    "district-recognised": district_trend(
        Metric.COMMUNES_STANDARD,
        _("Recognised communes of the district"),
        _("communes, at the end of each quarter"),
        COUNT,
    ),
    "district-average": district_trend(
        Metric.AVG_CRITERIA,
        _("Average criteria met by a commune of the district"),
        _("criteria of 19, at the end of each quarter"),
        MEAN,
    ),
    "districts": Chart(
        title=_("Recognised communes in each district"),
        unit=_("communes recognised, of all communes of the district"),
        table=tables.district_frame,
        figure=charts.districts,
        columns=[
            ("name", _("District"), TEXT),
            ("recognised", _("Recognised"), COUNT),
            ("of", _("Communes"), COUNT),
            ("share", _("Share"), PERCENT),
            ("advanced", _("Advanced"), COUNT),
            ("model", _("Model"), COUNT),
            ("mean", _("Average criteria"), MEAN),
            ("change", _("Change on the quarter before"), CHANGE),
            ("below", _("Under 10 criteria"), COUNT),
        ],
        size="lg",
    ),
    "bottlenecks": Chart(
        title=_("Communes that do not meet each criterion"),
        unit=_("communes assessed, the hardest criterion on top"),
        table=verdict_tables.bottlenecks,
        figure=charts.bottlenecks,
        columns=[
            ("number", _("Number"), COUNT),
            ("title", _("Criterion"), TEXT),
            ("met", _("Met"), COUNT),
            ("basically", _("Basically met"), COUNT),
            ("not_met", _("Not met"), COUNT),
            ("base", _("Communes assessed"), COUNT),
            ("share", _("Share that meets it"), PERCENT),
        ],
        size="xl",
        keys=[("not-met", _("not met")), ("basically", _("basically met"))],
    ),
    "bands": Chart(
        title=_("Communes by number of criteria met"),
        unit=_("communes in each band"),
        table=tables.bands,
        figure=charts.bands,
        columns=[("label", _("Criteria met"), TEXT), ("communes", _("Communes"), COUNT)],
    ),
    "map-bands": Chart(
        title=_("Communes on the map, by criteria met"),
        unit=_("each commune as its area, or as a point at its centre"),
        table=tables.points,
        figure=partial(maps.commune_map, colour_by="band"),
        columns=COMMUNE_COLUMNS,
        size="lg",
    ),
    "map-grades": Chart(
        title=_("Communes on the map, by recognition"),
        unit=_("each commune as its area, or as a point at its centre"),
        table=tables.points,
        figure=partial(maps.commune_map, colour_by="grade"),
        columns=COMMUNE_COLUMNS,
        size="lg",
    ),
    "movement": Chart(
        title=_("Share of communes that meet the criterion"),
        unit=_("per cent of the communes assessed in each quarter"),
        table=trends.movement,
        figure=charts.movement,
        columns=[
            ("date", _("Date"), DAY),
            ("met", _("Met"), COUNT),
            ("base", _("Communes assessed"), COUNT),
            ("share", _("Share"), PERCENT),
            ("set_label", _("Criteria set"), TEXT),
        ],
    ),
    "by-district": Chart(
        title=_("Who meets the criterion, by district"),
        unit=_("per cent of the district's communes assessed"),
        table=verdict_tables.criterion_by_district,
        figure=charts.criterion_by_district,
        columns=[
            ("name", _("District"), TEXT),
            ("met", _("Met"), COUNT),
            ("basically", _("Basically met"), COUNT),
            ("base", _("Communes assessed"), COUNT),
            ("share", _("Share"), PERCENT),
        ],
        size="lg",
    ),
    "history": Chart(
        title=_("Criteria met by the commune"),
        unit=_("criteria, at the end of each quarter"),
        table=trends.commune_history,
        figure=charts.commune_history,
        columns=[
            ("date", _("Date"), DAY),
            ("met", _("Criteria met"), COUNT),
            ("basically", _("Basically met"), COUNT),
            ("total", _("Criteria"), COUNT),
            ("set_label", _("Criteria set"), TEXT),
        ],
    ),
}

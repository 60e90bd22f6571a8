"""Figures worked out, one address each."""

from django.http import Http404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import ValidationError

from targets import trends
from targets.api import examples, figure_rows, unit_standing
from targets.api import figure_serializers as shapes
from targets.api.asked import OF_COMMUNES, OF_COUNTS, OF_THE_DAY, SeriesQuery
from targets.api.figures import FigureList, Figures, envelope
from targets.api.geojson import COLLECTION


@extend_schema(responses=shapes.Progress, examples=examples.PROGRESS)
class Progress(FigureList):
    """Every target of the plan against what was reached.

    One row a target of the whole province: what was reached and out of how much, where the plan
    expected it to be, the gap, the pace now needed, the status, and the newest published figure
    beside it. On other `boundaries` counts are restated; the plan's judgement stays with the
    day's own.
    """

    filters = OF_COUNTS
    row_serializer = shapes.TargetProgress

    def rows(self, snapshot, at, asked):
        return figure_rows.targets(snapshot, at)


@extend_schema(responses=shapes.Series, examples=examples.SERIES)
class ProgressSeries(FigureList):
    """One target over the quarters of the plan.

    The metric at the end of every quarter with its base, the plan's line at the ends of years,
    and each published figure in a row of its own. On other `boundaries` only the totals of
    recognised communes are restated. Of a `district` there is neither plan nor published figure.
    """

    query_form = SeriesQuery
    filters = (*OF_COUNTS, "district")
    row_serializer = shapes.SeriesRow

    def answer(self, snapshot, at, asked):
        kind = asked["kind"] or (at.plan and trends.kind_of(snapshot, at.plan, asked["metric"]))
        return envelope(snapshot, at) | {
            "metric": asked["metric"],
            "kind": kind,
            "district": asked["district"] or None,
            "results": self.rows(snapshot, at, asked),
        }

    def rows(self, snapshot, at, asked):
        if asked["district"] and asked["boundaries"]:
            text = _("A district is counted on the boundaries of each day; leave this out.")
            raise ValidationError({"boundaries": [text]})
        return figure_rows.series(snapshot, at, asked["metric"], asked["kind"])


@extend_schema(responses=shapes.Districts, examples=examples.DISTRICTS)
class Districts(FigureList):
    """Districts side by side.

    Each district with communes in force on the day; none since districts were abolished on
    1 July 2025.
    """

    filters = OF_THE_DAY
    row_serializer = shapes.DistrictProgress

    def rows(self, snapshot, at, asked):
        return figure_rows.districts(snapshot, at)


@extend_schema(responses=shapes.Matrix, examples=examples.MATRIX)
class Matrix(FigureList):
    """Communes by criteria.

    Each commune that the filters leave, with its verdict on every criterion. In CSV each
    criterion is a column named by its number.
    """

    filters = OF_COMMUNES
    row_serializer = shapes.MatrixRow

    def answer(self, snapshot, at, asked):
        criteria, rows = figure_rows.matrix(snapshot, at)
        return envelope(snapshot, at) | {"criteria": criteria, "results": rows}

    def rows(self, snapshot, at, asked):
        return figure_rows.matrix(snapshot, at)[1]

    def columns(self, snapshot, at):
        numbers = [str(of["number"]) for of in figure_rows.matrix(snapshot, at)[0]]
        return [name for name in super().columns(snapshot, at) if name != "verdicts"] + numbers

    def flat(self, row):
        return row | row["verdicts"]


@extend_schema(responses=shapes.Bottlenecks, examples=examples.BOTTLENECKS)
class Bottlenecks(FigureList):
    """Which criteria hold most communes back, the hardest first.

    Each with the communes that meet it, that do not, and that were assessed at all.
    """

    filters = OF_COMMUNES
    row_serializer = shapes.BottleneckRow

    def rows(self, snapshot, at, asked):
        return figure_rows.bottlenecks(snapshot, at)


@extend_schema(responses=shapes.NextInLine, examples=examples.NEXT_IN_LINE)
class NextInLine(FigureList):
    """Communes not yet recognised that lack one or two criteria.

    The nearest first, each with the criteria that it lacks.
    """

    filters = OF_COMMUNES
    row_serializer = shapes.NextInLineRow

    def rows(self, snapshot, at, asked):
        return figure_rows.next_in_line(snapshot, at)

    def flat(self, row):
        return row | {"lacking": [f"{of['number']}. {of['title']}" for of in row["lacking"]]}


@extend_schema(responses={200: COLLECTION}, examples=examples.MAP)
class Map(Figures):
    """Communes as GeoJSON.

    A FeatureCollection as RFC 7946 describes it, in longitude and latitude: the area of a commune
    where one was uploaded, else its centre. What the figures are of stands beside the features.
    """

    filters = OF_COMMUNES

    def answer(self, snapshot, at, asked):
        features = figure_rows.features(snapshot, at)
        return {"type": "FeatureCollection"} | envelope(snapshot, at) | {"features": features}


@extend_schema(responses=shapes.Standing, examples=examples.STANDING)
class CommuneStanding(Figures):
    """Where one commune stands.

    For each grade its latest verified assessment: every criterion and indicator with value,
    threshold, verdict and age; its recognitions, and what is missing for the next grade. On a day
    before or after its time it is shown on the nearest day in force.
    """

    filters = ("as_of",)

    def answer(self, snapshot, at, asked):
        found = unit_standing.standing(snapshot, at, asked["code"])
        if found is None:
            raise Http404
        return found

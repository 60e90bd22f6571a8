"""The map of communes, drawn from `tables.points`; `targets.charts` says how figures are made."""

from math import cos, radians

import pandas as pd
import plotly.graph_objects as go
from django.utils.translation import gettext as _

from targets.charts import BAND_COLOURS, SENTENCE

GRADE_COLOURS = {
    "none": "var(--ntm-no-data)",
    "standard": "var(--ntm-grade-standard)",
    "advanced": "var(--ntm-grade-advanced)",
    "model": "var(--ntm-grade-model)",
}
GRADE_SYMBOLS = {
    "none": "circle-open",
    "standard": "circle",
    "advanced": "diamond",
    "model": "star",
}
ALONE, IN_AREA = 10, 5  # size of a commune's point in pixels
# As a fill the grey of what has no value would weigh more than all the rest.
FAINT = {"var(--ntm-no-data)": "var(--bs-secondary-bg)"}
HALO = ", ".join(["0 0 3px var(--bs-body-bg)"] * 3)
OUTLINE = {"width": 1, "color": "var(--ntm-marker-line)"}


def commune_map(table: pd.DataFrame, *, colour_by: str) -> go.Figure:
    """Communes in true proportion, coloured by band of criteria or by grade.

    Each is its area with a small point, or a larger point where it has none; the point's symbol
    says the grade without the colour. Names of districts stand in the middle of their communes, to
    find one's way by.

    A degree of longitude is shorter than one of latitude; the axes are scaled by the cosine.
    """
    figure = go.Figure()
    placed = table[table["latitude"].notna()]
    classes = [
        (label, look, rows)
        for key, label, look in _map_classes(colour_by)
        if len(rows := table[table["rank_name" if colour_by == "grade" else "band"] == key])
    ]
    for label, look, rows in classes:
        for row in rows[rows["rings"].notna()].itertuples(index=False):
            figure.add_trace(_area(row, str(label), look["color"]))
    for label, look, rows in classes:
        rows = rows[rows["latitude"].notna()]
        figure.add_scatter(
            x=rows["longitude"].tolist(),
            y=rows["latitude"].tolist(),
            mode="markers",
            name=str(label),
            legendgroup=str(label),
            marker=look | {"size": _sizes(rows), "line": OUTLINE},
            customdata=rows["sentence"].tolist(),
            hovertemplate=SENTENCE,
        )
    middle = placed["latitude"].mean() if len(placed) else 21.8
    named = placed[placed["district"] != ""].groupby("district")[["longitude", "latitude"]].mean()
    figure.add_scatter(
        x=named["longitude"].tolist(),
        y=named["latitude"].tolist(),
        text=named.index.tolist(),
        mode="text",
        textfont={"color": "var(--ntm-map-label)", "size": 11, "shadow": HALO},
        hoverinfo="skip",
        showlegend=False,
    )
    figure.update_xaxes(visible=False)
    figure.update_yaxes(visible=False, scaleanchor="x", scaleratio=_longitude_ratio(middle))
    figure.update_layout(
        dragmode="pan",
        showlegend=True,
        legend={
            "orientation": "h",
            "y": -0.02,
            "yanchor": "top",
            "x": 0,
            "itemsizing": "constant",
        },
    )
    return figure


def _area(row, group: str, colour: str) -> go.Scatter:
    """The rings of one commune as one filled line; they are parted by gaps."""
    corners = [corner for ring in row.rings for corner in [*ring, (None, None)]][:-1]
    return go.Scatter(
        x=[x for x, _y in corners],
        y=[y for _x, y in corners],
        mode="lines",
        line=OUTLINE,
        fill="toself",
        fillcolor=FAINT.get(colour, colour),
        hoveron="fills",
        hoverinfo="text",
        text=row.sentence,
        legendgroup=group,
        showlegend=False,
    )


def _sizes(rows: pd.DataFrame) -> list[int] | int:
    """Of the points: those in areas are small; one number where none has an area."""
    if rows["rings"].isna().all():
        return ALONE
    return [ALONE if rings is None else IN_AREA for rings in rows["rings"]]


def _longitude_ratio(latitude: float) -> float:
    """How much longer a degree of latitude is than one of longitude at a latitude."""
    return 1 / cos(radians(latitude))


def _map_classes(colour_by):
    if colour_by == "grade":
        labels = {
            "model": _("Model NTM"),
            "advanced": _("Advanced NTM"),
            "standard": _("NTM"),
            "none": _("Not recognised"),
        }
        return [
            (key, label, {"color": GRADE_COLOURS[key], "symbol": GRADE_SYMBOLS[key]})
            for key, label in labels.items()
        ]
    labels = ["19", "15–18", "10–14", "5–9", _("under 5")]
    classes = [
        (band, _("%(band)s criteria") % {"band": label}, {"color": BAND_COLOURS[band]})
        for band, label in enumerate(labels)
    ]
    return [
        *classes,
        (-1, _("Not assessed"), {"color": "var(--ntm-no-data)", "symbol": "x-thin-open"}),
    ]

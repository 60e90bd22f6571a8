"""Figures for plotly.js, drawn from the tables of `targets.tables` and `targets.trends`.

Colours are named by the CSS properties of `site.css`, which the browser looks up, so that a
figure serves light and dark alike. No figure carries a template: `charts.js` has the one there is.
"""

from textwrap import wrap

import pandas as pd
import plotly.graph_objects as go
import plotly.io
from django.utils.translation import gettext as _

from ntm_tracker.web.numbers import day, number, percent, signed

plotly.io.templates.default = None

BAND_COLOURS = [f"var(--ntm-band-{band})" for band in (4, 3, 2, 1, 0)]
SENTENCE = "%{customdata}<extra></extra>"
FIXED = {"fixedrange": True}
LABEL_WIDTH = 30  # characters
LEGIBLE = 10  # communes: the number fits into a bar that long, also on a phone


def trend(table: pd.DataFrame, *, places: int) -> go.Figure:
    """Computed, published, planned and needed values over time.

    `table` as `trends.trend` makes it; `places` decimals in the labels.
    """
    figure = go.Figure()
    lines = [
        ("plan", _("Plan"), "var(--ntm-plan)", "dash", "lines+markers+text"),
        ("needed", _("Pace needed"), "var(--ntm-behind)", "dot", "lines"),
        ("computed", _("Computed"), "var(--ntm-computed)", "solid", "lines+markers"),
    ]
    for column, label, colour, dash, mode in lines:
        rows = table[table[column].notna()]
        if rows.empty:
            continue
        texts = [number(value, places) for value in rows[column]]
        figure.add_scatter(
            x=_iso_days(rows),
            y=rows[column].tolist(),
            name=label,
            mode=mode,
            line={"color": colour, "dash": dash, "width": 2},
            marker={"color": colour, "size": 5},
            text=texts if "text" in mode else None,
            textposition="top left",
            textfont={"color": colour, "size": 11},
            customdata=[
                f"{label}, {day(on)}: <b>{text}</b>"
                for on, text in zip(rows["date"], texts, strict=True)
            ],
            hovertemplate=SENTENCE,
        )
    published = table[table["published"].notna()]
    figure.add_scatter(
        x=_iso_days(published),
        y=published["published"].tolist(),
        name=_("Published"),
        mode="markers",
        marker={"symbol": "circle-open", "size": 12, "color": "var(--ntm-published)"},
        customdata=[
            _("Published, %(day)s: %(value)s")
            % {"day": day(row.date), "value": f"<b>{number(row.published, places)}</b>"}
            for row in published.itertuples()
        ],
        hovertemplate=SENTENCE,
    )
    figure.update_xaxes(**_year_ends(table["date"]), **FIXED)
    figure.update_yaxes(**FIXED)
    figure.update_layout(hovermode="closest")
    return figure


def _year_ends(dates: pd.Series) -> dict:
    """An axis of days that names the ends of years, which reports are written for."""
    if dates.empty:
        return {"visible": False}
    years = range(dates.min().year, dates.max().year + 1)
    return {
        "tickvals": [f"{year}-12-31" for year in years],
        "ticktext": [_("end %(year)s") % {"year": year} for year in years],
    }


def districts(table: pd.DataFrame) -> go.Figure:
    """Recognised communes of each district out of all its communes, best share last on top."""
    rows = table.sort_values("share", ascending=True, kind="stable")
    names = rows["name"].tolist()
    figure = go.Figure()
    figure.add_bar(
        y=names,
        x=rows["of"].tolist(),
        orientation="h",
        name=_("All communes"),
        marker={"color": "var(--ntm-bar-base)"},
        hoverinfo="skip",
    )
    figure.add_bar(
        y=names,
        x=rows["recognised"].tolist(),
        orientation="h",
        name=_("Recognised communes"),
        marker={"color": "var(--ntm-computed)"},
        text=[f"{number(row.recognised)}/{number(row.of)}" for row in rows.itertuples()],
        textposition="outside",
        cliponaxis=False,
        customdata=[
            _("%(name)s: %(count)s of %(of)s communes recognised (%(share)s)")
            % {
                "name": row.name,
                "count": f"<b>{number(row.recognised)}</b>",
                "of": number(row.of),
                "share": percent(row.share),
            }
            for row in rows.rename(columns={"name": "label"})
            .assign(name=rows["name"])
            .itertuples(index=False)
        ],
        hovertemplate=SENTENCE,
    )
    figure.update_layout(barmode="overlay", bargap=0.35)
    figure.update_xaxes(rangemode="tozero", **FIXED)
    figure.update_yaxes(**FIXED)
    return figure


def wrapped(text: str) -> str:
    """A label over several lines, so that it leaves room for the bars on a phone."""
    return "<br>".join(wrap(text, LABEL_WIDTH))


def bottlenecks(table: pd.DataFrame) -> go.Figure:
    """For each criterion the communes that do not meet it, the hardest on top."""
    rows = table[::-1]
    names = [wrapped(f"{row.number}. {row.title}") for row in rows.itertuples()]
    parts = [
        ("not_met", _("Not met"), "var(--ntm-behind)"),
        ("basically", _("Basically met"), "var(--ntm-slightly-behind)"),
    ]
    figure = go.Figure()
    for column, label, colour in parts:
        figure.add_bar(
            y=names,
            x=rows[column].tolist(),
            orientation="h",
            name=label,
            marker={"color": colour},
            text=[number(value) if value >= LEGIBLE else "" for value in rows[column]],
            textposition="inside",
            insidetextanchor="end",
            textangle=0,
            customdata=[
                _("%(criterion)s – %(verdict)s: %(count)s of %(base)s communes")
                % {
                    "criterion": f"{row.number}. {row.title}",
                    "verdict": label.lower(),
                    "count": f"<b>{number(getattr(row, column))}</b>",
                    "base": number(row.base),
                }
                for row in rows.itertuples()
            ],
            hovertemplate=SENTENCE,
        )
    figure.update_layout(barmode="stack", bargap=0.25)
    figure.update_xaxes(rangemode="tozero", **FIXED)
    figure.update_yaxes(tickmode="linear", **FIXED)
    return figure


def bands(table: pd.DataFrame) -> go.Figure:
    """Communes by the number of criteria they meet, best band first."""
    figure = go.Figure()
    total = int(table["communes"].sum())
    figure.add_bar(
        x=table["label"].tolist(),
        y=table["communes"].tolist(),
        marker={"color": BAND_COLOURS[: len(table)]},
        text=[number(value) for value in table["communes"]],
        textposition="outside",
        cliponaxis=False,
        customdata=[
            _("%(band)s criteria: %(count)s of %(base)s communes")
            % {
                "band": row.label,
                "count": f"<b>{number(row.communes)}</b>",
                "base": number(total),
            }
            for row in table.itertuples()
        ],
        hovertemplate=SENTENCE,
    )
    figure.update_xaxes(type="category", **FIXED)
    figure.update_yaxes(rangemode="tozero", **FIXED)
    return figure


def movement(table: pd.DataFrame) -> go.Figure:
    """Share of communes that meet a criterion, quarter by quarter."""
    figure = go.Figure()
    for label, rows in table.groupby("set_label", sort=False):
        figure.add_scatter(
            x=_iso_days(rows),
            y=rows["share"].tolist(),
            mode="lines+markers",
            name=label,
            line={"color": "var(--ntm-computed)", "width": 2},
            marker={"size": 6},
            customdata=[
                _("%(day)s: %(count)s of %(base)s communes (%(share)s), %(set)s")
                % {
                    "day": day(row.date),
                    "count": f"<b>{number(row.met)}</b>",
                    "base": number(row.base),
                    "share": percent(row.share),
                    "set": label,
                }
                for row in rows.itertuples()
            ],
            hovertemplate=SENTENCE,
        )
    figure.update_xaxes(**_year_ends(table["date"]), **FIXED)
    figure.update_yaxes(range=[0, 105], ticksuffix=" %", **FIXED)
    return figure


def criterion_by_district(table: pd.DataFrame) -> go.Figure:
    """Share of each district's communes that meet a criterion."""
    figure = go.Figure()
    figure.add_bar(
        y=table["name"].tolist(),
        x=table["share"].tolist(),
        orientation="h",
        marker={"color": "var(--ntm-computed)"},
        text=[f"{number(row.met)}/{number(row.base)}" for row in table.itertuples()],
        textposition="outside",
        cliponaxis=False,
        customdata=[
            _("%(name)s: %(count)s of %(of)s communes meet it (%(share)s)")
            % {
                "name": row.name,
                "count": f"<b>{number(row.met)}</b>",
                "of": number(row.base),
                "share": percent(row.share),
            }
            for row in table.itertuples(index=False)
        ],
        hovertemplate=SENTENCE,
    )
    shares = [0, 25, 50, 75, 100]
    ticks = {"tickvals": shares, "ticktext": [percent(share, 0) for share in shares]}
    figure.update_xaxes(range=[0, 115], **ticks, **FIXED)
    figure.update_yaxes(**FIXED)
    return figure


def commune_history(table: pd.DataFrame) -> go.Figure:
    """Criteria one commune met, period by period; a gap where the criteria set changed."""
    figure = go.Figure()
    for label, rows in table.groupby("set_label", sort=False):
        figure.add_scatter(
            x=_iso_days(rows),
            y=rows["met"].tolist(),
            mode="lines+markers",
            name=label,
            line={"color": "var(--ntm-computed)", "width": 2, "shape": "hv"},
            marker={"size": 6},
            customdata=[
                _("%(day)s: %(met)s of %(total)s criteria (%(change)s), %(set)s")
                % {
                    "day": day(row.date),
                    "met": f"<b>{number(row.met)}</b>",
                    "total": number(row.total),
                    "change": signed(row.change)
                    if row.is_comparable
                    else _("not comparable with the period before"),
                    "set": label,
                }
                for row in rows.itertuples()
            ],
            hovertemplate=SENTENCE,
        )
    figure.update_xaxes(**_year_ends(table["date"]), **FIXED)
    figure.update_yaxes(range=[0, 20], dtick=5, **FIXED)
    return figure


def _iso_days(rows: pd.DataFrame) -> list[str]:
    """The days of a table as plotly.js reads them; a table without rows has none."""
    return [f"{moment:%Y-%m-%d}" for moment in rows["date"]]

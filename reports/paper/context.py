"""What a Word template may name: the content, with numbers for tables and pictures of charts."""

from collections.abc import Callable
from dataclasses import asdict

from reports.content import Content
from reports.paper.typesetting import pictures


def context_of(content: Content, source: str, picture: Callable[[bytes, str], object]) -> dict:
    """`picture(png, alt)` makes what the template puts where a chart stands."""
    context = asdict(content) | {"source": source}
    sections = context["sections"].values()
    for number, table in enumerate(
        (table for section in sections for table in section["tables"].values()), start=1
    ):
        table["number"] = number
        table["note"] = f"{table['note']} {source}".strip()
    charts = [chart for of in content.sections.values() for chart in of.charts.values()]
    shown = [chart for section in sections for chart in section["charts"].values()]
    for number, (chart, png) in enumerate(zip(shown, pictures(charts), strict=True), start=1):
        chart["number"] = number
        chart["picture"] = picture(png, chart["alt"])
    return _printable(context)


# What XML cannot hold is left out, also of names that somebody typed.
UNPRINTABLE = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF])


def _printable(value):
    if isinstance(value, str):
        return value.translate(UNPRINTABLE)
    if isinstance(value, dict):
        return {name: _printable(of) for name, of in value.items()}
    if isinstance(value, (list, tuple)):
        return [_printable(of) for of in value]
    return value

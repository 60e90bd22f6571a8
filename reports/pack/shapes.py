"""The tables of the pack by section: the width of each column, in hundredths of the line.

A column marked # holds numbers, which stand to the right. The Word template is built from these.
"""

from collections.abc import Iterable, Sequence

from reports.content import Column, Table

WRITTEN = {
    "result": {"plan": "5.5# 28.5 12# 14# 14# 14# 12", "district": "6# 32 15# 16# 16# 15#"},
    "recognised": {"grades": "40 15# 15# 30#", "new": "8# 36 26 30"},
    "spread": {"bands": "60 40#"},
    "criteria": {"criteria": "7# 38 10# 11# 11# 11# 12#"},
    "places": {"districts": "20 14# 11# 11# 10# 12# 11# 11#", "communes": "8# 30 22 24 16#"},
    "border": {"border": "8# 30 22 24 16#"},
    "watch": {"below": "40 35 25#", "fell": "34 28 20# 18#", "ended": "15 13 17 15 18 22"},
    "next": {"next": "20 18 14# 48"},
    "pace": {"pace": "46 18# 18# 18#"},
    "tasks": {},
}


def shape(section: str, name: str) -> list[tuple[float, bool]]:
    """Width, as a share of the line, and whether it holds numbers, of each column."""
    columns = WRITTEN[section][name].split()
    return [(float(column.rstrip("#")) / 100, column.endswith("#")) for column in columns]


def table(
    section: str,
    name: str,
    caption: str,
    titles: Sequence[str],
    rows: Iterable[tuple[str, ...]],
    note: str = "",
) -> Table:
    columns = tuple(
        Column(str(title), width, is_number)
        for title, (width, is_number) in zip(titles, shape(section, name), strict=True)
    )
    return Table(caption, columns, tuple(rows), note)

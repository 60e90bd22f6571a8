"""What a summary workbook was understood as, and what was not, in words."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from criteria.excel.filled import place
from criteria.summary.known import Known
from criteria.summary.reading import Reading
from criteria.summary.roles import Column, ColumnKind, Finding, Row, RowKind, Unread, Why
from ntm_tracker.web.uploaded.sheets import address

WHY = {
    Why.NO_HEADING: gettext_lazy("it has no heading"),
    Why.HEADING: gettext_lazy("its heading names no criterion or indicator of this set"),
    Why.SUBHEADING: gettext_lazy("its heading does not say that it holds the result"),
    Why.CONFLICT: gettext_lazy("its headings name different criteria"),
    Why.TWICE: gettext_lazy("another column is about the same"),
    Why.NO_NAME: gettext_lazy("it names no commune"),
    Why.NO_SUCH_UNIT: gettext_lazy("no commune of this period has that name"),
    Why.SEVERAL_UNITS: gettext_lazy("several communes have that name, and no district is given"),
    Why.OTHER_DISTRICT: gettext_lazy("no commune of the district above has that name"),
    Why.NO_SUCH_DISTRICT: gettext_lazy("the province has no such district"),
    Why.DISTRICT_OR_COMMUNE: gettext_lazy("both a district and a commune have that name"),
    Why.UNIT_TWICE: gettext_lazy("the workbook gives it twice"),
    Why.ERROR: gettext_lazy("its formula gives an error"),
    Why.UNSTORED: gettext_lazy("the file does not hold the result of its formula"),
    Why.DAY: gettext_lazy("Excel turned it into a date"),
    Why.UNREADABLE: gettext_lazy("it is neither a result nor a number"),
}
COLUMNS = {
    ColumnKind.ORDER: gettext_lazy("running number"),
    ColumnKind.NAME: gettext_lazy("names of communes"),
    ColumnKind.DISTRICT: gettext_lazy("names of districts"),
    ColumnKind.TOTAL: gettext_lazy("total or remark, not read"),
    ColumnKind.SKIPPED: gettext_lazy("left out"),
}
ROWS = {
    RowKind.DISTRICT: gettext_lazy("heading of a district"),
    RowKind.TOTAL: gettext_lazy("total, not read"),
    RowKind.SKIPPED: gettext_lazy("left out"),
}
# Of one column, so many cells are named.
MOST_NAMED = 8


def column_meaning(column: Column, known: Known) -> str:
    """What a column was understood as."""
    if column.kind is ColumnKind.UNKNOWN:
        return _("not understood: %(why)s") % {"why": WHY[column.why]}
    if column.kind is not ColumnKind.FINDING:
        return str(COLUMNS[column.kind])
    target = known.targets[column.code]
    words = {"code": target.code, "name": target.name}
    if not target.line:
        return _("%(code)s %(name)s: only compared, as it has several indicators") % words
    return f"{target.code} {target.name}"


def row_meaning(row: Row, known: Known) -> str:
    """What a row was understood as."""
    if row.kind is RowKind.UNKNOWN:
        return _("not understood: %(why)s") % {"why": WHY[row.why]}
    if row.kind is RowKind.UNIT:
        unit = known.units[row.unit]
        return f"{unit.name} ({unit.district})" if unit.district else unit.name
    return str(ROWS[row.kind])


def not_understood(reading: Reading) -> Iterator[str]:
    """A sentence for each column and row not understood, and for the cells of a column."""
    for column in reading.unknown_columns:
        yield _("Sheet “%(sheet)s”, column %(column)s “%(heading)s”: %(why)s. It is not read.") % {
            "sheet": reading.sheet.name,
            "column": letters(column),
            "heading": column.heading,
            "why": WHY[column.why],
        }
    for row in reading.unknown_rows:
        yield _("%(place)s “%(label)s”: %(why)s. It is not read.") % {
            "place": place(reading.sheet.name, row.number),
            "label": row.label,
            "why": WHY[row.why],
        }
    cells = {}
    for unread in reading.unread:
        cells.setdefault((unread.column, unread.why), []).append(unread)
    for (_column, why), several in cells.items():
        yield _("Sheet “%(sheet)s”, not read, as %(why)s: %(cells)s.") % {
            "sheet": reading.sheet.name,
            "why": WHY[why],
            "cells": _named(several),
        }


def letters(column: Column) -> str:
    """The letters that spreadsheets name a column by."""
    return address(0, column.number).rstrip("1")


def no_assessment(name: str) -> str:
    return _("%(commune)s has no assessment in this period, so nothing is written.") % {
        "commune": name
    }


def no_claim(sheet: str, row: int, column: int, finding: Finding) -> str:
    return _(
        "%(place)s “%(text)s”: criterion %(code)s has several indicators, so only met or not met "
        "can be compared."
    ) % {"place": place(sheet, row, column), "text": finding.text, "code": finding.code}


def no_communes() -> str:
    return _(
        "No sheet has a column with names of communes of this period. Check that the file is the "
        "summary of this province, or choose the period it is for."
    )


def _named(several: list[Unread]) -> str:
    names = [
        f"{address(u.row, u.column)} “{u.cell.text}”" if u.cell.text else address(u.row, u.column)
        for u in several[:MOST_NAMED]
    ]
    more = len(several) - MOST_NAMED
    return ", ".join(names) + (_(" and %(count)d more") % {"count": more} if more > 0 else "")

"""The cells of the grid and of its preview, thousands at a time: strings, not template loops."""

from collections.abc import Iterable
from itertools import groupby

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from communes.models import District
from criteria.grid.inputs import input_name
from criteria.grid.reading import Row, finding_text
from criteria.measures import threshold_text
from criteria.planned import Cell, Plan
from criteria.sheets import Line
from ntm_tracker.web.numbers import MISSING

INPUT = '<td><input class="cell" name="{}" value="{}" aria-label="{}, {}" autocomplete="off"></td>'
CELL = '<td class="{}">{}</td>'
BLANK = "<td></td>"


def by_district(rows: Iterable[Row]) -> list[tuple[District | None, list[Row]]]:
    """Rows that follow one another, in their districts."""
    return [(district, list(own)) for district, own in groupby(rows, lambda row: row.district)]


def heads(rows: list[Row], columns: list[Line]) -> list[tuple[Line, str, str]]:
    """Each line with its threshold and why its verdict is typed; empty where rows differ."""
    kinds = list({id(row.lines): row.lines for row in rows}.values())
    return [
        (
            column,
            _common({_threshold(lines[column.code]) for lines in kinds}),
            _common({lines[column.code].by_hand for lines in kinds}),
        )
        for column in columns
    ]


def input_cells(row: Row, columns: list[Line]) -> SafeString:
    """The cells of a row to be typed into; of one that takes no scores, to be read."""
    if row.shut:
        return text_cells(row, columns)
    name, pk = escape(row.commune), row.assessment.pk
    lines = [row.lines[column.code] for column in columns]
    return mark_safe(
        "".join(
            INPUT.format(input_name(pk, line.code), escape(row.text(line)), line.code, name)
            for line in lines
        )
    )


def text_cells(row: Row, columns: list[Line]) -> SafeString:
    found = [row.found(row.lines[column.code]) for column in columns]
    return mark_safe(
        "".join(CELL.format("num", finding_text(f.value, f.verdict) or MISSING) for f in found)
    )


def preview_rows(plan: Plan) -> tuple[list[Line], list[tuple[Row, SafeString]]]:
    """The columns and rows that the block speaks of, each row with its cells."""
    at = {(id(cell.row), cell.line.code): cell for cell in plan.cells}
    codes = {cell.line.code for cell in plan.cells}
    rows = list({id(cell.row): cell.row for cell in plan.cells}.values())
    columns = [line for line in rows[0].lines.values() if line.code in codes] if rows else []
    return columns, [
        (row, mark_safe("".join(_preview_cell(at.get((id(row), c.code))) for c in columns)))
        for row in rows
    ]


def _preview_cell(cell: Cell | None) -> str:
    if cell is None:
        return BLANK
    if cell.refusal:
        return CELL.format("g-refused", f"✕ {escape(cell.typed)}")
    if cell.change is None:
        return CELL.format("g-same", f"= {cell.old_text or MISSING}")
    old, new = cell.old_text, cell.new_text or MISSING
    if cell.change.note != cell.was.note:
        new = f"{new} ✎"
    if cell.is_stale:
        return CELL.format("g-stale", f"! {old or MISSING} → {new}")
    return CELL.format("g-changed", f"{old} → {new}") if old else CELL.format("g-new", f"+ {new}")


def _threshold(line: Line) -> str:
    return threshold_text(line.threshold, line.indicator) if line.indicator else ""


def _common(texts: set[str]) -> str:
    return texts.pop() if len(texts) == 1 else ""

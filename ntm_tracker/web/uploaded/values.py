"""Values of cells as text."""

import unicodedata
from datetime import date, datetime, time
from decimal import Decimal

from ntm_tracker.web.uploaded.sheets import BLANK, Cell, Kind, Place, Row

# Finer digits are what arithmetic on binary fractions leaves behind.
MOST_DECIMALS = 8


def text_cell(text: str) -> Cell:
    """A cell of text: in one spelling (NFC), without outer spaces."""
    shown = unicodedata.normalize("NFC", text).strip()
    return Cell(shown, Kind.TEXT) if shown else BLANK


def number_text(value: float) -> str:
    """A number as Excel shows it: 14.5 for 14.500000000000002, no exponent, no needless zero."""
    exact = Decimal(f"{value:.15g}")
    if -exact.as_tuple().exponent > MOST_DECIMALS:
        exact = round(exact, MOST_DECIMALS)
    shown = f"{exact:f}"
    if "." in shown:
        shown = shown.rstrip("0").rstrip(".")
    return "0" if shown == "-0" else shown


def cell_of(value, *, is_percent: bool = False) -> Cell:
    """The cell for a value that was read: text, a number, a day, a truth."""
    if isinstance(value, str):
        return text_cell(value)
    if isinstance(value, bool):
        return Cell("TRUE" if value else "FALSE", Kind.TRUTH)
    if isinstance(value, int | float):
        if is_percent:
            return Cell(f"{number_text(value * 100)}%", Kind.PERCENT)
        return Cell(number_text(value), Kind.NUMBER)
    if isinstance(value, datetime) and value.time() == time():
        value = value.date()
    if isinstance(value, date):
        return Cell(value.isoformat(), Kind.DAY)
    return text_cell(str(value))


def marked_rows(values: list[list], marks: dict[Place, Cell], percents: set[Place]) -> list[Row]:
    """Rows of values as cells, with what is told of some of them besides."""
    rows = [
        [
            cell_of(value, is_percent=(number, column) in percents)
            for column, value in enumerate(row)
        ]
        for number, row in enumerate(values)
    ]
    for (number, column), mark in marks.items():
        rows.extend([] for _ in range(number + 1 - len(rows)))
        rows[number].extend([BLANK] * (column + 1 - len(rows[number])))
        rows[number][column] = mark
    return rows

"""Tables as CSV that spreadsheets open safely."""

import csv
from collections.abc import Iterable, Iterator
from datetime import datetime
from decimal import Decimal
from io import StringIO

PIECE = 64 * 1024
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def safe_cell(value) -> str:
    """A cell as text; what a spreadsheet would run as a formula gets a leading apostrophe.

    Numbers keep their sign: only text is neutralised. Numbers end without zeros, moments
    of a day stand as the day.
    """
    if type(value) is str:  # most cells by far
        return f"'{value}" if value.startswith(FORMULA_STARTS) else value
    if value is None or value != value:  # NaN is the one value unlike itself
        return ""
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return f"'{value}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, datetime):
        return value.date().isoformat()
    return str(value)


def to_csv(header: Iterable[str], rows: Iterable[Iterable], notes: Iterable[str] = ()) -> str:
    """CSV in UTF-8 with a byte-order mark, for Excel; `notes` follow below the rows."""
    return "".join(csv_lines(header, rows, notes))


def csv_lines(
    header: Iterable[str], rows: Iterable[Iterable], notes: Iterable[str] = ()
) -> Iterator[str]:
    """The same piece by piece, for tables too long to hold."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    text.write("\ufeff")
    writer.writerow([safe_cell(cell) for cell in header])
    for row in rows:
        writer.writerow([safe_cell(cell) for cell in row])
        if text.tell() > PIECE:
            yield text.getvalue()
            text.seek(0)
            text.truncate()
    if notes := list(notes):
        writer.writerow([])
        writer.writerows([safe_cell(note)] for note in notes)
    yield text.getvalue()

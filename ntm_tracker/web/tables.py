"""Tables as CSV that spreadsheets open safely."""

import csv
from collections.abc import Iterable
from datetime import datetime
from io import StringIO

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def safe_cell(value) -> str:
    """A cell as text; what a spreadsheet would run as a formula gets a leading apostrophe.

    Numbers keep their sign: only text is neutralised. Whole numbers have no decimals, moments
    of a day stand as the day.
    """
    if value is None or value != value:  # NaN is the one value unlike itself
        return ""
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return f"'{value}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat()
    return str(value)


def to_csv(header: Iterable[str], rows: Iterable[Iterable], notes: Iterable[str] = ()) -> str:
    """CSV in UTF-8 with a byte-order mark, for Excel; `notes` follow below the rows."""
    text = StringIO()
    text.write("\ufeff")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([safe_cell(cell) for cell in header])
    writer.writerows([safe_cell(cell) for cell in row] for row in rows)
    if notes:
        writer.writerow([])
        writer.writerows([safe_cell(note)] for note in notes)
    return text.getvalue()

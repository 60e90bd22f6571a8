"""Tables as Excel workbooks, in which no text is a formula and codes keep their zeros."""

from collections.abc import Iterable
from datetime import date, datetime
from io import BytesIO
from numbers import Number

import xlsxwriter

# What Excel takes: characters of a sheet's name, rows of a sheet.
MOST_CHARS_OF_NAME = 31
FORBIDDEN_IN_NAME = str.maketrans("", "", "[]:*?/\\'")
NARROWEST, WIDEST = 8, 60
# Nothing that somebody typed is run or followed.
AS_TYPED = {
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
    "in_memory": True,
}


def to_xlsx(
    title: str, header: Iterable[str], rows: Iterable[Iterable], notes: Iterable[str] = ()
) -> bytes:
    """A workbook of one sheet: the title and the notes, then the header, then the rows.

    The header stays in view. Numbers and days are cells of that kind, all else is text.
    """
    file = BytesIO()
    with xlsxwriter.Workbook(file, AS_TYPED) as book:
        book.remove_timezone = True
        sheet = book.add_worksheet(sheet_name(title))
        bold = book.add_format({"bold": True})
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        above = [title, *notes]
        for number, line in enumerate(above):
            sheet.write_string(number, 0, line, bold if number == 0 else None)
        first = len(above) + 1
        header = list(header)
        widths = [len(heading) for heading in header]
        sheet.write_row(first, 0, header, head)
        for number, row in enumerate(rows, start=first + 1):
            for column, value in enumerate(row):
                shown = _write(sheet, number, column, value, day)
                widths[column] = max(widths[column], shown)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, min(max(width + 2, NARROWEST), WIDEST))
        sheet.freeze_panes(first + 1, 1)
    return file.getvalue()


def sheet_name(title: str) -> str:
    """A title as the name of a sheet, cut to what Excel takes."""
    return title.translate(FORBIDDEN_IN_NAME)[:MOST_CHARS_OF_NAME].strip() or "1"


def _write(sheet, row: int, column: int, value, day) -> int:
    """Write one cell; how many characters it shows."""
    if value is None or value != value:  # NaN is the one value unlike itself
        return 0
    if isinstance(value, date):
        moment = value if isinstance(value, datetime) else datetime(*value.timetuple()[:3])  # noqa: DTZ001
        sheet.write_datetime(row, column, moment, day)
        return len("31/12/2025")
    if isinstance(value, Number) and not isinstance(value, bool):
        sheet.write_number(row, column, value)
    else:
        sheet.write_string(row, column, str(value))
    return len(str(value))

"""The second sheet: every indicator of every commune."""

from datetime import datetime
from itertools import groupby

from reports.workbook.look import DISTRICT, Look, Page, on_paper, title_block
from reports.workbook.shapes import NARROWEST, roman
from reports.workbook.values import Heading, Row, Values

NAME = "Chỉ tiêu"
TITLE = "GIÁ TRỊ CÁC CHỈ TIÊU"
LEGEND = (
    "Đơn vị tính ghi ở từng chỉ tiêu. Đ: đạt; CĐ: cơ bản đạt; K: chưa đạt; KA: không áp dụng; ô "
    "trống: không có số liệu. Mức: mức đạt chuẩn."
)
BEFORE = ("TT", "Đơn vị", "Ghi chú: thẩm định đến ngày", "Ghi chú: số ngày đã qua")
HEAD_HEIGHT, UPRIGHT_HEIGHT, LIMIT_HEIGHT = 84, 260, 76
PAGES_WIDE = 2


def write(book, look: Look, page: Page, values: Values):
    sheet = book.add_worksheet(NAME)
    first = title_block(sheet, look, page, TITLE, LEGEND)
    width = _heads(sheet, look, values, first)
    row, order = first + 3, 0
    for district, rows in values.groups:
        if district:
            order += 1
            bold = look.cell(bold=True, bg_color=DISTRICT)
            sheet.write_string(
                row, 0, roman(order), look.cell(bold=True, bg_color=DISTRICT, align="center")
            )
            sheet.write_string(row, 1, district, bold)
            for column in range(2, width):
                sheet.write_blank(row, column, None, bold)
            row += 1
        for number, of in enumerate(rows, start=1):
            _commune(sheet, look, row, number, of)
            row += 1
    sheet.set_column(0, 0, 5)
    sheet.set_column(1, 1, NARROWEST)
    sheet.set_column(2, 2, 11)
    sheet.set_column(3, 3, 7)
    sheet.set_column(len(BEFORE), max(width - 1, len(BEFORE)), 9)
    sheet.freeze_panes(first + 3, 2)
    sheet.repeat_rows(first, first + 2)
    sheet.repeat_columns(0, 1)
    on_paper(sheet, page, pages_wide=PAGES_WIDE)


def _heads(sheet, look: Look, values: Values, row: int) -> int:
    """Criterion, indicator and threshold, one below the other; how many columns they have."""
    for number, height in enumerate((HEAD_HEIGHT, UPRIGHT_HEIGHT, LIMIT_HEIGHT)):
        sheet.set_row(row + number, height)
    for column, text in enumerate(BEFORE):
        sheet.merge_range(row, column, row + 2, column, text, look.head)
    starts = [
        (criterion, len(list(of)))
        for criterion, of in groupby(heading.criterion for heading in values.headings)
    ]
    column = len(BEFORE)
    for criterion, count in starts:
        text = f"{criterion.number}. {criterion.name}"
        if count > 1:
            sheet.merge_range(row, column, row, column + count - 1, text, look.head)
        else:
            sheet.write_string(row, column, text, look.head)
        column += count
    small = look.cell(text_wrap=True, align="center", font_size=9, bg_color=DISTRICT)
    for column, heading in enumerate(values.headings, start=len(BEFORE)):
        sheet.write_string(row + 1, column, _called(heading), look.upright)
        sheet.write_string(row + 2, column, _limit(heading), small)
    return len(BEFORE) + len(values.headings)


def _called(heading: Heading) -> str:
    """An indicator with its criterion's number stands in the first sheet too: there it is read.

    The import takes a column that begins with “Mã” for a remark.
    """
    indicator = heading.indicator
    is_criterion = indicator.code == str(heading.criterion.number)
    return (
        f"Mã {indicator.code}: {indicator.name}"
        if is_criterion
        else f"{indicator.code} {indicator.name}"
    )


def _limit(heading: Heading) -> str:
    """Unit and threshold; of what is only judged and has no threshold, nothing."""
    unit = f"({heading.indicator.unit})" if heading.indicator.unit else ""
    limit = f"Mức: {heading.threshold}" if heading.threshold else ""
    return " ".join(filter(None, [unit, limit]))


def _commune(sheet, look: Look, row: int, number: int, of: Row):
    middle, right = look.cell(align="center"), look.cell(align="right")
    sheet.write_number(row, 0, number, middle)
    sheet.write_string(row, 1, of.name, look.cell(text_wrap=True, align="left"))
    if of.verified_on:
        verified = datetime(*of.verified_on.timetuple()[:3])  # noqa: DTZ001
        sheet.write_datetime(row, 2, verified, look.cell(num_format="dd/mm/yyyy", align="center"))
        sheet.write_number(row, 3, of.age_days, middle)
    else:
        sheet.write_string(row, 2, "–", middle)
        sheet.write_string(row, 3, "–", middle)
    for column, value in enumerate(of.cells, start=len(BEFORE)):
        if isinstance(value, float):
            sheet.write_number(row, column, value, right)
        else:
            sheet.write_string(row, column, value or "", middle)

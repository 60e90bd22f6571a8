"""The first sheet: communes by criteria, below the figures of their districts."""

from reports.workbook.look import DISTRICT, FILL_IN, PALE, TOTAL, Look, Page, on_paper, title_block
from reports.workbook.shapes import roman, width_of_names
from reports.workbook.summary import Area, Place, Summary

NAME = "Biểu tổng hợp"
TITLE = "BIỂU TỔNG HỢP KẾT QUẢ XÂY DỰNG NÔNG THÔN MỚI"
LEGEND = (
    "Đơn vị tính: xã, tiêu chí. x: đạt; CĐ: cơ bản đạt; K: chưa đạt; KA: không áp dụng; "
    "–: chưa đánh giá. Hàng của tỉnh và huyện: số xã."
)
FIRST_CRITERION = 3
GRADES = ("Số xã đạt chuẩn NTM", "Số xã NTM nâng cao", "Số xã NTM kiểu mẫu")
MARK, WHOLE, MEAN, SHARE = "x", "#,##0", "0.00", "0.0"
HEAD_HEIGHT, UPRIGHT_HEIGHT = 24, 150


def write(book, look: Look, page: Page, summary: Summary):
    sheet = book.add_worksheet(NAME)
    first = title_block(sheet, look, page, TITLE, LEGEND)
    width = _heads(sheet, look, summary, first)
    row = first + 2
    if summary.whole:
        row = _area(sheet, look, row, "", summary.whole, summary, TOTAL)
    order = 0
    for group in summary.groups:
        if group.area:
            order += 1
            row = _area(sheet, look, row, roman(order), group.area, summary, DISTRICT)
        for number, place in enumerate(group.places, start=1):
            row = _place(sheet, look, row, number, place, summary)
    sheet.set_column(0, 0, 5)
    sheet.set_column(1, 1, width_of_names(summary))
    sheet.set_column(2, 2, 6)
    sheet.set_column(FIRST_CRITERION, FIRST_CRITERION + len(summary.titles) - 1, 5)
    sheet.set_column(FIRST_CRITERION + len(summary.titles), width - 1, 7.5)
    sheet.freeze_panes(first + 2, 2)
    sheet.repeat_rows(first, first + 1)
    sheet.print_area(0, 0, row - 1, width - 1)
    on_paper(sheet, page, pages_wide=1)


def _heads(sheet, look: Look, summary: Summary, row: int) -> int:
    """Two rows of headings; how many columns they have."""
    sheet.set_row(row, HEAD_HEIGHT)
    sheet.set_row(row + 1, UPRIGHT_HEIGHT)
    for column, text in enumerate(("TT", "Đơn vị", "Số xã")):
        sheet.merge_range(row, column, row + 1, column, text, look.head)
    column = FIRST_CRITERION
    criteria = [f"{number}. {title}" for number, title in summary.titles.items()]
    bands = [f"Số xã đạt {label} tiêu chí" for label in summary.bands]
    year = summary.year
    groups = [
        ("Kết quả từng tiêu chí", criteria),
        ("Tổng hợp tiêu chí", ["Tổng số tiêu chí đạt", "Bình quân tiêu chí mỗi xã", *bands]),
        ("Tổng hợp công nhận (lũy kế)", [*GRADES, "Tỷ lệ xã đạt chuẩn NTM (%)"]),
        (
            f"Tổng hợp xã đạt chuẩn năm {year}",
            [f"Số xã theo kế hoạch năm {year}", f"Số xã ước thực hiện năm {year}"],
        ),
    ]
    for text, below in groups:
        _over(sheet, row, column, len(below), text, look.head)
        for heading in below:
            sheet.write_string(row + 1, column, heading, look.upright)
            column += 1
    return column


def _over(sheet, row: int, column: int, count: int, text: str, style):
    """A heading over some columns; Excel merges no single cell."""
    if count > 1:
        sheet.merge_range(row, column, row, column + count - 1, text, style)
    elif count:
        sheet.write_string(row, column, text, style)


def _area(sheet, look: Look, row: int, order: str, area: Area, summary: Summary, colour) -> int:
    bold = {"bold": True, "bg_color": colour}
    sheet.write_string(row, 0, order, look.cell(align="center", **bold))
    sheet.write_string(row, 1, area.name, look.cell(text_wrap=True, **bold))
    met = [(area.met.get(number), WHOLE) for number in summary.titles]
    numbers = [
        (area.communes, WHOLE),
        *met,
        (None, WHOLE),
        (area.mean, MEAN),
        *((count, WHOLE) for count in area.bands),
        *((count, WHOLE) for count in area.grades),
        (area.share, SHARE),
        (area.plan, WHOLE),
    ]
    for column, (value, shown) in enumerate(numbers, start=2):
        _number(sheet, row, column, value, look.cell(num_format=shown, align="right", **bold))
    fill_in = bold | ({} if area.estimate is not None else {"bg_color": FILL_IN})
    style = look.cell(num_format=WHOLE, align="right", **fill_in)
    _number(sheet, row, 2 + len(numbers), area.estimate, style)
    return row + 1


def _number(sheet, row: int, column: int, value, style):
    if value is None:
        sheet.write_blank(row, column, None, style)
    else:
        sheet.write_number(row, column, value, style)


def _place(sheet, look: Look, row: int, number: int, place: Place, summary: Summary) -> int:
    middle, pale = look.cell(align="center"), look.cell(align="center", font_color=PALE)
    sheet.write_number(row, 0, number, middle)
    sheet.write_string(row, 1, place.name, look.cell(text_wrap=True, align="left"))
    sheet.write_blank(row, 2, None, middle)
    for column, mark in enumerate(place.marks, start=FIRST_CRITERION):
        sheet.write_string(row, column, mark, middle if mark == MARK else pale)
    total = FIRST_CRITERION + len(place.marks)
    _number(sheet, row, total, place.counted, look.cell(bold=True, align="center"))
    crosses = [
        False,
        *(place.band == band for band in range(len(summary.bands))),
        *(place.rank >= rank for rank in range(1, len(GRADES) + 1)),
        *(False, False, False),
    ]
    for column, is_crossed in enumerate(crosses, start=total + 1):
        sheet.write_string(row, column, MARK if is_crossed else "", middle)
    return row + 1

"""Where the numbers come from."""

from reports.workbook.look import Look, Page, on_paper

SAID_WITH_VALUES = (
    "Sheet “Chỉ tiêu”: giá trị của từng chỉ tiêu theo phiếu đã thẩm định gần nhất của xã, kèm kết "
    "quả nếu giá trị chưa đủ để kết luận; mức đạt chuẩn là mức áp dụng tại ngày báo cáo."
)


def write(book, look: Look, page: Page, notes: list[str], link: str):
    sheet = book.add_worksheet("Ghi chú")
    sheet.set_column(0, 0, 150, look.of(text_wrap=True, align="left"))
    sheet.write_string(0, 0, "Ghi chú", look.title)
    lines = [*notes, SAID_WITH_VALUES, f"Trang có đúng các số liệu này: {link}"]
    wrapped = look.of(text_wrap=True, align="left")
    for number, line in enumerate(lines, start=1):
        sheet.write_string(number, 0, f"{number}. {line}", wrapped)
    if page.mark:
        sheet.write_string(len(lines) + 1, 0, page.mark, look.mark)
    on_paper(sheet, page, pages_wide=1)

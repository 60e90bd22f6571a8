"""How the sheets look, on the screen and on paper."""

from dataclasses import dataclass
from functools import cached_property

A3 = 8
MOST_OF_HEADER = 255
FONT = "Times New Roman"
HEAD, TOTAL, DISTRICT, FILL_IN, MARK = "#E3E8EE", "#D5DCE5", "#EEF1F5", "#FFF4C2", "#B03A00"
LINE, PALE = "#8C96A3", "#6B7480"


@dataclass(frozen=True)
class Page:
    """What stands around every table; `mark` is empty where all is real."""

    agency: str
    place: str
    period: str
    notes: tuple[str, ...]
    mark: str
    version: int
    day: str

    @property
    def base(self) -> str:
        """As-of date, boundary day and base, in one line."""
        return " ".join(self.notes[:2])


class Look:
    """The formats of a workbook, made when they are asked for."""

    def __init__(self, book):
        self._book = book
        self._made = {}

    def of(self, **properties):
        """A format in the workbook's font."""
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(
                {"font_name": FONT, "font_size": 11, "valign": "vcenter"} | properties
            )
        return self._made[key]

    def cell(self, **properties):
        return self.of(border=1, border_color=LINE, **properties)

    @cached_property
    def title(self):
        return self.of(bold=True, font_size=16, align="left")

    @cached_property
    def text(self):
        return self.of(align="left")

    @cached_property
    def mark(self):
        return self.of(bold=True, align="left", font_color=MARK)

    @cached_property
    def head(self):
        return self.cell(bold=True, text_wrap=True, align="center", bg_color=HEAD)

    @cached_property
    def upright(self):
        return self.cell(text_wrap=True, align="center", bg_color=HEAD, rotation=90)


def on_paper(sheet, page: Page, *, pages_wide: int):
    """A3 across, numbered, with the mark on every page."""
    sheet.set_landscape()
    sheet.set_paper(A3)
    sheet.fit_to_pages(pages_wide, 0)
    sheet.set_margins(left=0.5, right=0.4, top=0.7, bottom=0.7)
    sheet.set_header(f'&C&"{FONT},Bold"&11{_plain(page.mark)}'[:MOST_OF_HEADER])
    about = _plain(f"{page.place}; số liệu đến {page.day}; phiên bản {page.version}")
    ends = "&R&10Trang &P/&N"
    sheet.set_footer(f"&L&10{about[: MOST_OF_HEADER - len(ends) - 5]}{ends}")


def _plain(text: str) -> str:
    """Text in which nothing is a code of Excel's headers."""
    return text.replace("&", "&&")


def title_block(sheet, look: Look, page: Page, title: str, legend: str) -> int:
    """The lines over a table; the row below them."""
    lines = [
        (page.agency, look.text),
        (f"{title} {page.place}, {page.period}", look.title),
        (page.base, look.text),
        (legend, look.text),
        (page.mark, look.mark),
    ]
    shown = [(text, style) for text, style in lines if text]
    for number, (text, style) in enumerate(shown):
        sheet.write_string(number, 0, text, style)
    return len(shown)

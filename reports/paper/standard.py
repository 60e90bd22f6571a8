"""The Word template that comes with the system: the layout of Nghị định 30/2020/NĐ-CP.

It is made here rather than kept as a file, so that it cannot fall out of step with the tables of
the pack. What stands in braces is filled in by `reports.paper.word`.
"""

from functools import cache
from io import BytesIO

from docx import Document
from docx.document import Document as Word
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.shared import Mm

from reports.pack.shapes import WRITTEN, shape
from reports.paper.word_parts import (
    LINE,
    bordered,
    caption,
    field,
    filled_table,
    footers,
    no_borders,
    paragraph,
    rule,
    set_styles,
)

ROMAN = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"]
# Millimetres: the two sides of the head, and the margins within a cell.
LEFT, RIGHT, CELL = 76, 89, 4
# Charts of each section, in order.
CHARTS = {
    "result": ["recognised"],
    "spread": ["bands"],
    "criteria": ["criteria"],
    "places": ["districts"],
}


@cache
def standard_template() -> bytes:
    word = Document()
    set_styles(word)
    _page(word)
    _head(word)
    paragraph(word, "{{ kind }}", bold=True, size=14, align=ALIGN.CENTER, before=12)
    paragraph(word, "{{ subject }}", bold=True, size=14, align=ALIGN.CENTER)
    rule(word, 40, LINE)
    paragraph(word, "{{ opening }}", before=12)
    for roman, (name, tables) in zip(ROMAN, WRITTEN.items(), strict=True):
        _section(word, f"sections.{name}", roman, name, tables)
    paragraph(word, "{{ closing }}")
    _signature(word)
    _notes(word)
    made = BytesIO()
    word.save(made)
    return made.getvalue()


def _page(word: Word):
    page = word.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.top_margin = page.bottom_margin = Mm(22)
    page.left_margin, page.right_margin = Mm(30), Mm(15)
    page.header_distance = page.footer_distance = Mm(10)
    page.different_first_page_header_footer = True
    number = page.header.paragraphs[0]
    number.alignment = ALIGN.CENTER
    number.paragraph_format.first_line_indent = 0
    field(number, "PAGE")
    footers(page)


def _head(word: Word):
    head = word.add_table(rows=2, cols=2)
    no_borders(head, (LEFT, RIGHT))
    left, right = head.rows[0].cells
    centred = {"align": ALIGN.CENTER, "after": 0}
    paragraph(left, "{%p if letter.parent_agency %}", **centred)
    paragraph(left, "{{ letter.parent_agency }}", size=12, **centred)
    paragraph(left, "{%p endif %}", **centred)
    paragraph(left, "{{ letter.agency }}", bold=True, size=12, **centred)
    rule(left, 24, LEFT - CELL)
    paragraph(right, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", bold=True, size=12, **centred)
    paragraph(right, "Độc lập - Tự do - Hạnh phúc", bold=True, size=13, **centred)
    rule(right, 58, RIGHT - CELL)
    left, right = head.rows[1].cells
    paragraph(left, "Số: ……/{{ letter.symbol }}", **centred)
    paragraph(right, "{{ letter.place }}, ngày …… tháng …… năm ………", italic=True, **centred)


def _section(word: Word, path: str, roman: str, name: str, tables: dict):
    word.add_heading(f"{roman}. {{{{ {path}.title }}}}", level=1)
    paragraph(word, f"{{%p for sentence in {path}.sentences %}}")
    paragraph(word, "{{ sentence }}")
    paragraph(word, "{%p endfor %}")
    for table in tables:
        of = f"{path}.tables.{table}"
        paragraph(word, f"{{%p if {of} %}}")
        caption(word, f"Bảng {{{{ {of}.number }}}}. {{{{ {of}.caption }}}}")
        filled_table(word, of, shape(name, table))
        _source(word, f"{{{{ {of}.note }}}}")
        paragraph(word, "{%p endif %}")
    for chart in CHARTS.get(name, []):
        of = f"{path}.charts.{chart}"
        paragraph(word, f"{{%p if {of} %}}")
        caption(word, f"Biểu đồ {{{{ {of}.number }}}}. {{{{ {of}.caption }}}}")
        paragraph(
            word, f"{{{{ {of}.picture }}}}", align=ALIGN.CENTER, indent=0, keep_with_next=True
        )
        _source(word, "{{ source }}")
        paragraph(word, "{%p endif %}")


def _source(word: Word, text: str):
    paragraph(word, text, italic=True, size=10, indent=0, align=ALIGN.LEFT)


def _signature(word: Word):
    signs = word.add_table(rows=1, cols=2)
    no_borders(signs, (82, 83))
    left, right = signs.rows[0].cells
    small = {"align": ALIGN.LEFT, "indent": 0, "after": 0}
    paragraph(left, "Nơi nhận:", bold=True, italic=True, size=12, **small)
    paragraph(left, "{%p for one in letter.recipients %}", **small)
    paragraph(left, "- {{ one }}", size=11, **small)
    paragraph(left, "{%p endfor %}", **small)
    centred = {"align": ALIGN.CENTER, "after": 0, "bold": True}
    paragraph(right, "{%p if letter.authority %}", **centred)
    paragraph(right, "{{ letter.authority }}", **centred)
    paragraph(right, "{%p endif %}", **centred)
    paragraph(right, "{{ letter.position }}", **centred)
    for _line in range(4):
        paragraph(right, "", **centred)
    paragraph(right, "{{ letter.signer }}", **centred)


def _notes(word: Word):
    small = {"size": 10, "indent": 0, "align": ALIGN.LEFT, "after": 2}
    bordered(paragraph(word, "Ghi chú về số liệu", bold=True, before=18, **small))
    paragraph(word, "{%p for note in notes %}", **small)
    paragraph(word, "{{ loop.index }}. {{ note }}", **small)
    paragraph(word, "{%p endfor %}", **small)
    paragraph(word, "Xem đúng trạng thái này trên hệ thống: {{ link }}", **small)

"""Parts of a Word template: paragraphs, tables and rules as python-docx makes them."""

from docx.document import Document as Word
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table

FONT = "Times New Roman"
LINE = 165  # millimetres
WARNING = RGBColor(0xA3, 0x33, 0x00)


def set_styles(word: Word):
    """Times New Roman 13, black headings, Vietnamese as the language that is checked."""
    for name, size in (("Normal", 13), ("Heading 1", 13), ("Caption", 12)):
        style = word.styles[name]
        style.font.name, style.font.size = FONT, Pt(size)
        style.font.color.rgb = RGBColor(0, 0, 0)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        for script in ("ascii", "hAnsi", "eastAsia", "cs"):
            fonts.set(qn(f"w:{script}"), FONT)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "vi-VN")
    word.styles["Normal"].element.get_or_add_rPr().append(language)
    normal = word.styles["Normal"].paragraph_format
    normal.space_after, normal.first_line_indent, normal.line_spacing = Pt(6), Mm(10), 1.1
    normal.alignment = ALIGN.JUSTIFY
    heading = word.styles["Heading 1"].paragraph_format
    heading.space_before, heading.first_line_indent = Pt(12), 0
    heading.alignment = ALIGN.LEFT
    title = word.styles["Caption"]
    title.font.bold = True
    title.paragraph_format.alignment = ALIGN.CENTER
    title.paragraph_format.first_line_indent = 0
    title.paragraph_format.keep_with_next = True


def paragraph(
    place,
    text: str,
    *,
    bold=False,
    italic=False,
    size=None,
    align=None,
    indent=None,
    before=None,
    after=None,
    keep_with_next=False,
):
    """A paragraph; centred ones and those of a cell begin at the edge."""
    is_first = not hasattr(place, "save") and _is_new(place)
    made = place.paragraphs[0] if is_first else place.add_paragraph()
    run = made.add_run(text)
    run.bold, run.italic = bold or None, italic or None
    if size:
        run.font.size = Pt(size)
    shape = made.paragraph_format
    if align is not None:
        made.alignment = align
        shape.first_line_indent = 0 if align != ALIGN.JUSTIFY else None
    if indent is not None:
        shape.first_line_indent = indent
    if before is not None:
        shape.space_before = Pt(before)
    if after is not None:
        shape.space_after = Pt(after)
    if keep_with_next:
        shape.keep_with_next = True
    return made


def _is_new(cell) -> bool:
    return len(cell.paragraphs) == 1 and not cell.paragraphs[0].runs


def caption(word: Word, text: str):
    return word.add_paragraph(text, style="Caption")


def rule(place, length: int, of: int):
    """A thin line in the middle, of so many millimetres out of the width there is."""
    made = bordered(paragraph(place, "", align=ALIGN.CENTER, size=4, after=2))
    shape = made.paragraph_format
    shape.left_indent = shape.right_indent = Mm((of - length) / 2)
    shape.line_spacing = Pt(4)
    return made


def bordered(made):
    """A line above the paragraph, over the whole width."""
    borders = OxmlElement("w:pBdr")
    borders.append(_border("w:top"))
    made._p.get_or_add_pPr().insert_element_before(
        borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )
    return made


def _border(name: str):
    border = OxmlElement(name)
    for key, value in {"val": "single", "sz": "6", "space": "1", "color": "auto"}.items():
        border.set(qn(f"w:{key}"), value)
    return border


def field(made, code: str):
    """A field that Word works out, such as PAGE."""
    run = made.add_run()
    for kind, text in (("begin", None), (None, code), ("end", None)):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = text
        run._r.append(part)


def footers(page):
    """The mark of illustrative data at the foot of every page."""
    for footer in (page.footer, page.first_page_footer):
        made = paragraph(footer, "{{ illustrative }}", bold=True, size=9, align=ALIGN.CENTER)
        made.runs[0].font.color.rgb = WARNING


def no_borders(table: Table, widths: tuple[int, ...]):
    """A table that only places things beside one another."""
    table.autofit = False
    _set_widths(table, widths)
    for row in table.rows:
        _unbroken(row)


def _set_widths(table: Table, widths):
    """In millimetres; Word reads those of the cells, others those of the columns."""
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)


def filled_table(word: Word, of: str, columns: list[tuple[float, bool]]) -> Table:
    """A table whose head repeats on each page and whose rows come from `of.rows`."""
    table = word.add_table(rows=4, cols=len(columns), style="Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    _set_widths(table, [LINE * width for width, _is_number in columns])
    head, begin, line, end = table.rows
    for place, (_width, is_number) in enumerate(columns):
        title = f"{{{{ {of}.columns[{place}].title }}}}"
        _cell(head.cells[place], title, ALIGN.CENTER, bold=True)
        side = ALIGN.RIGHT if is_number else ALIGN.LEFT
        _cell(line.cells[place], f"{{{{ row[{place}] }}}}", side)
    begin.cells[0].paragraphs[0].add_run(f"{{%tr for row in {of}.rows %}}")
    end.cells[0].paragraphs[0].add_run("{%tr endfor %}")
    repeated = OxmlElement("w:tblHeader")
    head._tr.get_or_add_trPr().append(repeated)
    for row in (head, line):
        _unbroken(row)
    return table


def _unbroken(row):
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _cell(cell, text: str, side, *, bold=False):
    made = paragraph(cell, text, size=11, align=side, bold=bold, after=0)
    made.paragraph_format.line_spacing = 1.0

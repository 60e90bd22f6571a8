"""Reads documents back, and makes what they are made from."""

from datetime import date
from io import BytesIO

from docx import Document as Word
from pypdf import PdfReader

from communes.models import Province
from reports.content import Content, Letter
from reports.models import Letterhead
from reports.pack.build import build
from targets.snapshot import snapshot_of

LINK = "https://ntm.example/provinces/20/?as_of=2025-06-30&plan=lang-son"
MID_2025 = date(2025, 6, 30)


def letter_of(province: Province) -> Letter:
    return Letterhead.of(province).letter


def pack_of(province: Province, as_of=MID_2025, district=None) -> Content:
    return build(
        snapshot_of(province),
        as_of=as_of,
        district=district,
        letter=letter_of(province),
        link=LINK,
    )


def tables_of(content: Content) -> list:
    return [table for section in content.sections.values() for table in section.tables.values()]


def charts_of(content: Content) -> list:
    return [chart for section in content.sections.values() for chart in section.charts.values()]


def word_of(made: bytes):
    return Word(BytesIO(made))


def rows_of(table) -> list[tuple[str, ...]]:
    return [tuple(cell.text for cell in row.cells) for row in table.rows]


def data_tables(word) -> list:
    """The tables of figures; those that only place the head and the signature are left out."""
    return [table for table in word.tables if table.style.name == "Table Grid"]


def paragraphs_of(word) -> list[str]:
    return [paragraph.text for paragraph in word.paragraphs]


def pdf_pages(made: bytes) -> list[str]:
    """The text of each page, on one line."""
    return [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(made)).pages]


def squeezed(text: str) -> str:
    """Without white space: lines are broken anywhere on paper."""
    return "".join(text.split())

"""Reads pages and files for the tests of this folder."""

import csv
import re
from html import unescape
from io import BytesIO, StringIO
from zipfile import ZipFile

from python_calamine import CalamineWorkbook

TABLE = re.compile(r'<table class="data(?P<more>[^"]*)"')
LINK = re.compile(r'href="(?P<url>[^"]+\.(?:xlsx|csv)(?:\?[^"]*)?)"')


def tables_of(html: str) -> list[list[str]]:
    """For each table of a page, in order, the addresses of files between it and the next one.

    A table that is the rest of the one before it is not counted, nor is a draft: what is typed,
    or looked at and not stored yet.
    """
    pieces = TABLE.split(html)[1:]
    found = []
    for more, text in zip(pieces[::2], pieces[1::2], strict=True):
        links = [unescape(match["url"]) for match in LINK.finditer(text)]
        if "draft" in more.split():
            continue
        if "continued" in more.split() and found:
            found[-1] += links
        else:
            found.append(links)
    return found


def is_served(links: list[str]) -> bool:
    """Is there a workbook and a CSV file?"""
    kinds = {link.partition("?")[0].rpartition(".")[2] for link in links}
    return kinds == {"xlsx", "csv"}


def content_of(response) -> bytes:
    return response.getvalue() if response.streaming else response.content


def csv_rows(response) -> list[list[str]]:
    return list(csv.reader(StringIO(content_of(response).decode("utf-8-sig"))))


def xlsx_rows(response) -> list[list]:
    book = CalamineWorkbook.from_filelike(BytesIO(content_of(response)))
    return book.get_sheet_by_index(0).to_python(skip_empty_area=False)


def has_formulas(response) -> bool:
    with ZipFile(BytesIO(content_of(response))) as parts:
        return b"<f>" in parts.read("xl/worksheets/sheet1.xml")

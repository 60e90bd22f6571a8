"""Files to upload, made on the spot: honest ones and hostile ones."""

import struct
import zipfile
from io import BytesIO

import xlsxwriter
import xlwt

OFFICE = "urn:oasis:names:tc:opendocument:xmlns:"
CONTENT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="{o}office:1.0" xmlns:table="{o}table:1.0"
 xmlns:text="{o}text:1.0" xmlns:style="{o}style:1.0"><office:body><office:spreadsheet>
<table:table table:name="Biểu">{rows}</table:table>
</office:spreadsheet></office:body></office:document-content>"""
SPREADSHEET = "application/vnd.oasis.opendocument.spreadsheet"


def xlsx(fill, name="Biểu", **options) -> bytes:
    """A workbook whose one sheet `fill(book, sheet)` writes."""
    file = BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, **options}) as book:
        fill(book, book.add_worksheet(name))
    return file.getvalue()


def rows_as_xlsx(rows, name="Biểu") -> bytes:
    """A workbook of rows; text stays text."""

    def fill(book, sheet):
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                if value is not None:
                    sheet.write(number, column, value)

    return xlsx(fill, name, strings_to_formulas=False)


def rows_as_xls(rows) -> bytes:
    """The same as Excel 97 wrote it."""
    book, file = xlwt.Workbook(), BytesIO()
    sheet = book.add_sheet("Biểu")
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            if value is not None:
                sheet.write(number, column, value)
    book.save(file)
    return file.getvalue()


def ods(rows: str, **entries: str) -> bytes:
    """An OpenDocument workbook of rows given as XML, with more entries beside them."""
    return zipped(
        {
            "mimetype": SPREADSHEET,
            "content.xml": CONTENT.format(o=OFFICE, rows=rows),
            "META-INF/manifest.xml": "<manifest/>",
            **entries,
        }
    )


def zipped(entries: dict[str, str | bytes]) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return file.getvalue()


def with_entry(content: bytes, name: str, replaced) -> bytes:
    """A workbook in which one entry is what `replaced(old)` gives; new if there was none."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        entries = {entry: archive.read(entry) for entry in archive.namelist()}
    return zipped(entries | {name: replaced(entries.get(name, b""))})


def lying(content: bytes, name: str, claimed: int) -> bytes:
    """A ZIP file whose table of contents and header claim another size of an entry."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        true = struct.pack("<L", archive.getinfo(name).file_size)
    return content.replace(true, struct.pack("<L", claimed))

"""Templates as their receivers treat them: opened, changed in places, saved anew."""

from io import BytesIO

import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile

from criteria.excel.places import what
from criteria.models import Score, WorkbookImport
from ntm_tracker.web.uploaded.reading import read_tables
from ntm_tracker.web.uploaded.sheets import Cell, Kind, Sheet
from ntm_tracker.web.workbooks import AS_TYPED


def downloaded(client, url, **asked) -> list[Sheet]:
    """The sheets of the template that a page gives."""
    answer = client.get(f"{url}template/", asked)
    assert answer.status_code == 200
    return read_tables(BytesIO(answer.content), "mau.xlsx")


def put(sheets: list[Sheet], assessment, code: str, value, *, is_note=False):
    """Type into the cell of a line; a number as a number, None empties it."""
    for sheet in sheets:
        for row, cells in enumerate(sheet.rows):
            for column, says in enumerate(sheet.rows[0]):
                about = what(cells[0].text if cells else "", says.text)
                if about == (assessment.pk, code, is_note):
                    put_at(sheet, row, column, value)
                    return
    raise LookupError(code)


def put_at(sheet: Sheet, row: int, column: int, value):
    while len(sheet.rows) <= row:
        sheet.rows.append([])
    cells = sheet.rows[row]
    cells.extend([Cell()] * (column + 1 - len(cells)))
    kind = Kind.TEXT if isinstance(value, str) else Kind.NUMBER
    cells[column] = Cell() if value is None else Cell(str(value), kind)


def saved(sheets: list[Sheet]) -> bytes:
    """A workbook of the sheets, without what made the template handy."""
    file = BytesIO()
    with xlsxwriter.Workbook(file, AS_TYPED) as book:
        for sheet in sheets:
            page = book.add_worksheet(sheet.name)
            for row, cells in enumerate(sheet.rows):
                for column, cell in enumerate(cells):
                    if cell.kind is Kind.NUMBER:
                        page.write_number(row, column, float(cell.text))
                    elif cell.text:
                        page.write_string(row, column, cell.text)
    return file.getvalue()


def send(client, url, content: bytes | list[Sheet], name="mau.xlsx"):
    """Upload a file; the page that follows, and the import."""
    content = content if isinstance(content, bytes) else saved(content)
    page = client.post(f"{url}upload/", {"file": SimpleUploadedFile(name, content)}, follow=True)
    return page, WorkbookImport.objects.order_by("pk").last()


def agree(client, preview, **fields):
    """Press the button of a preview."""
    workbook = preview.context["workbook"]
    sent = {"seen": preview.context["seen"], **fields}
    return client.post(workbook.apply_url, sent, follow=True)


def undo(client, workbook):
    return client.post(workbook.undo_url, follow=True)


def findings():
    """What is stored, by commune and code: value, verdict, note."""
    return {
        (score.assessment.commune.name, score.indicator.code if score.indicator else "3"): (
            score.value,
            score.verdict,
            score.note,
        )
        for score in Score.objects.select_related("assessment__commune", "indicator")
    }

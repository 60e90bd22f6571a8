"""The cells of a template that are typed into, and those that say why they are not."""

from criteria.cells import cell_text
from criteria.grid.reading import Row
from criteria.sheets import Line


def finding_of(row: Row, line: Line) -> str:
    """A finding as a workbook holds it, whatever the reader's language."""
    found = row.found(line)
    return cell_text(found.value, found.verdict, number_decides=line.number_decides)


def write_finding(sheet, place: tuple[int, int], row: Row, line: Line, style):
    """A number alone as a number, so that Excel reckons with it; all else as text."""
    text = finding_of(row, line)
    value = row.found(line).value
    if text and value is not None and text[-1].isdigit():
        sheet.write_number(*place, value, style)
    elif text:
        sheet.write_string(*place, text, style)
    else:
        sheet.write_blank(*place, None, style)


def write_note(sheet, place: tuple[int, int], row: Row, line: Line, style):
    if note := row.found(line).note:
        sheet.write_string(*place, note, style)
    else:
        sheet.write_blank(*place, None, style)

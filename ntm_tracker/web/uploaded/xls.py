"""Old workbooks of Excel: values by calamine, the rest from their records."""

import io

from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from ntm_tracker.web.uploaded.biff import Marks, marks_of
from ntm_tracker.web.uploaded.faults import Fault, Unfit
from ntm_tracker.web.uploaded.ole import Disk
from ntm_tracker.web.uploaded.sheets import Sheet, trimmed
from ntm_tracker.web.uploaded.values import marked_rows


def read(content: bytes) -> list[Sheet]:
    """The sheets of an old workbook, hidden ones too."""
    stream = Disk(content).stream("Workbook", "Book")
    if stream is None:
        raise Unfit(Fault.DAMAGED)
    marks = marks_of(stream)
    sheets = []
    with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
        for about, told in zip(book.sheets_metadata, marks, strict=True):
            if about.typ is SheetTypeEnum.MacroSheet:
                raise Unfit(Fault.MACROS)
            if about.typ is SheetTypeEnum.WorkSheet:
                sheets.append(_sheet(book, about, told))
    return sheets


def _sheet(book: CalamineWorkbook, about, told: Marks) -> Sheet:
    found = book.get_sheet_by_name(about.name)
    values = found.to_python(skip_empty_area=False)
    rows = marked_rows(values, told.marks, told.percents)
    merged = [(*first, *last) for first, last in found.merged_cell_ranges or ()]
    is_hidden = about.visible is not SheetVisibleEnum.Visible
    return Sheet(about.name, trimmed(rows), merged, is_hidden)

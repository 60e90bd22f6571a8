"""Old workbooks of Excel. Calamine gives errors and formulas without a result as blank cells."""

import io

from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from ntm_tracker.web.uploaded.faults import Fault, Unfit
from ntm_tracker.web.uploaded.sheets import Sheet, trimmed
from ntm_tracker.web.uploaded.values import cell_of


def read(content: bytes) -> list[Sheet]:
    """The sheets of an old workbook; what is too large for the process ends it."""
    sheets = []
    with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
        for about in book.sheets_metadata:
            if about.typ is SheetTypeEnum.MacroSheet:
                raise Unfit(Fault.MACROS)
            if about.typ is not SheetTypeEnum.WorkSheet:
                continue
            found = book.get_sheet_by_name(about.name)
            rows = [[cell_of(v) for v in row] for row in found.to_python(skip_empty_area=False)]
            merged = [(*first, *last) for first, last in found.merged_cell_ranges or ()]
            is_hidden = about.visible is not SheetVisibleEnum.Visible
            sheets.append(Sheet(about.name, trimmed(rows), merged, is_hidden))
    return sheets

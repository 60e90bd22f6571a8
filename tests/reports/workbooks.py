"""Makes summary workbooks and reads them back."""

from io import BytesIO

from python_calamine import CalamineWorkbook

from criteria.excel.summary import known_for, sheets_of
from criteria.models import CriteriaSet, WorkbookImport
from criteria.summary.known import Known
from criteria.summary.reading import Reading, read
from reports.pack.subject import standpoint
from reports.workbook.build import workbook
from targets import tables
from targets.snapshot import snapshot_of
from tests.factories import make_period
from tests.reports.reading import LINK, MID_2025, letter_of


def workbook_of(province, as_of=MID_2025, district=None) -> bytes:
    return workbook(
        snapshot_of(province),
        as_of=as_of,
        district=district,
        letter=letter_of(province),
        link=LINK,
    )


def sheet_rows(made: bytes, number=0) -> list[list]:
    """The cells of a sheet from its first on."""
    return (
        CalamineWorkbook.from_filelike(BytesIO(made))
        .get_sheet_by_index(number)
        .to_python(skip_empty_area=False)
    )


def read_back(made: bytes, snapshot, on) -> tuple[list[Reading], Known]:
    """What the import of summary workbooks understands, told nothing."""
    province = snapshot.province
    period = make_period(province=province, year=on.year, quarter=(on.month + 2) // 3)
    set_id = tables.current_set(snapshot, standpoint(snapshot, on))
    asks = WorkbookImport(
        province=province, period=period, criteria_set=CriteriaSet.objects.get(pk=set_id)
    )
    known = known_for(asks)
    return read(sheets_of(BytesIO(made), "bieu.xlsx"), known), known

"""Tables as files: what was typed stays text, in a workbook as in CSV."""

import zipfile
from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from ntm_tracker.web.downloads import Table, answer
from ntm_tracker.web.workbooks import sheet_name, to_xlsx


def sheet_of(content):
    return CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0)


def test_title_and_notes_stand_above_the_header():
    content = to_xlsx("Xã", ["Mã", "Tên"], [["00123", "Hội Hoan"]], ["Số liệu minh họa"])
    rows = sheet_of(content).to_python()
    assert [row[0] for row in rows] == ["Xã", "Số liệu minh họa", "", "Mã", "00123"]


def test_numbers_and_days_keep_their_kind():
    row = [Decimal("12.7"), 3, date(2020, 12, 31), None, float("nan")]
    found = sheet_of(to_xlsx("T", list("abcde"), [row])).to_python()[-1]
    assert found[:3] == [12.7, 3, date(2020, 12, 31)]
    assert not any(found[3:])


@pytest.mark.parametrize("typed", ["=1+1", "+84", "-5", "@x", "\tx", "http://a.vn", "0012"])
def test_nothing_typed_becomes_a_formula_a_link_or_a_number(typed):
    content = to_xlsx("T", ["a"], [[typed]])
    assert sheet_of(content).to_python()[-1] == [typed]
    with zipfile.ZipFile(BytesIO(content)) as parts:
        sheet = parts.read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in sheet
    assert b"hyperlink" not in sheet


def test_name_of_a_sheet_fits_excel():
    assert sheet_name("Xã [2020/2021]: 'x'") == "Xã 20202021 x"
    assert len(sheet_name("x" * 40)) == 31


@pytest.mark.parametrize(("kind", "starts"), [("xlsx", b"PK"), ("csv", "\ufeffMã".encode())])
def test_a_table_goes_out_as_either_kind(kind, starts):
    response = answer(Table("xa-20", "Xã", ["Mã"], [["00123"]], ["minh họa"]), kind)
    assert response.content.startswith(starts)
    assert f'filename="xa-20.{kind}"' in response.headers["Content-Disposition"]

"""Uploaded tables are read as they show, whatever the format, and name what they cannot tell."""

import unicodedata
from datetime import date
from io import BytesIO

import pytest
import xlwt
from xlwt.Cell import FormulaCell

from ntm_tracker.web.uploaded.reading import read_tables
from ntm_tracker.web.uploaded.sheets import Kind, address
from tests.ntm_tracker.uploads import ods, rows_as_xls, rows_as_xlsx, xlsx


def read(content, name="b.xlsx"):
    return read_tables(BytesIO(content), name)[0]


def texts(sheet):
    return [[cell.text for cell in row] for row in sheet.rows]


def cell(content, row=0, column=0, name="b.xlsx"):
    return read(content, name).cell(row, column)


TABLE = [["TT", "Xã", "TC1"], [1, "Hòa Bình", 14.5], [], [2, " Tân Thành ", "x"]]
SHOWN = [["TT", "Xã", "TC1"], ["1", "Hòa Bình", "14.5"], [], ["2", "Tân Thành", "x"]]


@pytest.mark.parametrize(("make", "name"), [(rows_as_xlsx, "b.xlsx"), (rows_as_xls, "b.xls")])
def test_workbooks_of_excel_give_their_cells_as_text(make, name):
    assert texts(read(make(TABLE), name)) == SHOWN


def test_numbers_and_text_are_told_apart():
    kinds = [found.kind for found in read(rows_as_xlsx([["14,5", 14.5, True, None, "x"]])).rows[0]]
    assert kinds == [Kind.TEXT, Kind.NUMBER, Kind.TRUTH, Kind.BLANK, Kind.TEXT]


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (0.1 + 0.2, "0.3"),
        (14.500000001, "14.5"),
        (1234567890.1234, "1234567890.1234"),
        (1e21, "1000000000000000000000"),
        (-0.0, "0"),
        (100.0, "100"),
    ],
)
def test_numbers_are_plain(value, shown):
    assert cell(rows_as_xlsx([[value]])).text == shown


def test_a_percentage_is_what_it_shows():
    def fill(book, sheet):
        sheet.write(0, 0, 0.635, book.add_format({"num_format": "0.0%"}))
        sheet.write(0, 1, 0.07, book.add_format({"num_format": 9}))
        sheet.write(0, 2, 0.635)

    found = [(c.text, c.kind) for c in read(xlsx(fill)).rows[0]]
    assert found == [("63.5%", Kind.PERCENT), ("7%", Kind.PERCENT), ("0.635", Kind.NUMBER)]


def test_days_are_iso():
    def fill(book, sheet):
        sheet.write_datetime(0, 0, date(2025, 12, 31), book.add_format({"num_format": "d/m/yy"}))

    assert cell(xlsx(fill)).text == "2025-12-31"


def test_text_comes_in_one_spelling():
    spelled = unicodedata.normalize("NFD", "Hội Hoan")
    assert cell(rows_as_xlsx([[spelled]])).text == "Hội Hoan"


def test_errors_and_formulas_without_result_are_named():
    def fill(book, sheet):
        sheet.write_formula(0, 0, "=1/0", None, "#DIV/0!")
        sheet.write_formula(0, 1, "=A1", None, "")
        sheet.write_formula(0, 2, "=1+1", None, 2)
        sheet.write_formula(3, 3, "=NA()", None, "#N/A")

    unread = [(address(*at), c.text, c.kind) for at, c in read(xlsx(fill)).unread()]
    assert unread == [
        ("A1", "#DIV/0!", Kind.ERROR),
        ("B1", "", Kind.UNSTORED),
        ("D4", "#N/A", Kind.ERROR),
    ]


def test_old_workbooks_tell_errors_open_formulas_and_percentages():
    book, file = xlwt.Workbook(), BytesIO()
    sheet = book.add_sheet("Biểu")
    percent = xlwt.easyxf(num_format_str="0.0%")
    sheet.write(0, 0, 0.635, percent)
    sheet.write(0, 2, 1, percent)
    sheet.write(0, 3, 2, percent)
    sheet.row(1).set_cell_error(1, 0x2A)
    still_open = FormulaCell(1, 2, 0x11, xlwt.Formula("1/0"), calc_flags=2)
    sheet.row(1).insert_cell(2, still_open)
    sheet.row(1).set_cell_formula(3, xlwt.Formula("IF(1,A9,A9)"))
    sheet.write_merge(2, 3, 0, 1, "Tiêu chí")
    book.save(file)
    found = read(file.getvalue(), "b.xls")
    assert [c.text for c in found.rows[0]] == ["63.5%", "", "100%", "200%"]
    assert [(address(*at), c.kind) for at, c in found.unread()] == [
        ("B2", Kind.ERROR),
        ("C2", Kind.UNSTORED),
    ]
    assert found.merged == [(2, 0, 3, 1)]


def test_merged_and_hidden_are_told():
    def fill(book, sheet):
        sheet.merge_range(1, 2, 2, 4, "Tiêu chí")
        book.add_worksheet("Ẩn").hide()
        book.worksheets()[1].write(0, 0, "x")

    shown, hidden = read_tables(BytesIO(xlsx(fill)), "b.xlsx")
    assert shown.merged == [(1, 2, 2, 4)]
    assert (shown.is_hidden, hidden.is_hidden) == (False, True)


def test_open_document_repeats_merges_and_errors():
    rows = """<table:table-row table:number-rows-repeated="2"><table:table-cell/></table:table-row>
<table:table-row><table:table-cell table:number-columns-repeated="2" office:value-type="float"
 office:value="14.5"><text:p>14,5</text:p></table:table-cell>
<table:table-cell table:number-columns-spanned="2" office:value-type="string"><text:p>Hoà
</text:p></table:table-cell><table:covered-table-cell/>
<table:table-cell table:formula="of:=1/0"><text:p>#DIV/0!</text:p></table:table-cell>
<table:table-cell table:formula="of:=A1"/>
<table:table-cell office:value-type="percentage" office:value="0.635"/>
<table:table-cell office:value-type="date" office:date-value="2025-12-31"/>
<table:table-cell table:number-columns-repeated="16000"/></table:table-row>
<table:table-row table:number-rows-repeated="1048000"><table:table-cell/></table:table-row>"""
    sheet = read(ods(rows), "b.ods")
    assert texts(sheet)[2] == ["14.5", "14.5", "Hoà", "", "#DIV/0!", "", "63.5%", "2025-12-31"]
    assert [c.kind for c in sheet.rows[2]][4:6] == [Kind.ERROR, Kind.UNSTORED]
    assert (len(sheet.rows), sheet.merged) == (3, [(2, 2, 2, 3)])


LINES = ["Biểu tổng hợp", "TT{d}Xã{d}Kết quả", "1{d}Hòa Bình{d}x", '2{d}"Tân{d} Thành"{d}CĐ']
READ = [
    ["Biểu tổng hợp"],
    ["TT", "Xã", "Kết quả"],
    ["1", "Hòa Bình", "x"],
    ["2", "Tân{d} Thành", "CĐ"],
]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be"])
def test_text_in_any_encoding_and_with_any_delimiter(encoding, delimiter):
    text = "\r\n".join(LINES).format(d=delimiter)
    content = (b"\xfe\xff" if encoding == "utf-16-be" else b"") + text.encode(encoding)
    expected = [[c.format(d=delimiter) for c in row] for row in READ]
    assert texts(read(content, "b.csv")) == expected


def test_windows_1258_has_its_marks_put_together():
    letters = unicodedata.normalize("NFD", "Xã Hội Hoan;ổn định")
    whole = {"o\u0302": "ô", "a\u0306": "ă", "e\u0302": "ê"}
    for apart, joined in whole.items():
        letters = letters.replace(apart, joined)
    letters = letters.replace("o\u0323\u0302", "ô\u0323")
    assert texts(read(letters.encode("cp1258"), "b.csv")) == [["Xã Hội Hoan", "ổn định"]]


def test_commas_of_decimals_do_not_part_cells():
    lines = ["TT;Xã;TC1;TC2", "1;Bắc Sơn;14,5;2,5", "2;Hữu Lũng;15;3", "3;Chi Lăng;x;3,1"]
    assert texts(read("\n".join(lines).encode(), "b.csv"))[1] == ["1", "Bắc Sơn", "14,5", "2,5"]


def test_a_line_may_say_the_delimiter():
    assert texts(read(b"sep=;\r\na,b;c\r\n", "b.csv")) == [["a,b", "c"]]


def test_an_apostrophe_before_a_formula_goes_as_it_came():
    assert texts(read(b"'=1+1,'tis\n", "b.csv")) == [["=1+1", "'tis"]]


@pytest.mark.parametrize(
    ("place", "named"), [((0, 0), "A1"), ((11, 25), "Z12"), ((0, 26), "AA1"), ((8, 16383), "XFD9")]
)
def test_places_are_named_as_spreadsheets_do(place, named):
    assert address(*place) == named

"""Summary workbooks: columns, rows and cells are understood, or listed as not understood."""

import unicodedata

import pytest

from criteria.summary.known import Known, Target, Unit
from criteria.summary.reading import read, read_sheet
from criteria.summary.roles import ColumnKind, RowKind, Why
from ntm_tracker.web.uploaded.sheets import BLANK, Cell, Kind, Sheet

KNOWN = Known(
    [
        Unit("bs", "Bắc Sơn", "Bắc Sơn", "05971"),
        Unit("hb-vq", "Hòa Bình", "Văn Quan", "05972"),
        Unit("hb-hl", "Hòa Bình", "Hữu Lũng", "05973"),
        Unit("ch", "Cộng Hòa", "Hữu Lũng", "05974"),
        Unit("cl", "Cao Lộc", "Cao Lộc", "05975"),
        Unit("td", "Tràng Định", "Văn Quan", "05976"),
    ],
    [
        Target("1", "Quy hoạch", "1"),
        Target("2", "Giao thông", ""),
        Target("2.1", "Tỷ lệ đường xã", "2.1", "%"),
        Target("2.2", "Tỷ lệ đường thôn", "2.2", "%"),
        Target("10", "Thu nhập", "10.1", "triệu đồng/người"),
    ],
)
HEADER = ["TT", "Huyện/Xã", "TC1", "TC2", "TC10"]


def cell(value):
    if isinstance(value, Cell):
        return value
    if value is None or value == "":
        return BLANK
    kind = Kind.TEXT if isinstance(value, str) else Kind.NUMBER
    return Cell(str(value), kind)


def sheet(*rows, merged=(), name="Biểu"):
    return Sheet(name, [[cell(value) for value in row] for row in rows], list(merged))


def reading(*rows, merged=(), said=None):
    return read_sheet(sheet(*rows, merged=merged), KNOWN, said or {})


def told(found):
    return [(finding.unit, finding.code, finding.text) for finding in found.findings]


def columns(found):
    return [column.code or column.kind.value for column in found.columns]


def rows(found):
    return [(row.kind, row.unit or row.district) for row in found.rows]


def why(found):
    return [row.why for row in found.unknown_rows]


def test_a_plain_table_is_read_whole():
    found = reading(
        ["UBND TỈNH LẠNG SƠN"],
        ["BIỂU TỔNG HỢP", "", "Biểu số 01"],
        HEADER,
        ["I", "Huyện Văn Quan", 1, "", ""],
        [1, "Xã Hòa Bình ", "x", "Đ", "14,5"],
        ["II", "Hữu Lũng"],
        [1, "Hoà Bình", "K", "", 45.5],
        ["", "Tổng cộng", 2, 1, 2],
    )
    assert told(found) == [
        ("hb-vq", "1", "x"),
        ("hb-vq", "2", "Đ"),
        ("hb-vq", "10", "14,5"),
        ("hb-hl", "1", "K"),
        ("hb-hl", "10", "45,5"),
    ]
    assert found.is_whole
    assert found.titles == ["UBND TỈNH LẠNG SƠN", "BIỂU TỔNG HỢP", "Biểu số 01"]


@pytest.mark.parametrize(
    "heading",
    ["TC1", "tc 01", "Tiêu chí số 1", "1", "(1)", "1. Quy hoạch", "TC1: Quy hoạch", "Quy hoạch"],
)
def test_headings_of_a_criterion(heading):
    assert columns(reading(["TT", "Xã", heading], [1, "Bắc Sơn", "x"]))[2] == "1"


@pytest.mark.parametrize("heading", ["2.1", "2,1", "Chỉ tiêu 2.1", "TC2.1", "Tỷ lệ đường xã"])
def test_headings_of_an_indicator(heading):
    assert columns(reading(["TT", "Xã", heading], [1, "Bắc Sơn", "x"]))[2] == "2.1"


@pytest.mark.parametrize(
    ("heading", "reason"),
    [
        ("Dân số", Why.HEADING),
        ("TC25", Why.HEADING),
        ("TC10 kế hoạch", Why.HEADING),
        ("TC1 Giao thông", Why.CONFLICT),
        ("2021", Why.HEADING),
        ("19 tiêu chí", Why.HEADING),
        ("", Why.NO_HEADING),
    ],
)
def test_other_headings_are_listed(heading, reason):
    found = reading(["TT", "Xã", heading], [1, "Bắc Sơn", "x"])
    assert [column.why for column in found.unknown_columns] == [reason]
    assert not found.findings


@pytest.mark.parametrize("heading", ["Tổng số tiêu chí đạt", "Số TC đạt", "Cộng", "Ghi chú"])
def test_totals_and_remarks_are_no_findings(heading):
    found = reading(["TT", "Xã", "TC1", heading], [1, "Bắc Sơn", "x", 1])
    assert columns(found)[3] == ColumnKind.TOTAL
    assert told(found) == [("bs", "1", "x")]


def test_merged_headings_of_three_rows_with_numbered_columns():
    found = reading(
        ["TT", "Huyện/Xã", "Tiêu chí", "", "", "Tổng"],
        ["", "", "TC1", "TC2", "", ""],
        ["", "", "", "2.1", "2.2", ""],
        ["1", "2", "3", "4", "5", "6"],
        [1, "Bắc Sơn", "x", 50, 60, 3],
        merged=[(0, 0, 2, 0), (0, 1, 2, 1), (0, 2, 0, 4), (1, 3, 1, 4), (1, 2, 2, 2)],
    )
    assert columns(found) == ["order", "name", "1", "2.1", "2.2", "total"]
    assert [column.heading for column in found.columns][2:4] == ["TC1", "TC2 / 2.1"]


def test_headings_without_merged_cells_reach_over_blanks():
    found = reading(
        ["TT", "Xã", "TC1", "TC10", "", "Ghi chú"],
        ["", "", "", "Kế hoạch", "Thực hiện", ""],
        [1, "Bắc Sơn", "x", 40, 45, ""],
    )
    assert columns(found) == ["order", "name", "1", "unknown", "10", "total"]
    assert told(found) == [("bs", "1", "x"), ("bs", "10", "45")]
    assert [column.why for column in found.unknown_columns] == [Why.SUBHEADING]


def test_two_columns_for_one_criterion_are_listed():
    found = reading(["TT", "Xã", "TC1", "Quy hoạch"], [1, "Bắc Sơn", "x", "K"])
    assert [column.why for column in found.unknown_columns] == [Why.TWICE, Why.TWICE]


@pytest.mark.parametrize(
    "label",
    ["Cộng Hòa", "xã Cộng Hoà", "1. Cộng Hòa", " X. Cộng  Hòa ",
     unicodedata.normalize("NFD", "Cộng Hòa"), "CỘNG HÒA", "Cộng Hòa (Hữu Lũng)", "5974", "05974"],
)  # fmt: skip
def test_spellings_of_a_commune(label):
    found = reading(HEADER, [1, "Bắc Sơn", "x"], [2, label, "x"])
    assert rows(found)[1] == (RowKind.UNIT, "ch")


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        ([[1, "Hòa Bình", "x"]], Why.SEVERAL_UNITS),
        ([["I", "Huyện Cao Lộc"], [1, "Cộng Hòa", "x"]], Why.OTHER_DISTRICT),
        ([["I", "Huyện Lạ Lùng"]], Why.NO_SUCH_DISTRICT),
        ([[1, "Xã Lạ", "x"]], Why.NO_SUCH_UNIT),
        ([["", "", "x"]], Why.NO_NAME),
        ([["", "Cao Lộc", "x"]], Why.DISTRICT_OR_COMMUNE),
        ([["Người lập biểu"]], Why.NO_SUCH_UNIT),
    ],
)
def test_rows_not_understood_are_listed(lines, reason):
    assert why(reading(HEADER, [1, "Bắc Sơn", "x"], *lines)) == [reason]


def test_a_commune_of_its_districts_name_is_known_below_the_heading():
    found = reading(HEADER, ["I", "Huyện Cao Lộc"], ["", "Cao Lộc", "x"])
    assert told(found) == [("cl", "1", "x")]


def test_a_commune_named_twice_is_read_in_neither_row():
    found = reading(HEADER, [1, "Bắc Sơn", "x"], [2, "xã Bắc Sơn", "K"])
    assert why(found) == [Why.UNIT_TWICE, Why.UNIT_TWICE]
    assert not found.findings


@pytest.mark.parametrize("label", ["Tổng cộng", "CỘNG", "Toàn tỉnh", "Cộng huyện Hữu Lũng"])
def test_total_rows_are_told_from_the_commune_of_that_name(label):
    found = reading(HEADER, [1, "Cộng Hòa", "x"], ["", label, 1])
    assert [row.kind for row in found.rows] == [RowKind.UNIT, RowKind.TOTAL]


def test_a_district_may_have_a_column_of_its_own():
    found = reading(
        ["TT", "Huyện", "Xã", "TC1"],
        [1, "Văn Quan", "Hòa Bình", "x"],
        [2, "", "Tràng Định", "x"],
        [3, "Hữu Lũng", "Hòa Bình", "K"],
    )
    assert told(found) == [("hb-vq", "1", "x"), ("td", "1", "x"), ("hb-hl", "1", "K")]


def test_a_sheet_may_bear_the_name_of_its_district():
    found = read_sheet(sheet(HEADER, [1, "Hòa Bình", "x"], name="H. Văn Quan"), KNOWN, {})
    assert told(found) == [("hb-vq", "1", "x")]


@pytest.mark.parametrize(
    ("filled", "reason"),
    [
        (Cell("#N/A", Kind.ERROR), Why.ERROR),
        (Cell("", Kind.UNSTORED), Why.UNSTORED),
        (Cell("2025-05-01", Kind.DAY), Why.DAY),
        ("1.234", Why.UNREADABLE),
        ("có lẽ", Why.UNREADABLE),
        (Cell("TRUE", Kind.TRUTH), Why.UNREADABLE),
    ],
)
def test_cells_that_say_nothing_are_listed(filled, reason):
    found = reading(HEADER, [1, "Bắc Sơn", filled, "x"])
    assert [(u.row, u.column, u.why) for u in found.unread] == [(1, 2, reason)]
    assert told(found) == [("bs", "2", "x")]


@pytest.mark.parametrize("tick", ["x", "X", "✓", "✔", "ü", "Đ", "đạt", "CĐ", "Cơ bản đạt", "K"])
def test_ticks_and_verdicts(tick):
    assert reading(HEADER, [1, "Bắc Sơn", tick]).is_whole


@pytest.mark.parametrize("blank", ["", "-", "–"])
def test_a_dash_says_as_little_as_a_blank(blank):
    found = reading(HEADER, [1, "Bắc Sơn", blank])
    assert found.is_whole
    assert not found.findings


def test_corrections_go_before_what_was_understood():
    lines = [
        ["TT", "Xã", "Kết quả thu nhập", "TC1"],
        [1, "Bắc Sơn", 45, "x"],
        [2, "Xã Cũ", 30, "K"],
        [3, "Cộng Hòa", 20, "x"],
    ]
    unsaid = reading(*lines)
    said = {
        unsaid.unknown_columns[0].key: "finding:10",
        unsaid.unknown_rows[0].key: "unit:05975",
        unsaid.rows[2].key: "skipped",
        unsaid.columns[3].key: "skipped",
    }
    found = reading(*lines, said=said)
    assert told(found) == [("bs", "10", "45"), ("cl", "10", "30")]
    assert found.is_whole


def test_a_finding_given_by_two_sheets_is_read_from_neither():
    first, second = sheet(HEADER, [1, "Bắc Sơn", "x"]), sheet(HEADER, [1, "Bắc Sơn", "", "x"])
    both = read([first, sheet(HEADER, [1, "Bắc Sơn", "K", ""]), second], KNOWN)
    assert [told(found) for found in both] == [[], [], [("bs", "2", "x")]]
    assert [u.why for found in both for u in found.unread] == [Why.UNIT_TWICE, Why.UNIT_TWICE]


def test_a_sheet_without_communes_is_no_summary():
    assert read([sheet(["TT", "Hàng", "Giá"], [1, "Gạo", 2])], KNOWN) == []

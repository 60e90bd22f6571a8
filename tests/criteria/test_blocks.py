"""A block copied from a spreadsheet falls apart into cells, with or without headings."""

import pytest

from criteria.blocks import (
    Piece,
    Shape,
    code_in,
    heading,
    join,
    name,
    name_key,
    pieces,
    shape_of,
    split,
)

CODES = ["1.1", "1.2", "2.1", "3"]


def is_unit(text):
    return name_key(text) in {name_key("Hội Hoan"), name_key("Bắc Ái")}


def shape(text):
    return shape_of(split(text), is_unit, CODES)


def test_rows_and_cells_are_split_at_line_breaks_and_tabs():
    assert split("85,5\tĐ\r\n70\t\r\n\r\n") == [["85,5", "Đ"], ["70", ""]]


def test_quoted_cell_holds_line_breaks_tabs_and_quotes():
    assert split('"Hội\nHoan"\t"a ""b"""\n1\t2') == [["Hội\nHoan", 'a "b"'], ["1", "2"]]


def test_open_quote_is_a_letter_like_any_other():
    assert split('"85\t1\n70\t2') == [['"85', "1"], ["70", "2"]]


def test_joined_rows_split_into_the_same():
    rows = [["Hội\nHoan", 'a "b"'], ["x\ty", ""]]
    assert split(join(rows)) == rows


@pytest.mark.parametrize(
    "written", ["xã Hội Hoan", "HỘI HOAN", "Hội  Hoan", "Xã Hô\u0323i Hoan", "Hội-Hoan"]
)
def test_name_is_known_however_it_is_written(written):
    assert name_key(written) == name_key("Hội Hoan")


def test_place_of_the_tone_makes_no_difference_but_the_tone_does():
    assert name_key("Hoà Bình") == name_key("Hòa Bình") != name_key("Hoa Bình")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1.1", "1.1"),
        ("1,1", "1.1"),
        ("Chỉ tiêu 17.10. Cây xanh", "17.10"),
        ("5", "5"),
        ("Xã", ""),
    ],
)
def test_heading_gives_its_code(text, code):
    assert code_in(text) == code


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("85\tĐ\n70\tK", Shape()),
        ("Xã\t1.1\t1.2\nHội Hoan\t85\tĐ\nBắc Ái\t70\tK", Shape(0, 0)),
        ("Bảng 1\nSTT\tXã\t1.1\n1\tHội Hoan\t85\n2\tBắc Ái\t1", Shape(1, 1)),
        ("Hội Hoan\t85\nBắc Ái\t70", Shape(0, None)),
        ("1.1\t1.2\n85\tĐ", Shape(None, 0)),
        ("1.1\t2.1\n85\tĐ", Shape()),
        ("1.1\n85", Shape()),
        ("Hội Hoan\t85\nXã Lạ\t70\nTân Thanh\t1", Shape(0, None)),
        ("Hội Hoan\t85\n06001\t70\n06002\t1", Shape(0, None)),
        ("85\tĐ\nHội Hoan\tK\n70\tK", Shape()),
        ("Xã Lạ\t85\nTân Thanh\t1", Shape()),
    ],
)
def test_headings_are_recognised(text, found):
    assert shape(text) == found


def test_pieces_count_from_the_first_cell_proper_and_leave_out_blanks():
    rows = split("\t1.1\t1.2\nHội Hoan\t\tĐ")
    found = Shape(0, 0)
    assert list(pieces(rows, found)) == [Piece(0, 1, "Đ")]
    assert (name(rows, found, 0), heading(rows, found, 1)) == ("Hội Hoan", "1.2")

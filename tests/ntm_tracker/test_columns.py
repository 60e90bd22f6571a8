"""Rows of uploaded tables by their headings, and what their cells hold."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils.translation import gettext_lazy

from ntm_tracker.web.columns import (
    Unreadable,
    choice_in,
    day_in,
    number_in,
    rows_of,
    whole_in,
)
from ntm_tracker.web.uploaded.sheets import Cell, Kind, Sheet

HEADINGS = {"district": gettext_lazy("District"), "source": gettext_lazy("Source")}


def sheet(*rows):
    cells = [[Cell(text, Kind.TEXT) if text else Cell() for text in row] for row in rows]
    return Sheet("Biểu", cells)


def read(*rows, needed=("district",)):
    return [
        (found.number, dict(found.cells)) for found in rows_of([sheet(*rows)], HEADINGS, needed)
    ]


@pytest.mark.parametrize("heading", ["Huyện", "District", " huyện "])
def test_headings_of_any_language_in_any_order_are_known(heading):
    rows = read(["Sổ"], [], ["x", "Nguồn", heading], ["1", "báo", "Văn Lãng"])
    assert rows == [(4, {"district": "Văn Lãng", "source": "báo"})]


def test_notes_below_an_empty_row_are_passed_over():
    assert len(read(["Huyện", "Nguồn"], ["a", "b"], [], ["ghi chú"])) == 1


def test_rows_below_an_empty_row_are_not_dropped_in_silence():
    with pytest.raises(Unreadable, match=r"3.*4"):
        read(["Huyện", "Nguồn"], ["a", "b"], [], ["c", "d"])


def test_apostrophe_before_a_formula_is_taken_off_again():
    rows = read(["Huyện"], ["'=1+1"], ["'quote"])
    assert [cells["district"] for _number, cells in rows] == ["=1+1", "'quote"]


@pytest.mark.parametrize("rows", [(["x"], ["y"]), (["Huyện"],), ([],)])
def test_table_without_headings_or_rows_is_refused(rows):
    with pytest.raises(Unreadable):
        read(*rows)


def test_cell_with_an_error_is_named():
    table = sheet(["Huyện", "Nguồn"], ["a", "b"])
    table.rows[1][1] = Cell("#REF!", Kind.ERROR)
    with pytest.raises(Unreadable, match="B2"):
        rows_of([table], HEADINGS, ["district"])


def test_table_that_is_too_long_is_refused():
    with pytest.raises(Unreadable, match="2001"):
        read(["Huyện"], *(["a"] for _ in range(2001)))


def test_days_and_numbers_are_read_in_the_ways_people_write_them():
    assert day_in("31/12/2025") == day_in("2025-12-31") == date(2025, 12, 31)
    assert number_in("12,7") == number_in("12.7") == Decimal("12.7")
    assert (whole_in("115"), whole_in(""), day_in("")) == (115, None, None)
    assert choice_in("xã", [("c", "Xã"), ("d", "Huyện")]) == "c"


@pytest.mark.parametrize(
    ("read_cell", "text"),
    [
        (day_in, "31.12"),
        (number_in, "1.234,5"),
        (number_in, "nhiều"),
        (number_in, "NaN"),
        (number_in, "1e999999999"),
        (whole_in, "1,5"),
        (whole_in, "Infinity"),
    ],
)
def test_what_is_not_understood_is_quoted(read_cell, text):
    with pytest.raises(Unreadable, match=text):
        read_cell(text)

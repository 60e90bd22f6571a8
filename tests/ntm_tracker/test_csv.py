"""CSV files that spreadsheets open safely."""

from decimal import Decimal

import pandas as pd
import pytest

from ntm_tracker.web.tables import safe_cell, to_csv


@pytest.mark.parametrize("text", ["=1+1", "+84 25", "-2", "@SUM(A1)", "\t=1", "\r=1"])
def test_text_that_would_be_a_formula_is_neutralised(text):
    assert safe_cell(text) == f"'{text}"


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (-5, "-5"),
        (-0.5, "-0.5"),
        (65.0, "65"),
        (15.21, "15.21"),
        (None, ""),
        (float("nan"), ""),
        (pd.Timestamp("2020-12-31"), "2020-12-31"),
        (Decimal("90.5000"), "90.5"),
        (Decimal("0.0000"), "0"),
        (Decimal("1200"), "1200"),
        ("05986", "05986"),
        ("Hòa Bình", "Hòa Bình"),
    ],
)
def test_values_stand_as_they_are(value, cell):
    assert safe_cell(value) == cell


def test_file_opens_in_excel_with_its_letters_and_says_what_it_is():
    text = to_csv(["Xã"], [["Đình Lập"]], ["tính đến 31/12/2024"])
    assert text == "\ufeffXã\r\nĐình Lập\r\n\r\ntính đến 31/12/2024\r\n"

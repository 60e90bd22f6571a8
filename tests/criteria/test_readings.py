"""What somebody typed, read the Vietnamese way."""

import unicodedata
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from criteria.readings import Unreadable, Why, plain, read_number, read_verdict
from criteria.rules import Verdict


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("85,5", "%", "85.5"),
        ("85.5", "%", "85.5"),
        (" 85,5 % ", "%", "85.5"),
        ("85,5%", "%", "85.5"),
        ("39 triệu đồng/người", "triệu đồng/người", "39"),
        ("39 TRIỆU ĐỒNG/NGƯỜI", "triệu đồng/người", "39"),
        (unicodedata.normalize("NFD", "39 triệu đồng/người"), "triệu đồng/người", "39"),
        ("1.234,5", "", "1234.5"),
        ("1.234.567", "", "1234567"),
        ("1 234,5", "", "1234.5"),
        ("1\u202f234", "", "1234"),
        ("1,234", "", "1.234"),
        ("0.500", "", "0.5"),
        ("12.3456", "", "12.3456"),
        ("-3", "", "-3"),
        ("−3", "", "-3"),
        ("0", "", "0"),
    ],
)
def test_number_is_read(text, unit, value):
    assert read_number(text, unit) == Decimal(value)


@pytest.mark.parametrize(
    ("text", "unit", "why"),
    [
        ("abc", "", Why.NO_NUMBER),
        ("", "", Why.NO_NUMBER),
        ("8o,5", "", Why.NO_NUMBER),
        ("85,5 km", "%", Why.UNIT),
        ("85 %", "triệu đồng/người", Why.UNIT),
        ("1,2,3", "", Why.SEPARATORS),
        ("1..2", "", Why.SEPARATORS),
        ("1,234.5", "", Why.SEPARATORS),
        ("1.23.456", "", Why.SEPARATORS),
        ("12345678901", "", Why.TOO_LONG),
        ("0,00001", "", Why.TOO_PRECISE),
        ("1.234", "", Why.EITHER),
        ("12.500", "%", Why.EITHER),
    ],
)
def test_text_is_refused_with_its_reason(text, unit, why):
    with pytest.raises(Unreadable) as refusal:
        read_number(text, unit)
    assert refusal.value.why is why


def test_both_readings_are_offered_and_each_is_read_at_once():
    with pytest.raises(Unreadable) as refusal:
        read_number("1.234")
    assert [read_number(choice) for choice in refusal.value.choices] == [
        Decimal(1234),
        Decimal("1.234"),
    ]


@given(st.decimals(min_value=0, max_value=10**9, places=4))
def test_what_is_written_into_an_input_is_read_back(value):
    assert read_number(plain(value)) == value


@given(st.text())
def test_no_text_breaks_the_reading(text):
    try:
        read_number(text)
    except Unreadable:
        return


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Đạt", Verdict.MET),
        ("x", Verdict.MET),
        (" X ", Verdict.MET),
        (unicodedata.normalize("NFD", "Đạt"), Verdict.MET),
        ("CĐ", Verdict.BASICALLY),
        ("Cơ bản  đạt", Verdict.BASICALLY),
        ("Chưa đạt", Verdict.NOT_MET),
        ("Không áp dụng", Verdict.NOT_APPLICABLE),
        ("có lẽ", None),
        ("", None),
    ],
)
def test_word_stands_for_a_verdict(text, verdict):
    assert read_verdict(text) is verdict

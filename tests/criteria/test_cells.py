"""A cell gives a number, a verdict or both, and is written so that it reads the same."""

from decimal import Decimal

import pytest

from criteria.cells import KEPT, Dots, Said, cell_text, read_cell
from criteria.readings import Unreadable, Why


@pytest.mark.parametrize(
    ("text", "value", "verdict"),
    [
        ("85,5", "85.5", KEPT),
        ("85.5 %", "85.5", KEPT),
        ("Đ", KEPT, "met"),
        ("cơ  bản đạt", KEPT, "basically"),
        ("85,5 Đ", "85.5", "met"),
        ("85,5Đ", "85.5", "met"),
        ("85,5 % không đạt", "85.5", "not_met"),
        ("39\nCĐ", "39", "basically"),
        ("KA", KEPT, "not_applicable"),
        ("–", None, None),
        ("85,5 –", "85.5", None),
        ("– Đ", None, "met"),
    ],
)
def test_cell_gives_what_it_says_and_keeps_the_rest(text, value, verdict):
    number = Decimal(value) if isinstance(value, str) else value
    assert read_cell(text, "%") == Said(number, verdict)


@pytest.mark.parametrize(
    ("text", "why"), [("abc", Why.NO_NUMBER), ("1,2,3 Đ", Why.SEPARATORS), ("5 ha", Why.UNIT)]
)
def test_cell_that_is_neither_is_unreadable(text, why):
    with pytest.raises(Unreadable) as error:
        read_cell(text, "%")
    assert error.value.why is why


def test_dot_that_may_mean_either_is_asked_about():
    with pytest.raises(Unreadable) as error:
        read_cell("1.234 Đ")
    assert error.value.choices == ("1234", "1,234")


@pytest.mark.parametrize(("dots", "value"), [(Dots.THOUSANDS, "1234"), (Dots.DECIMAL, "1.234")])
def test_answer_says_what_the_dot_means(dots, value):
    assert read_cell("1.234 Đ", "", dots) == Said(Decimal(value), "met")


@pytest.mark.parametrize(
    ("value", "verdict", "decides", "text"),
    [
        (None, None, False, ""),
        ("85.50", None, False, "85,5"),
        ("85.5", "met", False, "85,5 Đ"),
        ("85.5", "met", True, "85,5"),
        ("70", "basically", True, "70 CĐ"),
        (None, "not_applicable", True, "KA"),
    ],
)
def test_finding_is_written_as_it_is_read(value, verdict, decides, text):
    number = value and Decimal(value)
    assert cell_text(number, verdict, number_decides=decides) == text
    if text:
        said = read_cell(text)
        assert said.value in (number, KEPT)
        assert said.verdict in (verdict, KEPT)

"""Numbers and dates as Vietnamese officials write them."""

from datetime import UTC, date, datetime
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
from django.template import engines
from django.utils import translation

from ntm_tracker.web.numbers import day, moment, number, percent, signed


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        (1234, 0, "1.234"),
        (12.7, 1, "12,7"),
        (1234567.891, 2, "1.234.567,89"),
        (106, 1, "106,0"),
        (0, 0, "0"),
        (-5, 0, "−5"),
        (-1234.5, 1, "−1.234,5"),
        (Decimal("15.2100"), 2, "15,21"),
        (np.int64(181), 0, "181"),
        (1234.0, 0, "1.234"),
        (-0.0, 0, "0"),
        (np.float64(14.03), 2, "14,03"),
    ],
)
def test_number_is_written_the_vietnamese_way(value, places, text):
    assert number(value, places) == text


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [(0.5, 0, "1"), (62.5, 0, "63"), (-0.5, 0, "−1"), (0.25, 1, "0,3")],
)
def test_half_rounds_away_from_zero(value, places, text):
    assert number(value, places) == text


@pytest.mark.parametrize("value", [-0.04, Decimal("-0.0"), np.float64(-0.0)])
def test_what_rounds_to_nothing_has_no_sign(value):
    assert (number(value, 1), signed(value, 1)) == ("0,0", "0,0")


@pytest.mark.parametrize(
    "value", [None, float("nan"), np.nan, Decimal("NaN"), float("inf"), np.float64("-inf")]
)
def test_missing_value_is_a_dash_and_never_zero(value):
    assert {number(value), percent(value), signed(value)} == {"–"}


def test_per_cent_keeps_its_sign_on_the_line():
    assert percent(63.535911) == "63,5\u202f%"
    assert percent(100, 0) == "100\u202f%"


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        (5, 0, "+5"),
        (-5, 0, "−5"),
        (0, 0, "0"),
        (1234.5, 1, "+1.234,5"),
        (Decimal("0.1"), 1, "+0,1"),
    ],
)
def test_change_carries_its_sign(value, places, text):
    assert signed(value, places) == text


def test_english_reader_gets_english_separators():
    with translation.override("en"):
        assert number(1234.5, 1) == "1,234.5"
        assert percent(63.5) == "63.5\u202f%"
        assert signed(-1234) == "−1,234"


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("value", [date(2020, 12, 31), pd.Timestamp("2020-12-31")])
def test_day_comes_before_the_month_in_every_language(language, value):
    with translation.override(language):
        assert day(value) == "31/12/2020"


def test_moment_is_the_day_it_falls_on_in_vietnam():
    assert day(datetime(2020, 12, 31, 18, tzinfo=UTC)) == "01/01/2021"


def test_moment_is_written_with_the_hour_it_is_in_vietnam():
    assert moment(datetime(2026, 11, 24, 7, 32, tzinfo=UTC)) == "14:32 24/11/2026"
    assert moment(None) == "–"


@pytest.mark.parametrize("value", [None, pd.NaT])
def test_missing_day_is_a_dash(value):
    assert day(value) == "–"


def test_templates_have_the_filters_without_loading_them():
    template = engines["django"].from_string(
        "{{ n|number:1 }} {{ p|percent }} {{ c|signed }} {{ d|day }}"
    )
    text = template.render({"n": 12.65, "p": 63.5, "c": 5, "d": date(2025, 6, 30)})
    assert text == "12,7 63,5\u202f% +5 30/06/2025"

"""What is typed into a cell: whatever is shown is read back as the same."""

from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from targets.plans.cells import BASELINE, Key, Kind, Unfit, Value, catalogue, read, text_of

WHOLE = st.integers(0, 9_999).map(Decimal)
DECIMALS = st.decimals(0, 100, places=4, allow_nan=False)


@given(value=DECIMALS, language=st.sampled_from(["vi", "en"]))
def test_share_that_is_shown_is_read_back(value, language):
    key = Key("communes_standard", Kind.SHARE, 2025)
    with translation.override(language):
        try:
            assert read(key, text_of(key, Value(value))) == Value(value)
        except Unfit:
            # "1.234" may mean either; it is asked about, never guessed
            assert language == "en"


@given(low=WHOLE, more=WHOLE)
def test_range_that_is_shown_is_read_back(low, more):
    for kind in [Kind.RANGE, Kind.PER_DISTRICT]:
        key = Key("gardens", kind, 2022)
        value = Value(low, low + more)
        assert read(key, text_of(key, value)) == value


@given(low=WHOLE, more=st.integers(1, 999).map(Decimal))
def test_baseline_that_is_shown_is_read_back(low, more):
    key = Key("communes_standard", BASELINE, 0)
    value = Value(low, low + more)
    assert read(key, text_of(key, value)) == value


def reading(key, text):
    """What a text is read as, or the sentence that refuses it."""
    try:
        return read(key, text)
    except Unfit as error:
        return error.sentence


@given(text=st.text(max_size=20), line=st.sampled_from(catalogue()))
def test_any_text_is_a_value_or_is_told(text, line):
    found = reading(Key(*line, 2025), text)
    is_told = isinstance(found, str) and text.strip() in found
    assert is_told or found is None or found.low >= 0


@pytest.mark.parametrize("text", ["", "  ", "\n"])
def test_empty_text_is_no_target(text):
    assert read(Key("gardens", Kind.PER_DISTRICT, 2022), text) is None

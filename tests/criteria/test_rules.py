"""The rules by which indicators, criteria and bands are decided."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from criteria.rules import (
    Direction,
    Verdict,
    band,
    band_limits,
    criterion_verdict,
    indicator_verdict,
    is_met,
    tally,
)

MET, BASICALLY, NOT_MET, NOT_APPLICABLE = Verdict
quick = settings(derandomize=True, max_examples=60, deadline=None)
verdicts = st.lists(st.sampled_from([*Verdict, None]), max_size=6)


@pytest.mark.parametrize(
    ("value", "direction", "expected"),
    [
        ("65", Direction.AT_LEAST, True),
        ("64.9", Direction.AT_LEAST, False),
        ("65", Direction.AT_MOST, True),
        ("65.1", Direction.AT_MOST, False),
    ],
)
def test_the_threshold_itself_counts_as_reached(value, direction, expected):
    assert is_met(Decimal(value), Decimal(65), direction) is expected


def test_an_unknown_direction_is_refused():
    with pytest.raises(ValueError, match="upwards"):
        is_met(Decimal(1), Decimal(1), "upwards")


def judge(value, threshold=65, *, is_verified=True, entered=None):
    limit = None if threshold is None else Decimal(threshold)
    number = None if value is None else Decimal(value)
    return indicator_verdict(
        number, limit, Direction.AT_LEAST, is_verified=is_verified, entered=entered
    )


def test_a_number_decides_against_a_verified_threshold():
    assert judge(70) is MET
    assert judge(60) is NOT_MET
    assert judge(60, entered="met") is NOT_MET


def test_an_unverified_threshold_decides_nothing():
    assert judge(70, is_verified=False) is None
    assert judge(70, is_verified=False, entered="not_met") is NOT_MET


def test_where_no_threshold_is_set_the_officer_decides():
    assert judge(70, None) is None
    assert judge(None, None, entered="met") is MET


def test_without_a_number_an_indicator_is_not_assessed():
    assert judge(None) is None
    assert judge(None, entered="met") is None


def test_what_does_not_apply_is_not_judged_by_its_number():
    assert judge(10, entered="not_applicable") is NOT_APPLICABLE


def test_basically_met_is_the_officers_word_for_a_number_that_falls_short():
    assert judge(60, entered="basically") is BASICALLY
    assert judge(70, entered="basically") is MET


@pytest.mark.parametrize(
    ("indicators", "expected"),
    [
        (["met", "met"], MET),
        (["met", "not_applicable"], MET),
        (["met", "not_met"], NOT_MET),
        (["met", "basically"], BASICALLY),
        (["basically", "not_met"], NOT_MET),
        (["not_applicable", "not_applicable"], NOT_APPLICABLE),
        (["met", None], None),
        (["not_met", None], NOT_MET),
        ([], None),
    ],
)
def test_a_criterion_is_met_when_every_applicable_indicator_is(indicators, expected):
    assert criterion_verdict(indicators) is expected


@quick
@given(verdicts, st.randoms(use_true_random=False))
def test_the_order_of_indicators_does_not_matter(indicators, random):
    shuffled = list(indicators)
    random.shuffle(shuffled)
    assert criterion_verdict(shuffled) is criterion_verdict(indicators)


@quick
@given(verdicts)
def test_what_does_not_apply_never_changes_a_criterion(indicators):
    others = [verdict for verdict in indicators if verdict is not NOT_APPLICABLE]
    if others:
        assert criterion_verdict(indicators) is criterion_verdict(others)


def test_a_tally_leaves_out_what_does_not_apply():
    counts = tally(["met"] * 15 + ["basically", "not_met", "not_applicable", None])
    assert (counts.met, counts.basically, counts.not_met) == (15, 1, 1)
    assert (counts.not_applicable, counts.not_assessed) == (1, 1)
    assert counts.total == 18


@pytest.mark.parametrize(
    ("met", "number"),
    [(19, 0), (18, 1), (15, 1), (14, 2), (10, 2), (9, 3), (5, 3), (4, 4), (0, 4)],
)
def test_bands_of_19_criteria_are_those_the_province_reports(met, number):
    assert band(met, 19) == number


def test_bands_of_another_set_are_the_same_shares_of_it():
    assert band_limits(19) == (19, 15, 10, 5)
    assert band_limits(18) == (18, 15, 10, 5)
    assert band_limits(10) == (10, 8, 6, 3)


@quick
@given(st.integers(1, 30), st.data())
def test_one_more_criterion_never_means_a_worse_band(total, data):
    met = data.draw(st.integers(0, total - 1))
    assert band(met + 1, total) <= band(met, total)
    assert band(total, total) == 0

"""What keeps a value out, what needs an explanation, what reviewers are shown."""

from decimal import Decimal

import pytest

from criteria import checks
from criteria.checks import Fault, Finding, Warn


@pytest.mark.parametrize(
    ("value", "kind", "fault"),
    [
        ("-0.1", "number", Fault.BELOW_ZERO),
        ("-1", "percent", Fault.BELOW_ZERO),
        ("101", "percent", Fault.ABOVE_HUNDRED),
        ("100", "percent", None),
        ("101", "number", None),
        ("2.5", "count", Fault.NOT_WHOLE),
        ("2.0", "count", None),
    ],
)
def test_impossible_value_is_named(value, kind, fault):
    assert checks.fault_in(Decimal(value), kind) is fault


def test_no_value_has_no_fault():
    assert checks.fault_in(None, "percent") is None


def warned(now, last, *, kind="percent", threshold=None, direction="at_least", **limits):
    limits = {name: Decimal(limit) for name, limit in limits.items()}
    return checks.warnings(
        Finding(*now),
        last and Finding(*last),
        kind=kind,
        threshold=threshold,
        direction=direction,
        limits=checks.Limits(**limits),
    )


def test_falling_below_after_being_met_is_warned_of():
    assert warned((None, "not_met"), (None, "met")) == [Warn.FELL]
    assert warned((None, "not_met"), (None, "basically")) == [Warn.FELL]
    assert warned((None, "basically"), (None, "met")) == []
    assert warned((None, "not_met"), (None, "not_met")) == []
    assert warned((None, "not_met"), None) == []


@pytest.mark.parametrize(
    ("now", "last", "kind", "jumps"),
    [
        (71, 50, "percent", True),
        (70, 50, "percent", False),
        (30, 51, "percent", True),
        (151, 100, "number", True),
        (150, 100, "number", False),
        (5, 0, "number", True),
        (0, 0, "number", False),
        (5, 0, "count", True),
        (5, 0, "percent", False),
        (49, 100, "number", True),
    ],
)
def test_jump_beyond_the_limit_is_warned_of(now, last, kind, jumps):
    found = warned((Decimal(now), None), (Decimal(last), None), kind=kind, points=20, percent=50)
    assert (Warn.JUMP in found) is jumps


def test_met_against_a_number_that_falls_short_is_warned_of():
    assert warned((Decimal(79), "met"), None, threshold=80) == [Warn.MET_BELOW]
    assert warned((Decimal(80), "met"), None, threshold=80) == []
    assert warned((Decimal(81), "met"), None, threshold=80, direction="at_most") == [
        Warn.MET_BELOW
    ]
    assert warned((Decimal(79), "basically"), None, threshold=80) == []


@pytest.mark.parametrize(
    ("quarter", "now", "flagged"),
    [(4, "met", True), (3, "met", False), (4, "not_met", False)],
)
def test_all_missing_criteria_met_at_the_year_end_are_flagged(quarter, now, flagged):
    last = {1: "not_met", 2: "not_met", 3: "not_met", 4: "met"}
    assert checks.rises_all_at_year_end(quarter, last | {1: now, 2: "met", 3: "met"}, last) is (
        flagged
    )


def test_two_missing_criteria_prove_nothing():
    last = {1: "not_met", 2: "not_met", 3: "met"}
    assert not checks.rises_all_at_year_end(4, dict.fromkeys(last, "met"), last)


def test_many_values_exactly_at_their_threshold_are_counted():
    limit = Decimal(80)
    assert checks.sits_at_thresholds([(limit, limit)] * 4 + [(Decimal(90), limit)]) == 4
    assert checks.sits_at_thresholds([(limit, limit)] * 2 + [(Decimal(90), limit)] * 3) == 0
    assert checks.sits_at_thresholds([(limit, limit)] * 4) == 0
    assert checks.sits_at_thresholds([(Decimal(100), Decimal(100))] * 9) == 0


def test_communes_with_the_same_numbers_are_told_of_each_other():
    row = [Decimal(n) for n in range(5)]
    values = {1: row, 2: row, 3: [*row[:4], Decimal(9)], 4: [*row[:4], None], 5: [*row[:4], None]}
    assert checks.alike(values) == {1: [2], 2: [1]}


@pytest.mark.parametrize(
    ("verdicts", "is_recognised", "contradicts"),
    [
        (["met", "met"], False, True),
        (["met", "met"], True, False),
        (["met", "not_met"], True, True),
        (["met", "not_met"], False, False),
        (["met", "not_applicable"], False, True),
        (["met", None], True, False),
        ([], True, False),
    ],
)
def test_claim_is_held_against_recognition(verdicts, is_recognised, contradicts):
    found = checks.contradicts_recognition(verdicts, is_recognised=is_recognised)
    assert found is contradicts

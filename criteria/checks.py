"""What is wrong or odd about findings, by severity: plain Python, no model and no query.

Errors keep a value out. Warnings ask for an explanation before an assessment is submitted.
Flags are for reviewers' eyes only; they accuse nobody.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from criteria.rules import Verdict, is_met

HUNDRED = Decimal(100)
LAST_QUARTER = 4
REACHED = (Verdict.MET, Verdict.BASICALLY)
# A flag needs so many values before it says anything.
LEAST_VALUES = 5
# Of the numeric values, the share at their threshold that is worth a look.
MANY = Decimal("0.5")


class Fault(StrEnum):
    """Why a number cannot be what the indicator asks for."""

    BELOW_ZERO = "below_zero"
    ABOVE_HUNDRED = "above_hundred"
    NOT_WHOLE = "not_whole"


class Warn(StrEnum):
    """What needs an explanation."""

    FELL = "fell"
    JUMP = "jump"
    MET_BELOW = "met_below"


class Flag(StrEnum):
    """What a reviewer should look at."""

    ALL_AT_YEAR_END = "all_at_year_end"
    AT_THRESHOLD = "at_threshold"
    IDENTICAL = "identical"
    RECOGNISED_GAP = "recognised_gap"


@dataclass(frozen=True)
class Finding:
    """What was found of one indicator or criterion."""

    value: Decimal | None = None
    verdict: str | None = None


@dataclass(frozen=True)
class Limits:
    """The largest change that needs no explanation: points of a percentage, per cent of others."""

    points: Decimal = Decimal(20)
    percent: Decimal = Decimal(50)


def fault_in(value: Decimal | None, kind: str) -> Fault | None:
    """What makes a value impossible for an indicator of a kind (percent, number, count)."""
    if value is None:
        return None
    if value < 0:
        return Fault.BELOW_ZERO
    if kind == "percent" and value > HUNDRED:
        return Fault.ABOVE_HUNDRED
    if kind == "count" and value != value.to_integral_value():
        return Fault.NOT_WHOLE
    return None


def warnings(
    now: Finding,
    last: Finding | None,
    *,
    kind: str,
    threshold: Decimal | None,
    direction: str,
    limits: Limits,
) -> list[Warn]:
    """What is odd about a finding beside the last verified one and the threshold.

    The threshold is compared whether it is verified or not: a warning is no verdict.
    """
    found = []
    if last and last.verdict in REACHED and now.verdict == Verdict.NOT_MET:
        found.append(Warn.FELL)
    if last and _jumps(now.value, last.value, kind, limits):
        found.append(Warn.JUMP)
    is_known = now.value is not None and threshold is not None
    if now.verdict == Verdict.MET and is_known and not is_met(now.value, threshold, direction):
        found.append(Warn.MET_BELOW)
    return found


def _jumps(now: Decimal | None, last: Decimal | None, kind: str, limits: Limits) -> bool:
    if now is None or last is None:
        return False
    change = abs(now - last)
    if kind == "percent":
        return change > limits.points
    return 100 * change > limits.percent * abs(last)


def rises_all_at_year_end(
    quarter: int, now: Mapping[int, str | None], last: Mapping[int, str | None]
) -> bool:
    """Did every criterion that was short of met become met in the last quarter of the year?

    Verdicts by number of criterion. One or two that were missing prove nothing.
    """
    missing = [number for number, verdict in last.items() if verdict == Verdict.NOT_MET]
    risen = [number for number in missing if now.get(number) == Verdict.MET]
    return quarter == LAST_QUARTER and len(missing) > 2 and len(risen) == len(missing)


def sits_at_thresholds(pairs: Iterable[tuple[Decimal | None, Decimal | None]]) -> int:
    """How many values equal their threshold, if that is a suspicious share of them; else 0.

    `pairs` are values with thresholds. 0 and 100 per cent are where honest values lie too.
    """
    known = [pair for pair in pairs if None not in pair and pair[1] not in (0, HUNDRED)]
    equal = sum(value == threshold for value, threshold in known)
    return equal if len(known) >= LEAST_VALUES and equal > MANY * len(known) else 0


def alike(values: Mapping[int, Sequence[Decimal | None]]) -> dict[int, list[int]]:
    """Which of several communes report exactly the same numbers, by each one's key.

    A commune with fewer than five numbers is not compared.
    """
    groups: dict[tuple, list[int]] = {}
    for key, row in values.items():
        if sum(value is not None for value in row) >= LEAST_VALUES:
            groups.setdefault(tuple(row), []).append(key)
    return {
        key: [other for other in group if other != key]
        for group in groups.values()
        if len(group) > 1
        for key in group
    }


def contradicts_recognition(verdicts: Iterable[str | None], *, is_recognised: bool) -> bool:
    """Is a recognised commune short of a criterion, or does one not recognised meet them all?"""
    applicable = [verdict for verdict in verdicts if verdict != Verdict.NOT_APPLICABLE]
    if not applicable or None in applicable:
        return False
    return all(verdict == Verdict.MET for verdict in applicable) != is_recognised

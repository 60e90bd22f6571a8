"""The rules by which a commune meets its criteria: plain Python, no model and no query.

A verdict is one of `Verdict`, or None where nobody has assessed yet. None is never read
as "not met".
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

# Lower ends of the bands officers sort communes by when a set has 19 criteria.
BAND_LIMITS_OF_19 = (19, 15, 10, 5)
LOWEST_BAND = len(BAND_LIMITS_OF_19)


class Verdict(StrEnum):
    """How an indicator or a criterion came out."""

    MET = "met"
    BASICALLY = "basically"
    NOT_MET = "not_met"
    NOT_APPLICABLE = "not_applicable"


class Direction(StrEnum):
    """On which side of its threshold a value is good."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"


@dataclass(frozen=True)
class Tally:
    """How many criteria came out each way; `total` counts the applicable ones."""

    met: int
    basically: int
    not_met: int
    not_applicable: int
    not_assessed: int

    @property
    def total(self) -> int:
        return self.met + self.basically + self.not_met + self.not_assessed


def is_met(value: Decimal, threshold: Decimal, direction: str) -> bool:
    """Does a reported value reach its threshold? The threshold itself counts as reached.

    Raises ValueError when `direction` is not one of `Direction`.
    """
    if Direction(direction) is Direction.AT_MOST:
        return value <= threshold
    return value >= threshold


def indicator_verdict(
    value: Decimal | None,
    threshold: Decimal | None,
    direction: str,
    *,
    is_verified: bool,
    entered: str | None = None,
) -> Verdict | None:
    """The verdict of one indicator, or None while it is not assessed.

    Against a threshold that is set and verified the number decides. Where there is none, or the
    province has still to set or confirm it, the verdict `entered` by the officer stands.
    "Not applicable" is always the officer's word, and so is "basically met" for a number that
    falls short.
    """
    by_hand = Verdict(entered) if entered else None
    if by_hand is Verdict.NOT_APPLICABLE or threshold is None or not is_verified:
        return by_hand
    if value is None:
        return None
    if is_met(value, threshold, direction):
        return Verdict.MET
    return Verdict.BASICALLY if by_hand is Verdict.BASICALLY else Verdict.NOT_MET


def criterion_verdict(indicators: Iterable[str | None]) -> Verdict | None:
    """The verdict of a criterion from those of its indicators.

    Met when every applicable indicator is met. One that is not met decides at once; failing
    that, one that is not assessed leaves the criterion open.
    """
    verdicts = list(indicators)
    if Verdict.NOT_MET in verdicts:
        return Verdict.NOT_MET
    if not verdicts or None in verdicts:
        return None
    if Verdict.BASICALLY in verdicts:
        return Verdict.BASICALLY
    if Verdict.MET in verdicts:
        return Verdict.MET
    return Verdict.NOT_APPLICABLE


def tally(criteria: Iterable[str | None]) -> Tally:
    """Count the verdicts of a commune's criteria."""
    verdicts = list(criteria)
    return Tally(
        met=verdicts.count(Verdict.MET),
        basically=verdicts.count(Verdict.BASICALLY),
        not_met=verdicts.count(Verdict.NOT_MET),
        not_applicable=verdicts.count(Verdict.NOT_APPLICABLE),
        not_assessed=verdicts.count(None),
    )


def band_limits(total: int) -> tuple[int, ...]:
    """The least number of criteria in each band but the lowest, best band first.

    For 19 criteria: 19, 15, 10, 5. For another number the same shares of it, rounded up:
    10 criteria give 10, 8, 6, 3.
    """
    return tuple(-(-total * limit // 19) for limit in BAND_LIMITS_OF_19)


def band(met: int, total: int) -> int:
    """Which band a commune is in: 0 with every criterion met, down to 4 in the lowest."""
    for number, limit in enumerate(band_limits(total)):
        if met >= limit:
            return number
    return LOWEST_BAND

"""Values, changes and thresholds of indicators as text."""

from decimal import Decimal

from criteria.models import Indicator, Threshold
from ntm_tracker.web.numbers import MISSING, number, percent, signed


def value_text(value: Decimal | None, indicator: Indicator) -> str:
    """A reported value with its unit; shares have at least one decimal."""
    is_share = indicator.kind == Indicator.Kind.PERCENT
    return "" if value is None else measure(value, indicator, at_least=int(is_share))


def change_text(change: Decimal | None) -> str:
    return "" if change is None else signed(change, max(1, decimals(change)))


def threshold_text(threshold: Threshold | None, indicator: Indicator) -> str:
    """A threshold with its direction and unit, else in the words of its source."""
    if threshold is None or threshold.value is None:
        return threshold.text if threshold and threshold.text else MISSING
    sign = "≤" if indicator.direction == Indicator.Direction.AT_MOST else "≥"
    return f"{sign} {measure(threshold.value, indicator)}"


def measure(value: Decimal, indicator: Indicator, *, at_least: int = 0) -> str:
    """A value with all its decimals, so that none falls short of a threshold it seems to reach."""
    places = max(at_least, decimals(value))
    if indicator.kind == Indicator.Kind.PERCENT:
        return percent(value, places)
    return f"{number(value, places)} {indicator.unit}".strip()


def plain(value: Decimal) -> Decimal:
    """The value without the zeros that the database keeps: 80 and 62.5, never 8E+1."""
    return round(value, decimals(value)) if decimals(value) else Decimal(int(value))


def decimals(value: Decimal) -> int:
    """How many decimals a value needs, four at most."""
    return min(max(-value.normalize().as_tuple().exponent, 0), 4)

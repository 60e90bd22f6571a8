"""Numbers and dates as text, written the Vietnamese or the English way.

Pages, charts and exports all write their figures with these functions, thousands of times a
page, so they do not go through Django's format settings. The active language decides:
12,7 and 1.234 in Vietnamese, 12.7 and 1,234 in English. Halves round away from zero, as
officials round.
"""

import math
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from django.utils import timezone
from django.utils.translation import get_language

MISSING = "–"
MINUS = "−"
NARROW_SPACE = "\u202f"

_STEPS = [Decimal(1).scaleb(-places) for places in range(7)]
_VIETNAMESE = str.maketrans(",.-", f".,{MINUS}")
_ENGLISH = str.maketrans("-", MINUS)


def number(value, places: int = 0) -> str:
    """`value` with exactly `places` decimals (at most 6) and thousands in groups.

    Takes int, float, Decimal and numpy numbers; None, NaN and infinity give "–".
    """
    if not places and (type(value) is int or (type(value) is float and value.is_integer())):
        return _localised(f"{int(value):,d}")
    rounded = _rounded(value, places)
    return MISSING if rounded is None else _localised(f"{rounded:,f}")


def percent(value, places: int = 1) -> str:
    """`value`, already in per cent, with its sign: 63.5 gives "63,5 %"."""
    text = number(value, places)
    return text if text is MISSING else f"{text}{NARROW_SPACE}%"


def signed(value, places: int = 0) -> str:
    """A change: "+5", "−5", "0"; what rounds to nothing has no sign."""
    rounded = _rounded(value, places)
    if rounded is None:
        return MISSING
    return _localised(f"{rounded:{'+' if rounded else ''},f}")


def day(value: date | datetime | None) -> str:
    """A date as dd/mm/yyyy in both languages; a moment as its day in Vietnam."""
    if value is None or value != value:
        return MISSING
    if isinstance(value, datetime) and timezone.is_aware(value):
        value = timezone.localtime(value)
    return f"{value.day:02}/{value.month:02}/{value.year:04}"


def moment(value: datetime | None) -> str:
    """A moment as the hour and day it is in Vietnam: 14:32 24/11/2026."""
    if value is None:
        return MISSING
    return f"{timezone.localtime(value):%H:%M} {day(value)}"


def _rounded(value, places: int) -> Decimal | None:
    if value is None or not math.isfinite(value):
        return None
    exact = value if isinstance(value, Decimal) else Decimal(repr(float(value)))
    rounded = exact.quantize(_STEPS[places], ROUND_HALF_UP)
    return rounded if rounded else _STEPS[places] * 0


def _localised(text: str) -> str:
    if text.isdigit():
        return text
    return text.translate(_ENGLISH if get_language() == "en" else _VIETNAMESE)

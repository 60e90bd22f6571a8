"""What a cell of a table says about a line, and how a finding is written into one.

A cell holds a number ("85,5"), a verdict ("Đ", "CĐ", "K", "KA" or its words) or both
("85,5 Đ"). What it does not say stays as it is; a dash in its place takes it away. Plain
Python, no model.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from functools import lru_cache

from criteria.readings import SPACES, Unreadable, Why, plain, read_number, read_verdict
from criteria.rules import Verdict

DASH = "–"
DASHES = {"-", "–", "—"}
LETTERS = {
    Verdict.MET: "Đ",
    Verdict.BASICALLY: "CĐ",
    Verdict.NOT_MET: "K",
    Verdict.NOT_APPLICABLE: "KA",
}
# The longest verdict is three words ("cơ bản đạt").
MOST_WORDS = 3
STUCK = re.compile(r"(.*\d)([^\W\d]+)", re.DOTALL)


class Keep(Enum):
    """What stands there stays."""

    KEPT = "kept"


KEPT = Keep.KEPT


class Dots(Enum):
    """What the dot of "1.234" is, where somebody was asked; by its place in the choices."""

    THOUSANDS = "thousands"
    DECIMAL = "decimal"


@dataclass(frozen=True)
class Said:
    """The number and the verdict that a cell gives; None takes one away."""

    value: Decimal | Keep | None = KEPT
    verdict: Verdict | Keep | None = KEPT


@lru_cache(maxsize=4096)
def read_cell(text: str, unit: str = "", dots: Dots | None = None) -> Said:
    """What a cell says that is not blank; raises Unreadable about its number."""
    whole = SPACES.sub(" ", text).strip()
    if whole in DASHES:
        return Said(None, None)
    if verdict := read_verdict(whole):
        return Said(verdict=verdict)
    typed, verdict = _apart(whole)
    return Said(None if typed in DASHES else _number(typed, unit, dots), verdict)


def cell_text(
    value: Decimal | None, verdict: str | None, *, number_decides: bool = False, is_english=False
) -> str:
    """A finding as `read_cell` reads it; the verdict is left out where the number tells it."""
    told = number_decides and verdict in {Verdict.MET, Verdict.NOT_MET}
    letter = LETTERS[Verdict(verdict)] if verdict and not told else ""
    if value is None:
        return letter
    number = plain(value, is_english=is_english)
    return f"{number} {letter}" if letter else number


def _apart(whole: str) -> tuple[str, Verdict | Keep | None]:
    """The number's part of a text and the verdict behind it."""
    words = whole.split(" ")
    for count in range(min(MOST_WORDS, len(words) - 1), 0, -1):
        verdict = _verdict(" ".join(words[-count:]))
        if verdict is not KEPT:
            return " ".join(words[:-count]), verdict
    stuck = STUCK.fullmatch(whole)
    if stuck and (verdict := read_verdict(stuck[2])):
        return stuck[1], verdict
    return whole, KEPT


def _verdict(text: str) -> Verdict | Keep | None:
    return None if text in DASHES else read_verdict(text) or KEPT


def _number(typed: str, unit: str, dots: Dots | None) -> Decimal:
    try:
        return read_number(typed, unit)
    except Unreadable as error:
        if error.why is not Why.EITHER or dots is None:
            raise
        return read_number(error.choices[list(Dots).index(dots)])

"""What somebody typed into a cell, read the Vietnamese way: plain Python, no model.

"85,5" and "85.5" are the same number, "1.234,5" is one thousand two hundred thirty-four and a
half; "1.234" may mean either and is asked about.
"""

import re
import unicodedata
from decimal import Decimal
from enum import StrEnum

from criteria.rules import Verdict

MOST_DIGITS, MOST_DECIMALS = 10, 4
SPACES = re.compile(r"[\s\u00a0\u202f]+")
PLAIN = re.compile(r"[+-]?\d+(?:[.,]\d+)?")
GROUPED = re.compile(r"[+-]?[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?")
EITHER = re.compile(r"[+-]?[1-9]\d{0,2}\.\d{3}")
NUMBER_AND_UNIT = re.compile(r"([+\-\d.,\s\u00a0\u202f]*\d)\s*(\D.*)?", re.DOTALL)
MINUS_SIGNS = str.maketrans({"−": "-", "–": "-"})

WORDS = {
    Verdict.MET: ("đ", "đạt", "x", "✓", "v", "met"),
    Verdict.BASICALLY: ("cđ", "cb", "cơ bản đạt", "đạt cơ bản", "basically met"),
    Verdict.NOT_MET: ("k", "kđ", "không đạt", "chưa đạt", "không", "chưa", "not met"),
    Verdict.NOT_APPLICABLE: ("ka", "kad", "không áp dụng", "n/a", "not applicable"),
}
VERDICTS = {word: verdict for verdict, words in WORDS.items() for word in words}


class Why(StrEnum):
    """Why a text is not taken as a number."""

    NO_NUMBER = "no_number"
    SEPARATORS = "separators"
    EITHER = "either"
    UNIT = "unit"
    TOO_LONG = "too_long"
    TOO_PRECISE = "too_precise"


class Unreadable(ValueError):
    """A text that is not taken as a number; `choices` are its readings where it may be two."""

    def __init__(self, why: Why, found: str, choices: tuple[str, ...] = ()):
        super().__init__(f"{why}: {found}")
        self.why, self.found, self.choices = why, found, choices


def read_number(text: str, unit: str = "") -> Decimal:
    """The number in a text, which may end in its unit; raises Unreadable.

    A text with both readings is refused with the two spellings that say which is meant.
    """
    whole = text.strip().translate(MINUS_SIGNS)
    match = NUMBER_AND_UNIT.fullmatch(whole)
    if match is None:
        raise Unreadable(Why.NO_NUMBER, text)
    typed, behind = match[1], match[2] or ""
    if behind and not is_same_unit(behind, unit):
        why = Why.UNIT if _looks_like_a_unit(behind) else Why.NO_NUMBER
        raise Unreadable(why, behind.strip() if why is Why.UNIT else text)
    return fitting(_decimal(SPACES.sub("", typed), text), text)


def is_same_unit(found: str, unit: str) -> bool:
    """Is a unit that was typed the expected one, by its letters?"""
    return _folded(found) == _folded(unit)


def read_verdict(text: str) -> Verdict | None:
    """The verdict that a word stands for ("Đạt", "x", "CĐ", "K"); None if it is no such word."""
    return VERDICTS.get(_folded(text))


def plain(value: Decimal | None, *, is_english: bool = False) -> str:
    """A number as its owner would type it: no groups, no needless zeros, decimal comma."""
    if value is None:
        return ""
    text = f"{value.normalize():f}"
    return text if is_english else text.replace(".", ",")


def _decimal(typed: str, text: str) -> Decimal:
    if EITHER.fullmatch(typed):
        choices = (typed.replace(".", ""), typed.replace(".", ","))
        raise Unreadable(Why.EITHER, text, choices)
    if GROUPED.fullmatch(typed):
        return Decimal(typed.replace(".", "").replace(",", "."))
    if PLAIN.fullmatch(typed):
        return Decimal(typed.replace(",", "."))
    raise Unreadable(Why.SEPARATORS, text)


def fitting(value: Decimal, text: str) -> Decimal:
    """A number that is not too long to be kept exactly; raises Unreadable."""
    if abs(value) >= Decimal(10) ** MOST_DIGITS:
        raise Unreadable(Why.TOO_LONG, text)
    if -value.normalize().as_tuple().exponent > MOST_DECIMALS:
        raise Unreadable(Why.TOO_PRECISE, text)
    return value


def _looks_like_a_unit(text: str) -> bool:
    return not any(letter.isdigit() for letter in text)


def _folded(text: str) -> str:
    return SPACES.sub(" ", unicodedata.normalize("NFC", text)).strip().casefold()

"""How the cells of a template look, and what Excel lets into them."""

from functools import cached_property

from django.utils.translation import gettext as _
from xlsxwriter.utility import xl_rowcol_to_cell

from criteria.cells import LETTERS
from criteria.measures import threshold_text
from criteria.models import Indicator
from criteria.sheets import Line
from criteria.typed import LONGEST_TEXT
from criteria.wording import expected

GREY, LINE = "#ECEEF1", "#B8BEC6"
# What Excel takes as the title of a hint and as its text.
MOST_OF_TITLE, MOST_OF_HINT = 32, 255
LONGEST_FINDING = 40


class Styles:
    """The formats of one workbook, made when they are asked for."""

    def __init__(self, book):
        self._add = book.add_format

    @cached_property
    def text(self):
        return self._add({"text_wrap": True, "valign": "top"})

    @cached_property
    def title(self):
        return self._add({"bold": True, "font_size": 14, "text_wrap": True})

    @cached_property
    def head(self):
        return self._add(self._boxed | {"bold": True, "bg_color": GREY})

    @cached_property
    def small_head(self):
        return self._add(self._boxed | {"font_size": 9, "bg_color": GREY})

    @cached_property
    def name(self):
        return self._add(self._boxed | {"bg_color": GREY})

    @cached_property
    def input(self):
        return self._add(self._boxed | {"locked": False})

    @cached_property
    def locked(self):
        return self._add(self._boxed | {"bg_color": GREY, "italic": True})

    _boxed = {"border": 1, "border_color": LINE, "text_wrap": True, "valign": "top"}


def validation(line: Line, row: int, column: int) -> dict:
    """What may be typed for a line into the cells that begin at a place, and a hint.

    Where a number is expected, text may stand too: it can carry the verdict ("85,5 Đ").
    """
    return rule(line, row, column) | {
        "input_title": f"{line.code} {line.target.local_name}"[:MOST_OF_TITLE],
        "input_message": _hint(line)[:MOST_OF_HINT],
    }


def rule(line: Line, row: int, column: int) -> dict:
    """The same without a hint: one for all lines of a kind."""
    refusal = {"error_message": _expectation(line)[:MOST_OF_HINT]}
    if not line.is_measured:
        return refusal | {"validate": "list", "source": list(LETTERS.values())}
    cell = xl_rowcol_to_cell(row, column)
    rules = {
        Indicator.Kind.PERCENT: f"AND({cell}>=0,{cell}<=100)",
        Indicator.Kind.COUNT: f"AND({cell}>=0,{cell}=INT({cell}))",
    }
    numbers = rules.get(line.kind, f"{cell}>=0")
    texts = f"AND(ISTEXT({cell}),LEN({cell})<={LONGEST_FINDING})"
    return refusal | {"validate": "custom", "value": f"=IF(ISNUMBER({cell}),{numbers},{texts})"}


def note_validation() -> dict:
    return {
        "validate": "length",
        "criteria": "<=",
        "value": LONGEST_TEXT,
        "error_message": _("A note has at most %(length)d characters.") % {"length": LONGEST_TEXT},
    }


def limit_text(line: Line) -> str:
    """The threshold of a line, empty where it has none."""
    return threshold_text(line.threshold, line.indicator) if line.indicator else ""


def _hint(line: Line) -> str:
    said = [_expectation(line)]
    if line.threshold:
        said.insert(0, _("Threshold: %(threshold)s.") % {"threshold": limit_text(line)})
    return " ".join(said)


def _expectation(line: Line) -> str:
    return _("Expected is %(expected)s.") % {"expected": expected(line)}

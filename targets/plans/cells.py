"""The cells of a plan: what each is called, how it is typed and what it may hold."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from criteria.readings import Unreadable, Why, plain, read_number
from targets.cards import titles
from targets.models import Metric, Target
from targets.progress.measures import METRICS

Kind = Target.Kind
BASELINE = "baseline"
CUMULATIVE = {Kind.CUMULATIVE_COUNT, Kind.NEW_IN_PLAN}
COUNTS = {*CUMULATIVE, Kind.NEW_IN_YEAR, Kind.PER_DISTRICT, Kind.FLOOR}
# What the districts' numbers of may be added up to the province's.
SUMMED = {*CUMULATIVE, Kind.NEW_IN_YEAR}
RANGES = {Kind.RANGE, Kind.PER_DISTRICT}
DASH = re.compile(r"(.*\d.*?)\s*[-–]\s*(\S.*)", re.DOTALL)
HUNDRED = 100
MOST_UNITS = 1_000_000


class Line(NamedTuple):
    """A metric and the way its target is worded."""

    metric: str
    kind: str

    @property
    def title(self) -> str:
        return titles().get(tuple(self)) or f"{Metric(self.metric).label} ({self.kind_label})"

    @property
    def kind_label(self) -> str:
        return _("Baseline") if self.kind == BASELINE else str(Kind(self.kind).label)

    @property
    def expected(self) -> str:
        return expected(self.kind)

    @property
    def is_summed(self) -> bool:
        """Do the numbers of the districts add up to the province's?"""
        return self.kind in SUMMED and self.metric != Metric.DISTRICTS_COMPLETED


class Key(NamedTuple):
    """Which cell of a plan: `year` is 0 of a baseline, `district` None of the whole province."""

    metric: str
    kind: str
    year: int
    district: int | None = None

    @property
    def line(self) -> Line:
        return Line(self.metric, self.kind)

    @property
    def name(self) -> str:
        """How a form calls it."""
        place = "" if self.district is None else f".{self.district}"
        return f"{self.metric}.{self.kind}.{self.year}{place}"


class Value(NamedTuple):
    """A target, or the lower end of one; `high` of a baseline is what it is out of."""

    low: Decimal
    high: Decimal | None = None


@dataclass(frozen=True)
class Unfit(ValueError):
    """A text that a cell does not take; says what was found and what is expected."""

    sentence: str


def catalogue() -> list[Line]:
    """Every line that a plan may have, in the dashboards' order."""
    border = (Metric.BORDER_COMMUNES_STANDARD, Kind.CUMULATIVE_COUNT)
    order = {metric: place for place, metric in enumerate(METRICS)}
    kinds = list(Kind)
    known = {Line(str(metric), str(kind)) for metric, kind in [*titles(), border]}
    return sorted(known, key=lambda line: (order[line.metric], kinds.index(line.kind)))


def baseline_key(metric: str) -> Key:
    return Key(metric, BASELINE, 0)


def text_of(key: Key, value: Value | None) -> str:
    """A value as it is typed: "115", "15–15,5", "65/181"."""
    if value is None:
        return ""
    is_english = get_language() == "en"
    ends = [plain(Decimal(end), is_english=is_english) for end in value if end is not None]
    return ("/" if key.kind == BASELINE else "–").join(ends)


def read(key: Key, text: str) -> Value | None:
    """What a text says, None for an empty one; raises Unfit."""
    if not text.strip():
        return None
    ends = _parts(key.kind, text)
    values = [_number(key, end, text) for end in ends]
    found = Value(*values)
    _check(key, found, text)
    return found


def expected(kind: str) -> str:
    """What may be typed for a kind of target."""
    if kind == BASELINE:
        return _("a number, with what it is out of behind a slash where there is such: 65/181")
    if kind == Kind.SHARE:
        return _("a percentage from 0 to 100, such as 63,5")
    if kind == Kind.FLOOR:
        return _("0, for no commune is to be left under the limit")
    if kind == Kind.RANGE:
        return _("a number or a range such as 15–15,5")
    if kind == Kind.PER_DISTRICT:
        return _("a whole number or a range such as 2–3")
    if kind in COUNTS:
        return _("a whole number, zero or more")
    return _("a number, zero or more, such as 14,5")


def _parts(kind: str, text: str) -> list[str]:
    if kind == BASELINE:
        return text.split("/", 1)
    if kind in RANGES and (match := DASH.fullmatch(text.strip())):
        return [match[1], match[2]]
    return [text]


def _number(key: Key, end: str, text: str) -> Decimal:
    unit = "%" if key.kind == Kind.SHARE else ""
    try:
        return read_number(end, unit)
    except Unreadable as error:
        if error.why is Why.EITHER and key.kind in COUNTS:
            return read_number(error.choices[0])
        raise Unfit(_unread(key, text)) from error


def _check(key: Key, found: Value, text: str):
    ends = [end for end in found if end is not None]
    is_whole = all(end == end.to_integral_value() for end in ends)
    unfit = (
        min(ends) < 0
        or (key.kind in COUNTS and not is_whole)
        or (key.kind == Kind.SHARE and found.low > HUNDRED)
        or (key.kind == Kind.FLOOR and found.low != 0)
        or (key.kind == BASELINE and not _is_base(found.high))
        or (found.high is not None and found.high < found.low)
    )
    if unfit:
        raise Unfit(_unread(key, text))


def _is_base(found: Decimal | None) -> bool:
    """May a share be taken of it?"""
    return found is None or (found == found.to_integral_value() and 0 < found < MOST_UNITS)


def _unread(key: Key, text: str) -> str:
    return _("“%(found)s” does not fit; expected is %(expected)s.") % {
        "found": text.strip(),
        "expected": expected(key.kind),
    }

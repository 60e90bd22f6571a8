"""What is wrong or odd about entered scores, in words."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from criteria.checks import Fault, Warn
from criteria.measures import measure, threshold_text
from criteria.models import Assessment, Indicator, Score
from criteria.readings import Unreadable, Why, plain
from criteria.sheets import Line
from ntm_tracker.web.numbers import MISSING, day


def typed(value) -> str:
    """A value as it stands in an input."""
    return plain(value, is_english=get_language() == "en")


def expected(line: Line) -> str:
    """What may be typed for a line."""
    if line.kind == Indicator.Kind.PERCENT:
        return _("a percentage from 0 to 100, such as 85,5")
    if line.kind == Indicator.Kind.COUNT:
        return _("a whole number, zero or more (%(unit)s)") % {"unit": line.indicator.unit}
    if line.is_measured:
        return _("a number, zero or more, such as 39,5 (%(unit)s)") % {"unit": line.indicator.unit}
    return _("met, basically met, not met or not applicable")


def why_unreadable(error: Unreadable, line: Line) -> str:
    """The sentence for a text that is not taken as a number."""
    words = {"code": line.code, "found": error.found.strip(), "expected": expected(line)}
    if error.why is Why.EITHER:
        words |= dict(zip(("one", "other"), error.choices, strict=True))
        return (
            _("%(code)s: “%(found)s” may mean %(one)s or %(other)s. Choose which is meant.")
            % words
        )
    sentences = {
        Why.NO_NUMBER: _("%(code)s: “%(found)s” is no number; expected is %(expected)s."),
        Why.SEPARATORS: _(
            "%(code)s: the points and commas of “%(found)s” do not make one number; "
            "expected is %(expected)s."
        ),
        Why.UNIT: _("%(code)s: the unit “%(found)s” is not that of it; expected is %(expected)s."),
        Why.TOO_LONG: _(
            "%(code)s: “%(found)s” has more than ten digits; expected is %(expected)s."
        ),
        Why.TOO_PRECISE: _(
            "%(code)s: “%(found)s” has more than four decimals; expected is %(expected)s."
        ),
    }
    return sentences[error.why] % words


def why_unreadable_cell(error: Unreadable, typed: str, line: Line) -> str:
    """The sentence for a cell of a table that is taken neither as a number nor as a verdict."""
    return why_unreadable(error, line) if line.is_measured else why_no_verdict(typed, line)


def why_no_verdict(found: str, line: Line) -> str:
    """The sentence for a text in a cell that only takes a verdict."""
    return _("%(code)s: “%(found)s” is no verdict; expected is Đ, CĐ, K or KA (%(words)s).") % {
        "code": line.code,
        "found": found.strip(),
        "words": expected(line),
    }


def why_number_decides(found: str, line: Line) -> str:
    """The sentence for a verdict typed against the number, where the number decides."""
    return _(
        "%(code)s: “%(found)s” does not agree with the threshold, %(threshold)s, by which the "
        "number decides; expected is the number alone."
    ) % {
        "code": line.code,
        "found": found.strip(),
        "threshold": threshold_text(line.threshold, line.indicator),
    }


def why_impossible(fault: Fault, value, line: Line) -> str:
    """The sentence for a number that the indicator cannot have."""
    sentences = {
        Fault.BELOW_ZERO: _("%(code)s: %(found)s is below zero; expected is %(expected)s."),
        Fault.ABOVE_HUNDRED: _("%(code)s: %(found)s is above 100 %%; expected is %(expected)s."),
        Fault.NOT_WHOLE: _("%(code)s: %(found)s is no whole number; expected is %(expected)s."),
    }
    return sentences[fault] % {
        "code": line.code,
        "found": measure(value, line.indicator),
        "expected": expected(line),
    }


def why_warned(warn: Warn, line: Line, score: Score, last: Score | None) -> str:
    """The sentence for what needs an explanation."""
    words = {
        "now": _measured(score.value, line),
        "last": _measured(last and last.value, line),
        "limit": _measured(line.limit, line),
    }
    sentences = {
        Warn.FELL: _(
            "It was met or basically met when last verified and is not met now. Say why in the "
            "note."
        ),
        Warn.JUMP: _(
            "%(now)s is far from the last verified value, %(last)s. Say why in the note."
        ),
        Warn.MET_BELOW: _(
            "“Met” was chosen, but %(now)s does not reach %(limit)s. Say why in the note."
        ),
    }
    return sentences[warn] % words


def needed(what: str) -> str:
    """What a row still needs before the assessment can be submitted (see `Row.needs`)."""
    return {
        "verdict": _("Not assessed yet."),
        "reason": _("“Not applicable” needs its reason in the note."),
        "note": _("The warning needs an explanation in the note."),
        "": "",
    }[what]


def last_line(last: Score | None, before: Assessment | None, line: Line) -> str:
    """The last verified finding with its date."""
    if last is None or before is None:
        return _("no verified value yet")
    found = "" if last.value is None else measure(last.value, line.indicator)
    verdict = last.get_verdict_display() if last.verdict else ""
    words = ", ".join(filter(None, [found, verdict.lower()])) or MISSING
    return _("%(found)s (%(day)s)") % {"found": words, "day": day(before.period.ends_on)}


def _measured(value, line: Line) -> str:
    return MISSING if value is None else measure(value, line.indicator)

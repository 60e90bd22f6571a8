"""What was typed for the lines of an assessment: read, refused in words, kept as typed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from django.utils.translation import gettext as _

from accounts.refusals import Refused
from criteria import checks
from criteria.models import Assessment, Verdict
from criteria.readings import Unreadable, read_number
from criteria.scoring import Change
from criteria.sheets import Line
from criteria.typed import read_text_of, read_whole
from criteria.wording import expected, why_impossible, why_unreadable


class BadValue(Refused):
    """A text that is no value of its line; `choices` are its readings where it may be two."""

    def __init__(self, text: str, choices: tuple[str, ...] = ()):
        super().__init__(text)
        self.choices = choices


def read_value(line: Line, text: str) -> Decimal | None:
    """The value that a text gives a line, None for an empty one. Raises BadValue."""
    if not text.strip():
        return None
    if not line.is_measured:
        raise BadValue(
            _("%(code)s takes no number; expected is %(expected)s.")
            % {"code": line.code, "expected": expected(line)}
        )
    try:
        value = read_number(text, line.indicator.unit)
    except Unreadable as error:
        raise BadValue(why_unreadable(error, line), error.choices) from error
    if fault := checks.fault_in(value, line.kind):
        raise BadValue(why_impossible(fault, value, line))
    return value


@dataclass(frozen=True)
class Answer:
    """What was sent for one line, as it was typed, and what is wrong with it."""

    line: Line
    text: str = ""
    entered: str = ""
    note: str = ""
    version: int = 0
    value: Decimal | None = None
    fault: str = ""
    choices: tuple[str, ...] = ()

    def change(self, assessment: Assessment) -> Change:
        return Change(
            assessment, self.line, self.value, self.entered or None, self.note, self.version
        )


def read_answer(line: Line, data: Mapping[str, str]) -> Answer:
    """The answer for a line from fields named value-, verdict-, note- and version- its code.

    A button named choose- says which reading of its number is meant.
    """
    code = line.code
    sent = Answer(
        line,
        text=data.get(f"choose-{code}") or data.get(f"value-{code}", ""),
        entered=data.get(f"verdict-{code}", ""),
        note=data.get(f"note-{code}", ""),
        version=read_whole(data.get(f"version-{code}")),
    )
    try:
        sent = replace(sent, note=read_text_of(code, sent.note))
        _refuse_unknown_verdict(sent)
        return replace(sent, value=read_value(line, sent.text))
    except BadValue as error:
        return replace(sent, fault=str(error), choices=error.choices)
    except Refused as refusal:
        return replace(sent, fault=str(refusal))


def read_answers(lines: Iterable[Line], data: Mapping[str, str]) -> list[Answer]:
    """The answers for all lines that were sent, but for those that the sender gave up (take-)."""
    return [
        read_answer(line, data)
        for line in lines
        if f"version-{line.code}" in data and f"take-{line.code}" not in data
    ]


def _refuse_unknown_verdict(sent: Answer):
    if sent.entered and sent.entered not in Verdict.values:
        raise BadValue(
            _("%(code)s: “%(found)s” is no verdict; expected is %(expected)s.")
            % {
                "code": sent.line.code,
                "found": sent.entered,
                "expected": _("met, basically met, not met or not applicable"),
            }
        )

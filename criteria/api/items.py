"""Single findings as programs send them: read, refused in words, or made a change of a score."""

import re
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import gettext as _

from accounts.refusals import Refused
from criteria.cells import KEPT, Said
from criteria.grid.reading import Row
from criteria.planned import change_of
from criteria.readings import Unreadable, Why, fitting
from criteria.rules import Verdict
from criteria.scoring import Change
from criteria.sheets import Line
from criteria.wording import why_unreadable

NUMBER = re.compile(r"-?\d{1,30}(\.\d{1,30})?")
MOST_VERSION = 2**31 - 1
FINDING = ("value", "verdict", "note")
WORDS = [verdict.value for verdict in Verdict]
PLACE = ("commune", "period", "set")


@dataclass(slots=True)
class Item:
    """One finding that was sent, at its place in the request, and what becomes of it.

    What it does not say of value, verdict and note stays as it is; null takes it away.
    """

    index: int
    sent: dict
    row: Row | None = None
    line: Line | None = None
    change: Change | None = None
    refusal: str = ""
    is_shut: bool = False
    is_stale: bool = False
    warnings: list[str] = field(default_factory=list)

    @property
    def was(self):
        return self.row.found(self.line)

    def refuse(self, text: str):
        self.refusal, self.change = text, None

    def plan(self, row: Row | None):
        """Work out the change. Where nothing differs from what stands there is none."""
        self.row = row
        try:
            self.line = _line(row, self.sent)
            change = _change(row, self.line, self.sent)
        except Refused as refusal:
            self.refuse(str(refusal))
            return
        if change.is_like(self.was):
            return
        if row.shut:
            self.refuse(row.shut)
            self.is_shut = True
        else:
            self.change = change


def read_items(sent, *, most: int, place: tuple = ()) -> list[Item]:
    """The items of a request. Raises Refused where it is no list of them, or one too long."""
    if not isinstance(sent, list) or not sent:
        raise Refused(_("Expected is a list with one score at least."))
    if len(sent) > most:
        words = {"found": len(sent), "most": most}
        raise Refused(_("%(found)d scores were sent; at most %(most)d are taken at once.") % words)
    return [_item(index, raw, place) for index, raw in enumerate(sent)]


def _item(index: int, raw, place: tuple) -> Item:
    item = Item(index, raw if isinstance(raw, dict) else {})
    try:
        _refuse_malformed(raw, place)
    except Refused as refusal:
        item.refuse(str(refusal))
    return item


def _refuse_malformed(raw, place: tuple):
    known = (*place, "code", *FINDING, "version")
    if not isinstance(raw, dict) or not set(known).issuperset(raw):
        raise Refused(_("Expected are the fields %s and no others.") % ", ".join(known))
    for name in (*place, "code"):
        if not isinstance(raw.get(name), str) or not raw[name]:
            raise Refused(_("“%s” is missing; expected is a code as text.") % name)
    version = raw.get("version")
    if version is not None and not _is_version(version):
        raise Refused(_("“version” is a whole number, 0 for what nobody has written yet."))


def _is_version(version) -> bool:
    is_whole = isinstance(version, int) and not isinstance(version, bool)
    return is_whole and 0 <= version <= MOST_VERSION


def _line(row: Row | None, sent: dict) -> Line:
    if row is None:
        words = {name: sent.get(name) for name in PLACE}
        raise Refused(
            _(
                "There is no assessment of %(commune)s in %(period)s by %(set)s that you may "
                "fill in. Begin it first."
            )
            % words
        )
    line = row.lines.get(sent["code"])
    if line is None:
        raise Refused(_("“%(heading)s” is no indicator of this set.") % {"heading": sent["code"]})
    return line


def _change(row: Row, line: Line, sent: dict) -> Change:
    said = Said(_value(line, sent.get("value", KEPT)), _verdict(line, sent.get("verdict", KEPT)))
    note = _note(line, sent.get("note", KEPT))
    typed = sent.get("verdict") if line.is_measured else sent.get("value")
    return change_of(row, line, said, note, typed=str(typed))


def _value(line: Line, value):
    if value is KEPT or value is None:
        return value
    is_number = isinstance(value, (int, Decimal)) and not isinstance(value, bool)
    is_text = isinstance(value, str) and NUMBER.fullmatch(value)
    try:
        if not (is_number or is_text):
            raise Unreadable(Why.NO_NUMBER, str(value))
        return fitting(Decimal(value), str(value))
    except Unreadable as error:
        raise Refused(why_unreadable(error, line)) from error


def _verdict(line: Line, verdict):
    if verdict is KEPT or verdict is None:
        return verdict
    if not isinstance(verdict, str) or verdict not in WORDS:
        raise Refused(
            _("%(code)s: “%(found)s” is no verdict; expected is %(expected)s.")
            % {"code": line.code, "found": verdict, "expected": ", ".join(WORDS)}
        )
    return Verdict(verdict)


def _note(line: Line, note):
    if note is KEPT:
        return note
    if note is not None and not isinstance(note, str):
        raise Refused(_("%(code)s: the note is a text.") % {"code": line.code})
    return note or ""

"""What was done to boundary changes and their drafts, newest first, from the history rows."""

from itertools import groupby, pairwise

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.history import Event
from communes.models import BoundaryChange, Province
from communes.reasons import reason_of
from ntm_tracker.web.numbers import day
from targets.boundaries.models import BoundaryDraft

SHOWN_FIELDS = ["resolution", "effective_on", "title", "source"]
MOST_EVENTS = 50


def events_of_draft(draft: BoundaryDraft) -> list[Event]:
    return _events(draft.history.all())


def events_of_change(change: BoundaryChange) -> list[Event]:
    """Of its draft, else of a change that came with the reference data."""
    if draft := getattr(change, "draft", None):
        return events_of_draft(draft)
    rows = change.history.select_related("history_user")
    words = {"+": _("Entered"), "~": _("Changed")}
    return [_event(row, words.get(row.history_type, "")) for row in rows]


def events_in(province: Province) -> list[Event]:
    """The latest in a province, also of drafts that were dropped; each names its resolution."""
    rows = BoundaryDraft.history.filter(province=province)
    return _events(rows, is_named=True)[:MOST_EVENTS]


def _events(rows, *, is_named: bool = False) -> list[Event]:
    ordered = rows.select_related("history_user").order_by("id", "-history_date", "-history_id")
    events = []
    for _pk, of_draft in groupby(ordered, key=lambda row: row.id):
        for row, older in pairwise([*of_draft, None]):
            what = _what(row, older)
            if what and is_named:
                what = f"{row.resolution}: {what}"
            events.append(_event(row, what))
    return sorted((event for event in events if event.what), key=lambda e: e.at, reverse=True)


def _event(row, what: str) -> Event:
    by = row.history_user
    said = str(by) if by else ""
    return Event(at=row.history_date, what=what, by=said, reason=reason_of(row))


def _what(row, older) -> str:
    if row.history_type == "-":
        return _("Draft dropped")
    if older is None:
        return _("Draft begun")
    if bool(row.change_id) != bool(older.change_id):
        return _("Applied") if row.change_id else pgettext("boundary change", "Taken back")
    return ". ".join(_differences(row, older))


def _differences(row, older):
    for name in SHOWN_FIELDS:
        before, after = getattr(older, name), getattr(row, name)
        if before != after:
            label = BoundaryDraft._meta.get_field(name).verbose_name
            yield _("%(field)s: %(before)s → %(after)s") % {
                "field": str(label).capitalize(),
                "before": _shown(before),
                "after": _shown(after),
            }


def _shown(value) -> str:
    return day(value) if hasattr(value, "year") else value or "–"

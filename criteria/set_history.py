"""What happened to a criteria set, as events of the log."""

from django.utils.translation import gettext as _

from communes.reasons import reason_of
from criteria.log.events import Event
from criteria.log.sources import Kind
from criteria.models import CriteriaSet
from ntm_tracker.web.numbers import day

FIELDS = ["name", "name_en", "code", "decision", "decided_on", "valid_from", "valid_to", "source"]


def set_events(criteria_set: CriteriaSet) -> list[Event]:
    """Newest first; one query."""
    rows = criteria_set.history.select_related("history_user")
    events, last = [], None
    for row in rows.order_by("history_date", "history_id"):
        changed = [name for name in FIELDS if last and getattr(last, name) != getattr(row, name)]
        events.append(
            Event(
                at=row.history_date,
                by=row.history_user,
                kind=Kind.SETTING,
                what=_("Set changed") if last else _("Set added"),
                before="; ".join(_said(last, name) for name in changed),
                after="; ".join(_said(row, name) for name in changed),
                reason=reason_of(row),
            )
        )
        last = row
    return events[::-1]


def _said(row, name: str) -> str:
    label = CriteriaSet._meta.get_field(name).verbose_name
    value = getattr(row, name)
    words = day(value) if name in ("decided_on", "valid_from", "valid_to") else value or "–"
    return f"{label}: {words}"

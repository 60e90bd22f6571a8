"""What was done to a plan: read from the history rows, newest first."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from communes.reasons import reason_of
from ntm_tracker.web.numbers import day
from targets.models import Baseline, Plan, Target
from targets.plans.cells import Key, Value, baseline_key, text_of

SHOWN = ("name", "document", "decided_on", "baseline_on", "holds_from", "is_draft")


@dataclass(frozen=True)
class Event:
    """Who changed what of a plan, and why."""

    at: datetime
    by: object
    what: str
    before: str
    after: str
    reason: str


def events_of(plan: Plan) -> list[Event]:
    """All that happened to a plan and its cells; three queries, and one for the districts.

    A plan of five years has some hundred rows, so they are read whole and paged afterwards.
    """
    rows = [
        *_told(Target.history.filter(plan_id=plan.pk).select_related("district"), _cell),
        *_told(Baseline.history.filter(plan_id=plan.pk), _baseline),
        *_told(Plan.history.filter(id=plan.pk), _plan),
    ]
    return sorted(rows, key=lambda event: event.at, reverse=True)


def _told(rows, tell) -> list[Event]:
    """History rows as events, each against the row before it of the same object."""
    last, events = {}, []
    rows = rows.select_related("history_user")
    for row in rows.order_by("history_date", "history_id"):
        what, before, after = tell(row, last.get(row.id))
        last[row.id] = row
        if before != after:
            said = (what, before, after, reason_of(row))
            events.append(Event(row.history_date, row.history_user, *said))
    return events


def _cell(row, before):
    key = Key(row.metric, row.kind, row.year, row.district_id)
    what = _("%(target)s, %(year)s") % {"target": key.line.title, "year": row.year}
    if row.district_id:
        what = f"{what}, {row.district}"
    return what, *_ends(key, row, before, ("low", "high"))


def _baseline(row, before):
    key = baseline_key(row.metric)
    what = _("Baseline: %(metric)s") % {"metric": row.get_metric_display()}
    return what, *_ends(key, row, before, ("value", "base"))


def _ends(key: Key, row, before, names) -> tuple[str, str]:
    def text(of):
        return text_of(key, Value(*(getattr(of, name) for name in names)))

    if row.history_type == "-":
        return text(row), ""
    return text(before) if before else "", text(row)


def _plan(row, before):
    if row.history_type == "-":
        return _("Draft thrown away"), row.name, ""
    what = _("Plan changed") if before else _("Plan made")
    if before and before.is_draft and not row.is_draft:
        what = _("Put in force")
    names = [name for name in SHOWN if before is None or _shown(before, name) != _shown(row, name)]
    return what, _facts(before, names) if before else "", _facts(row, names)


def _facts(row, names: list[str]) -> str:
    return "; ".join(
        f"{Plan._meta.get_field(name).verbose_name}: {shown}"
        for name in names
        if (shown := _shown(row, name))
    )


def _shown(row, name: str) -> str:
    value = getattr(row, name)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return value if isinstance(value, str) else day(value) if value else ""

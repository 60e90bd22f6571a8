"""What happened to the thresholds of an indicator in an area group, as events of the log."""

from django.utils.translation import gettext as _

from communes.models import Province
from communes.reasons import reason_of
from criteria.log.events import Event
from criteria.log.sources import Kind
from criteria.measures import threshold_text
from criteria.models import Indicator, Threshold, Verification
from ntm_tracker.web.numbers import day


def events_of(
    indicator: Indicator, thresholds: list[Threshold], province: Province
) -> list[Event]:
    """Newest first; two queries. Other provinces' verifications are theirs to read."""
    pks = [row.pk for row in thresholds]
    written = Threshold.history.filter(id__in=pks).select_related("history_user")
    confirmed = Verification.history.filter(threshold_id__in=pks, province=province)
    first_days = {row.pk: day(row.valid_from) for row in thresholds}
    events = [
        *_changes(written.order_by("history_date", "history_id"), indicator),
        *(_confirmation(row, first_days) for row in confirmed.select_related("history_user")),
    ]
    return sorted(events, key=lambda event: event.at, reverse=True)


def _changes(rows, indicator: Indicator):
    before = {}
    for row in rows:
        after = _words(row, indicator)
        yield Event(
            at=row.history_date,
            by=row.history_user,
            kind=Kind.SETTING,
            what=_("Threshold added") if row.history_type == "+" else _("Threshold changed"),
            before=before.get(row.id, ""),
            after=after,
            reason=reason_of(row),
        )
        before[row.id] = after


def _words(row, indicator: Indicator) -> str:
    words = {"value": threshold_text(row, indicator), "first": day(row.valid_from)}
    if row.valid_to:
        words["last"] = day(row.valid_to)
        return _("%(value)s from %(first)s to %(last)s") % words
    return _("%(value)s from %(first)s") % words


def _confirmation(row, first_days: dict[int, str]) -> Event:
    is_taken_back = row.history_type == "-"
    which = _("in force from %(day)s") % {"day": first_days[row.threshold_id]}
    return Event(
        at=row.history_date,
        by=row.history_user,
        kind=Kind.SETTING,
        what=_("Verification taken back") if is_taken_back else _("Verified"),
        before=row.document if is_taken_back else "",
        after=which if is_taken_back else f"{row.document} ({which})",
        reason=reason_of(row),
    )

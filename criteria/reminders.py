"""Reminding people of assessments that fall due, or were due."""

from collections.abc import Collection

from criteria.models import Assessment, Notice, ReportingPeriod
from criteria.notices import tell
from criteria.opening import communes_of
from criteria.people import who_enters_any

BEFORE, AFTER = (7, 1), (1, 7)


def remind(period: ReportingPeriod, *, before=BEFORE, after=AFTER) -> int:
    """Remind whoever has something to enter, at most once for each reminder day; how many.

    `before` and `after` are days to the due day and since. A day that was missed is made up for
    until the next one. Another due day starts the reminders anew. Four queries.
    """
    reached = reminder_day(period.days_left, before, after)
    if reached is None:
        return 0
    kind, days = reached
    key = f"{kind}:{period.pk}:{period.due_on}:{days}"
    told = Notice.objects.filter(key=key).values("user")
    people = list(who_enters_any(_unfinished(period), period).exclude(pk__in=told))
    tell(people, kind, key, period=period)
    return len(people)


def reminder_day(
    days_left: int, before: Collection[int], after: Collection[int]
) -> tuple[Notice.Kind, int] | None:
    """The last of the reminder days that has come, or None before the first."""
    if days_left >= 0:
        reached = [days for days in before if days_left <= days]
        return (Notice.Kind.DUE_SOON, min(reached)) if reached else None
    reached = [days for days in after if -days_left >= days]
    return (Notice.Kind.OVERDUE, max(reached)) if reached else None


def _unfinished(period: ReportingPeriod):
    """The communes that report and have an assessment to be filled in."""
    in_entry = Assessment.objects.filter(period=period, state__in=Assessment.IN_ENTRY)
    return communes_of(period).filter(pk__in=in_entry.values("commune"))

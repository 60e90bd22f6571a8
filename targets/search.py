"""On which day the page of a unit that was found opens."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Max

from criteria.models import Assessment


def last_days(provinces: Iterable[int]) -> dict[int, date]:
    """The last day with verified data of each province that has any; one query."""
    ends = (
        Assessment.objects.official()
        .filter(commune__province__in=list(provinces))
        .values_list("commune__province")
        .annotate(Max("period__ends_on"))
        .order_by()
    )
    return dict(ends)


def day_to_open(unit, last_day: date | None, today: date) -> date:
    """The latest day with data on which a unit is in force, to open its page on."""
    on = last_day or today
    on = min(on, unit.valid_to) if unit.valid_to else on
    return max(on, unit.valid_from)

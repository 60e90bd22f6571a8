"""The published figures counted by plain queries, to hold the arithmetic against."""

from datetime import date
from statistics import mean

from communes.models import Commune
from criteria.models import Assessment, Recognition

LAST_DAY = date(2025, 6, 30)


def count_at(on, grades=("standard", "advanced", "model"), **communes):
    """Recognised communes in force at a year's end or on the last day, by plain queries."""
    here = Commune.objects.in_force(on).in_programme().filter(**communes)
    acts = Recognition.objects.filter(grade__in=grades, year__lte=on.year, commune__in=here)
    late = acts.filter(year=on.year, decided_on__gt=on) if on == LAST_DAY else acts.none()
    return acts.exclude(pk__in=late).values("commune").distinct().count()


def mean_at(on, **communes):
    counts = Assessment.objects.filter(
        period__ends_on=on,
        criteria_set__grade="standard",
        commune__in=Commune.objects.in_force(on),
    )
    counts = counts.filter(**{f"commune__{name}": value for name, value in communes.items()})
    counts = list(counts.values_list("criteria_met", flat=True))
    return round(mean(counts), 2), len(counts)


def counts_by_commune(on):
    rows = Assessment.objects.filter(period__ends_on=on, criteria_set__grade="standard")
    return {row.commune_id: row for row in rows}

"""Where a commune's land went, for a recognition that a decision carries over."""

from django.db.models import QuerySet

from communes.models import BoundaryChangePart, Commune


def successors_of(commune: Commune) -> QuerySet[Commune]:
    """The communes that it passed into, whole or in part, also through later changes.

    One query for each change in a row.
    """
    found, front = set(), {commune.pk}
    while front:
        parts = BoundaryChangePart.objects.filter(old__in=front).exclude(new__in=found)
        front = set(parts.values_list("new", flat=True)) - found
        found |= front
    return Commune.objects.filter(pk__in=found - {commune.pk})

"""Units, and how they came to be, as lists."""

from django.utils import timezone

from communes.api import serializers
from communes.api.filters import (
    ChangeQuery,
    CommuneQuery,
    DayQuery,
    DistrictQuery,
    LineageQuery,
    UnitQuery,
)
from communes.api.official import Official
from communes.models import BoundaryChange, BoundaryChangePart, Commune, District, Province
from ntm_tracker.web.api.history import with_last_change
from ntm_tracker.web.api.query import cleaned
from ntm_tracker.web.api.views import Detail, Listing


class Units(Official, Listing):
    # Units of one kind that may be read.
    orderings = {"name": ["sort_key", "valid_from"], "code": ["code", "valid_from"]}

    def get_queryset(self):
        return with_last_change(self.model.objects.visible_to(self.request.user))


class Unit(Official, Detail):
    # The unit that bears a code on a day.
    query_form = DayQuery

    def get_queryset(self):
        on = cleaned(self.query_form(self.request.query_params))["as_of"]
        rows = self.model.objects.visible_to(self.request.user)
        return with_last_change(rows.bearing(self.kwargs["code"], on or timezone.localdate()))


class Provinces(Units):
    """Provinces that you may read.

    Each with its data version, which rises with every official change: compare it to know
    whether anything is new.
    """

    model = Province
    serializer_class = serializers.ProvinceRow
    query_form = UnitQuery


class ProvinceOne(Unit):
    """A province by its code.

    The one that bears the code on the day `as_of`, else the last one that bore it.
    """

    model = Province
    serializer_class = serializers.ProvinceRow


class Districts(Units):
    """Districts of the provinces that you may read.

    All there ever were, each with its days in force; `as_of` leaves those in force on a day.
    Districts were abolished throughout the country on 1 July 2025.
    """

    model = District
    serializer_class = serializers.DistrictRow
    query_form = DistrictQuery


class DistrictOne(Unit):
    """A district by its code.

    The one that bears the code on the day `as_of`, else the last one that bore it.
    """

    model = District
    serializer_class = serializers.DistrictRow


class Communes(Units):
    """Communes, towns and wards of the provinces that you may read.

    All there ever were, each with its days in force; `as_of` leaves those in force on a day.
    Codes are used again after a merger, so a unit is known by `code` and `valid_from` together.
    Where a boundary change is taken back, its new units are gone from the list without a trace:
    read the list whole now and then.
    """

    model = Commune
    serializer_class = serializers.CommuneRow
    query_form = CommuneQuery


class CommuneOne(Unit):
    """A commune, town or ward by its code.

    The one that bears the code on the day `as_of`, else the last one that bore it.
    """

    model = Commune
    serializer_class = serializers.CommuneRow


class BoundaryChanges(Official, Listing):
    """Resolutions that changed the boundaries of units.

    Which unit passed into which other one is told by the lineage.
    """

    serializer_class = serializers.ChangeRow
    query_form = ChangeQuery
    orderings = {"effective_on": ["effective_on"], "resolution": ["resolution"]}

    def get_queryset(self):
        return with_last_change(BoundaryChange.objects.visible_to(self.request.user))


class Lineage(Official, Listing):
    """Which old unit passed into which new one, whole or in part.

    A unit that takes others in and lives on under its code and name has no row as an old unit.
    Every unit that ended has rows that say where its land went.
    """

    serializer_class = serializers.LineageRow
    query_form = LineageQuery
    orderings = {
        "effective_on": ["change__effective_on", "old__sort_key"],
        "old": ["old__sort_key", "change__effective_on"],
        "new": ["new__sort_key", "change__effective_on"],
    }

    def get_queryset(self):
        seen = BoundaryChange.objects.visible_to(self.request.user)
        return BoundaryChangePart.objects.filter(change__in=seen)

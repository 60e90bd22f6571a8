"""Criteria sets, what is in them, and periods as lists. Drafts are in none of them."""

from django.db.models import OuterRef, Subquery
from django.utils.functional import cached_property

from communes.api.asked import province_asked
from communes.api.official import Official
from communes.models import Province
from criteria.api import lists_serializers as serializers
from criteria.api.lists_filters import (
    IndicatorQuery,
    OfSetQuery,
    PeriodQuery,
    SetQuery,
    ThresholdQuery,
)
from criteria.models import (
    CriteriaSet,
    Criterion,
    Indicator,
    ReportingPeriod,
    Threshold,
    Verification,
)
from ntm_tracker.web.api.history import with_last_change
from ntm_tracker.web.api.validators import etag_of
from ntm_tracker.web.api.views import Listing


class CriteriaSets(Official, Listing):
    """Criteria sets: versions of the criteria, with the decision that they stand in.

    The national ones and those that provinces which you may read made for themselves.
    With `province` and `as_of`: the sets in force there on a day.
    """

    serializer_class = serializers.SetRow
    query_form = SetQuery
    orderings = {
        "level": ["level", "valid_from", "grade"],
        "valid_from": ["valid_from", "level", "grade"],
        "code": ["code"],
    }

    def get_queryset(self):
        return with_last_change(CriteriaSet.objects.official_to(self.request.user))


class Criteria(Official, Listing):
    """Criteria of the sets, in their order.

    A set without indicators takes met or not met for each of them.
    """

    serializer_class = serializers.CriterionRow
    query_form = OfSetQuery
    orderings = {"number": ["criteria_set__code", "number"]}

    def get_queryset(self):
        sets = CriteriaSet.objects.official_to(self.request.user)
        return Criterion.objects.filter(criteria_set__in=sets)


class Indicators(Official, Listing):
    """Indicators of the criteria, in their order.

    They are what is entered for each commune; what has to be reached stands in the thresholds.
    """

    serializer_class = serializers.IndicatorRow
    query_form = IndicatorQuery
    orderings = {"number": ["criterion__criteria_set__code", "criterion__number", "position"]}

    def get_queryset(self):
        sets = CriteriaSet.objects.official_to(self.request.user)
        return Indicator.objects.filter(criterion__criteria_set__in=sets)


class Thresholds(Official, Listing):
    """What indicators must reach in the area groups of a province.

    The national ones and the province's own, each with its source and whether it is confirmed
    for the province: no number decides by one that is not.
    """

    serializer_class = serializers.ThresholdRow
    query_form = ThresholdQuery
    orderings = {
        "indicator": [
            "indicator__criterion__criteria_set__code",
            "indicator__criterion__number",
            "indicator__position",
            "area_group__code",
            "valid_from",
        ],
        "valid_from": ["valid_from", "indicator__criterion__criteria_set__code"],
    }

    @cached_property
    def province(self) -> Province:
        return province_asked(self.request)

    def get_queryset(self):
        sets = CriteriaSet.objects.official_to(self.request.user)
        own = Verification.objects.filter(threshold=OuterRef("pk"), province=self.province)
        return (
            Threshold.objects.binding(self.province)
            .filter(indicator__criterion__criteria_set__in=sets)
            .annotate(
                confirmed_by=Subquery(own.values("document")),
                confirmed_at=Subquery(own.values("at")),
            )
        )

    def changed_at(self):
        return self.province.data_changed_at


class Periods(Listing):
    """Reporting periods: quarters in which scores are entered.

    Periods of illustrative data keep no history: their `changed_at` is null.
    """

    serializer_class = serializers.PeriodRow
    query_form = PeriodQuery
    orderings = {"time": ["year", "quarter", "province__code"], "due_on": ["due_on"]}

    def get_queryset(self):
        return with_last_change(ReportingPeriod.objects.visible_to(self.request.user))

    def changed_at(self):
        """The last change of a period or, for those without history, of official data."""
        trail = ReportingPeriod.history.filter(province=OuterRef("pk")).order_by("-history_date")
        seen = Province.objects.visible_to(self.request.user)
        pairs = seen.values_list("data_changed_at", Subquery(trail.values("history_date")[:1]))
        return max((moment for pair in pairs for moment in pair if moment), default=None)

    def stream_validators(self, rows):
        """From the rows themselves, which are few: their steps raise no data version."""
        kind = self.request.accepted_renderer.format
        return etag_of(self.request.get_full_path(), kind, *rows), self.changed_at()

"""Plans, targets and published figures as lists. Drafts are in none of them."""

from django.db.models import OuterRef, Subquery

from communes.api.official import Official
from ntm_tracker.web.api.history import with_last_change
from ntm_tracker.web.api.views import Listing
from targets.api.lists_filters import FigureQuery, PlanQuery, TargetQuery
from targets.api.lists_serializers import FigureRow, PlanRow, TargetRow
from targets.models import Plan, PublishedFigure, Target


class Plans(Official, Listing):
    """Plans of provinces, each version with the document that it stands in.

    An official change of the targets is a version of its own, from a day on: `as_of` leaves the
    version of each plan that holds on a day.
    """

    serializer_class = PlanRow
    query_form = PlanQuery
    # a version has a greater key than the one before
    orderings = {"first_year": ["first_year"], "code": ["code"]}

    def get_queryset(self):
        seen = Plan.objects.visible_to(self.request.user).in_force()
        after = Plan.objects.in_force().filter(supersedes=OuterRef("pk"))
        return with_last_change(seen).annotate(
            superseded_by=Subquery(after.values("code")),
            superseded_from=Subquery(after.values("holds_from")),
        )


class Targets(Official, Listing):
    """What the plans set out to reach, by metric and year.

    How far it is reached is told by the progress.
    """

    serializer_class = TargetRow
    query_form = TargetQuery
    orderings = {
        "metric": ["plan__code", "metric", "kind", "year", "district__sort_key"],
        "year": ["year", "plan__code", "metric"],
    }

    def get_queryset(self):
        plans = Plan.objects.visible_to(self.request.user).in_force()
        return Target.objects.filter(plan__in=plans)


class PublishedFigures(Official, Listing):
    """Figures as official sources printed them, each with its source.

    They stand beside what is computed and never enter it.
    """

    serializer_class = FigureRow
    query_form = FigureQuery
    orderings = {"as_of": ["as_of", "metric"], "metric": ["metric", "as_of"]}

    def get_queryset(self):
        return with_last_change(PublishedFigure.objects.visible_to(self.request.user))

"""What somebody has to do next: assessments to enter, to mend, to decide on."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.utils import timezone

from communes.models import Province
from communes.scope import Action, scope_of
from criteria.models import Assessment, AssessmentStep, Criterion, PeriodException, ReportingPeriod

State = Assessment.State
# How lists of periods count assessments: name of the count, and the states it is of.
COUNTED = {
    "in_entry": [State.DRAFT, State.REOPENED],
    "returned": [State.RETURNED],
    "submitted": [State.SUBMITTED],
    "checked": [State.CHECKED],
    "approved": [State.APPROVED],
}
UNFINISHED = [State.SUBMITTED, State.CHECKED, State.RETURNED, State.REOPENED]


@dataclass(frozen=True)
class Duty:
    """One assessment of the user's area, with how far it has come."""

    assessment: Assessment
    lines: int

    @property
    def completeness(self) -> int:
        return 100 * self.assessment.assessed // self.lines if self.lines else 0

    @property
    def returned(self) -> AssessmentStep | None:
        """The step that returned it, where it is to be mended."""
        is_returned = self.assessment.state == State.RETURNED
        return self.assessment.returns[0] if is_returned and self.assessment.returns else None


@dataclass(frozen=True)
class Duties:
    """Returned ones first, then those to enter by due date; then those that others have now."""

    to_mend: list[Duty]
    to_enter: list[Duty]
    elsewhere: list[Duty]


def works_on_communes(user) -> bool:
    """Is the user at home in single communes or districts, not in a whole province?"""
    scope = scope_of(user, Action.ENTER)
    return bool(scope.districts or scope.communes)


def duties_of(user) -> Duties:
    """The assessments in work of a user's own districts and communes; five queries.

    None for somebody whose work is a whole province: see `overview`.
    """
    if not works_on_communes(user):
        return Duties([], [], [])
    rows = list(_in_work(user))
    lines = lines_of_sets({row.criteria_set_id for row in rows})
    all_of_them = [Duty(row, lines[row.criteria_set_id]) for row in rows]
    found = defaultdict(list)
    for duty in all_of_them:
        found[_kind(duty.assessment)].append(duty)
    return Duties(found["mend"], found["enter"], found["elsewhere"])


def _kind(assessment: Assessment) -> str:
    if not (assessment.mine and assessment.is_in_entry):
        return "elsewhere"
    return "mend" if assessment.state == State.RETURNED else "enter"


def _in_work(user):
    returns = AssessmentStep.objects.filter(action=AssessmentStep.Action.RETURN)
    mine = Assessment.objects.editable_by(user).filter(pk=OuterRef("pk"))
    scope = scope_of(user, Action.ENTER)
    return (
        Assessment.objects.filter(
            Q(commune__district__in=scope.districts) | Q(commune__in=scope.communes),
        )
        .with_names()
        .annotate(
            assessed=Count("scores", filter=Q(scores__verdict__isnull=False)),
            mine=Exists(mine),
            excepted_until=_excepted_until(),
        )
        .filter(
            Q(period__status=ReportingPeriod.Status.OPEN)
            | Q(state__in=UNFINISHED)
            | Q(excepted_until__isnull=False)
        )
        .prefetch_related(
            Prefetch(
                "steps",
                returns.order_by("-at", "-pk").select_related("by").prefetch_related("reasons"),
                to_attr="returns",
            )
        )
        .order_by("period__due_on", "commune__sort_key", "criteria_set")
    )


def _excepted_until() -> Subquery:
    """Until when an assessment may be written although its period is closed."""
    of_unit = Q(commune=OuterRef("commune")) | Q(district=OuterRef("commune__district"))
    granted = PeriodException.objects.in_force(timezone.now())
    ours = granted.filter(of_unit, period=OuterRef("period")).order_by("-until")
    return Subquery(ours.values("until")[:1])


def lines_of_sets(sets) -> dict[int, int]:
    """How many lines each criteria set has: its indicators, and criteria without any."""
    found = defaultdict(int)
    criteria = Criterion.objects.filter(criteria_set__in=sets).annotate(size=Count("indicators"))
    for criteria_set, size in criteria.values_list("criteria_set_id", "size"):
        found[criteria_set] += max(size, 1)
    return found


def counted(periods: QuerySet) -> QuerySet:
    """Periods with how many of their assessments stand in which states, in one query.

    Adds in_entry, returned, submitted, checked, approved and total.
    """
    counts = {
        name: Count("assessments", filter=Q(assessments__state__in=states))
        for name, states in COUNTED.items()
    }
    return periods.select_related("province").annotate(total=Count("assessments"), **counts)


def overview(user) -> QuerySet:
    """The open periods of the provinces that are the user's work as a whole; one query."""
    provinces = Province.objects.filter(scope_of(user, Action.ENTER).provinces_q())
    return counted(ReportingPeriod.objects.open().filter(province__in=provinces)).order_by(
        "due_on"
    )

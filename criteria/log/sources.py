"""The tables whose rows are events of the log, and how each is narrowed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import models
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communes.models import Commune, District, Province
from communes.scope import AreaScope
from criteria.models import (
    Assessment,
    AssessmentStep,
    EntryLimits,
    Evidence,
    PeriodException,
    ReportingPeriod,
    ReturnReason,
    Score,
)
from criteria.sheets import Line


class Kind(models.TextChoices):
    SCORE = "score", _("Scores")
    STEP = "step", _("Steps of assessments")
    FILE = "file", _("Files")
    EXCEPTION = "exception", _("Exceptions to closed periods")
    SETTING = "setting", _("Periods and limits")


@dataclass(frozen=True)
class Wanted:
    """Which events: those in the scope of whoever asks, narrowed by what is set.

    `line` is of the `assessment`. `since` and `until` are days, both counted in.
    """

    scope: AreaScope
    province: Province
    assessment: Assessment | None = None
    line: Line | None = None
    period: ReportingPeriod | None = None
    district: District | None = None
    commune: Commune | None = None
    person: object = None
    kind: str = ""
    origin: str = ""
    since: date | None = None
    until: date | None = None

    @property
    def is_of_units(self) -> bool:
        """Is it narrowed to communes, so that what concerns the whole province falls out?"""
        return bool(self.district or self.commune or self.assessment)

    @property
    def is_of_whole_province(self) -> bool:
        return self.scope.everywhere or self.province.pk in self.scope.provinces


@dataclass(frozen=True)
class Source:
    """A table of events: the fields of when and who, its order within a moment, its filters.

    `within` narrows to the province, the scope and the units asked for; None where the table
    holds nothing of the kind.
    """

    name: str
    kind: Kind
    rows: Callable[[], QuerySet]
    within: Callable[[Wanted], Q | None]
    at: str = "history_date"
    by: str = "history_user"
    key: str = "history_id"
    period: str = "assessment__period"
    has_origin: bool = False

    def narrowed(self, wanted: Wanted) -> QuerySet | None:
        """The rows that are wanted, newest first, or None where this table holds no such rows."""
        rule = self.within(wanted) if self._answers(wanted) else None
        if rule is None:
            return None
        rows = self.rows().filter(rule, self._when(wanted))
        if wanted.person:
            rows = rows.filter(**{self.by: wanted.person})
        if wanted.origin:
            rows = rows.filter(origin=wanted.origin)
        if wanted.period:
            rows = rows.filter(**{self.period: wanted.period.pk})
        return rows.order_by(f"-{self.at}", f"-{self.key}")

    def _answers(self, wanted: Wanted) -> bool:
        return (
            wanted.kind in ("", self.kind)
            and (self.has_origin or not wanted.origin)
            and (bool(self.period) or not wanted.period)
        )

    def _when(self, wanted: Wanted) -> Q:
        rule = Q(**{f"{self.at}__isnull": False})
        if wanted.since:
            rule &= Q(**{f"{self.at}__gte": _midnight(wanted.since)})
        if wanted.until:
            rule &= Q(**{f"{self.at}__lt": _midnight(wanted.until + timedelta(days=1))})
        return rule


def _midnight(on: date) -> datetime:
    return timezone.make_aware(datetime.combine(on, time()))


def _of_assessments(wanted: Wanted) -> Q:
    """Rows about assessments of the province that the scope covers."""
    rule = wanted.scope.communes_q("assessment__commune__")
    rule &= Q(assessment__commune__province=wanted.province)
    if wanted.assessment:
        rule &= Q(assessment=wanted.assessment)
    if wanted.district:
        rule &= Q(assessment__commune__district=wanted.district)
    if wanted.commune:
        rule &= Q(assessment__commune=wanted.commune)
    return rule


def _of_lines(wanted: Wanted) -> Q:
    rule = _of_assessments(wanted)
    return rule & Q(**wanted.line.ids) if wanted.line else rule


def _of_steps(wanted: Wanted) -> Q:
    rule = _of_assessments(wanted)
    if wanted.line:
        rule &= Q(pk__in=ReturnReason.objects.filter(**wanted.line.ids).values("step"))
    return rule


def _of_exceptions(wanted: Wanted) -> Q | None:
    """Exceptions for a commune, or for the district that it belongs to: those it may use."""
    if wanted.line:
        return None
    scope = wanted.scope
    rule = Q(period__province=wanted.province)
    if not wanted.is_of_whole_province:
        own = Commune.objects.filter(scope.communes_q())
        rule &= Q(commune__in=own) | Q(district__in=own.order_by().values("district"))
    if wanted.district:
        rule &= Q(district=wanted.district) | Q(commune__district=wanted.district)
    commune = wanted.commune
    if wanted.assessment:
        commune = wanted.assessment.commune
        rule &= Q(period=wanted.assessment.period_id)
    if commune:
        rule &= Q(commune=commune) | Q(district__isnull=False, district=commune.district_id)
    return rule


def _of_province(wanted: Wanted) -> Q | None:
    """What concerns the province as a whole is for those who work for all of it."""
    if wanted.is_of_units or not wanted.is_of_whole_province:
        return None
    return Q(province=wanted.province)


UNITS = ["assessment__commune__district", "assessment__period"]
LINES = ["indicator", "criterion"]


def _with_values_before(history, fields: list[str]) -> QuerySet:
    """History rows with what stood in some fields before, as `before_<field>`."""
    earlier = history.filter(id=OuterRef("id"), history_id__lt=OuterRef("history_id"))
    latest = earlier.order_by("-history_id")
    return history.annotate(
        **{f"before_{name}": Subquery(latest.values(name)[:1]) for name in fields}
    )


PERIOD_FIELDS = ["status", "due_on", "who_enters", "district_verifies"]
LIMIT_FIELDS = ["points", "percent"]

SOURCES = [
    Source(
        "score",
        Kind.SCORE,
        lambda: Score.history.select_related(*UNITS, *LINES, "history_user"),
        _of_lines,
        has_origin=True,
    ),
    Source(
        "step",
        Kind.STEP,
        lambda: AssessmentStep.objects.select_related(*UNITS, "by").prefetch_related(
            "reasons__indicator", "reasons__criterion"
        ),
        _of_steps,
        at="at",
        by="by",
        key="pk",
        has_origin=True,
    ),
    Source(
        "file_added",
        Kind.FILE,
        lambda: Evidence.objects.select_related(*UNITS, *LINES, "uploaded_by"),
        _of_lines,
        at="uploaded_at",
        by="uploaded_by",
        key="pk",
    ),
    Source(
        "file_removed",
        Kind.FILE,
        lambda: Evidence.objects.select_related(*UNITS, *LINES, "removed_by"),
        _of_lines,
        at="removed_at",
        by="removed_by",
        key="pk",
    ),
    Source(
        "exception",
        Kind.EXCEPTION,
        lambda: PeriodException.history.select_related(
            "commune__district", "district", "period", "history_user"
        ),
        _of_exceptions,
        period="period",
    ),
    Source(
        "period",
        Kind.SETTING,
        lambda: _with_values_before(ReportingPeriod.history, PERIOD_FIELDS).select_related(
            "history_user"
        ),
        _of_province,
        period="id",
    ),
    Source(
        "limits",
        Kind.SETTING,
        lambda: _with_values_before(EntryLimits.history, LIMIT_FIELDS).select_related(
            "history_user"
        ),
        _of_province,
        period="",
    ),
]

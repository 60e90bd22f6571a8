"""Take the illustration out again: exactly its rows, and nothing that people entered."""

from typing import NamedTuple

from django.db import transaction
from django.db.models import Q, QuerySet

from communes.models import Province
from criteria.models import (
    Assessment,
    AssessmentStep,
    Comment,
    CriterionResult,
    Evidence,
    Notice,
    PeriodException,
    Recognition,
    ReportingPeriod,
    Score,
)
from targets.illustration import invented


class Cleared(NamedTuple):
    """How many rows went; `kept` are illustrative rows on which people have worked since."""

    recognitions: int
    assessments: int
    periods: int
    kept: int


@transaction.atomic
def clear(province: Province) -> Cleared:
    """Remove the illustration of a province in a few statements, without history rows.

    The illustration is written without history, so that a row with history is one that people
    have changed: it stays, and so do the periods that anything still hangs on.
    """
    assessments = Assessment.objects.filter(commune__province=province, is_illustrative=True)
    changed = set(_changed(assessments).values_list("pk", flat=True))
    doomed = assessments.exclude(pk__in=changed)
    _delete(CriterionResult.objects.filter(assessment__in=doomed))
    _delete(Score.objects.filter(assessment__in=doomed))
    cleared_assessments = _delete(doomed)
    recognitions = Recognition.objects.filter(province=province, is_illustrative=True)
    used = recognitions.filter(
        Q(pk__in=Recognition.history.values("id")) | Q(carried_to__isnull=False)
    )
    kept_recognitions = set(used.values_list("pk", flat=True))
    cleared_recognitions = _delete(recognitions.exclude(pk__in=kept_recognitions))
    cleared = Cleared(
        cleared_recognitions,
        cleared_assessments,
        _delete(_empty_periods(province)),
        len(changed) + len(kept_recognitions),
    )
    if any(cleared[:3]):
        Province.objects.filter(pk=province.pk).raise_data_version()
    return cleared


def _changed(assessments: QuerySet) -> QuerySet:
    """Those that people have moved on, scored, backed with a file, spoken or been told of."""
    return assessments.filter(
        Q(pk__in=AssessmentStep.objects.values("assessment_id"))
        | Q(pk__in=Score.history.values("assessment_id"))
        | Q(pk__in=Evidence.objects.values("assessment_id"))
        | Q(pk__in=Comment.objects.values("assessment_id"))
        | Q(pk__in=Notice.objects.values("assessment_id"))
    )


def _empty_periods(province: Province) -> QuerySet:
    """Quarters of the illustration that nobody has saved or heard of and nothing hangs on."""
    periods = ReportingPeriod.objects.filter(
        province=province,
        starts_on__gte=invented.FIRST_DAY,
        ends_on__lte=invented.LAST_DAY,
    )
    used = periods.filter(
        Q(pk__in=ReportingPeriod.history.values("id"))
        | Q(pk__in=Assessment.objects.values("period_id"))
        | Q(pk__in=PeriodException.objects.values("period_id"))
        | Q(pk__in=Notice.objects.values("period_id"))
    )
    return periods.exclude(pk__in=used)


def _delete(rows: QuerySet) -> int:
    """Delete without loading the rows, and without the history that signals would write."""
    return rows._raw_delete(rows.db)

"""Stored results worked out anew from the scores, and put right where they differ."""

from collections import defaultdict
from collections.abc import Iterator

from django.db import transaction

from communes.models import Province
from criteria.models import Assessment, CriterionResult
from criteria.results import count_and_results_of
from criteria.sheets import fresh_layout_of

COUNTS = ["criteria_met", "criteria_basically", "criteria_applicable"]


def rebuild(province: Province, *, only_check: bool = False) -> Iterator[tuple[int, int]]:
    """For each criteria set and period of the province: how many were looked at and differed.

    What was approved stays whatever thresholds came later. Each is one transaction. Looking
    costs nine queries at most for any number of communes; what differs is written in bulk.
    """
    official = Assessment.objects.official().filter(commune__province=province)
    batches = official.values_list("criteria_set", "period").distinct()
    for criteria_set, period in batches.order_by("period__ends_on", "criteria_set"):
        rows = official.filter(criteria_set=criteria_set, period=period)
        with transaction.atomic():
            assessments = list(rows.with_names().select_for_update(of=["self"]))
            different = _different(assessments)
            if different and not only_check:
                _put_right(province, different)
        yield len(assessments), len(different)


def _different(assessments: list[Assessment]) -> list[tuple[Assessment, dict, list]]:
    """Those whose stored counts or results are not what their scores say, with what they say."""
    if not assessments:
        return []
    stored = defaultdict(dict)
    rows = CriterionResult.objects.filter(assessment__in=assessments)
    for assessment, criterion, verdict in rows.values_list("assessment", "criterion", "verdict"):
        stored[assessment][criterion] = verdict
    found = count_and_results_of(assessments, fresh_layout_of(assessments[0]))
    return [
        (assessment, *found[assessment.pk])
        for assessment in assessments
        if _is_different(assessment, stored[assessment.pk], *found[assessment.pk])
    ]


def _is_different(assessment: Assessment, stored: dict, counts: dict, results: list) -> bool:
    return stored != {row.criterion_id: row.verdict for row in results} or any(
        getattr(assessment, name) != count for name, count in counts.items()
    )


def _put_right(province: Province, different: list[tuple[Assessment, dict, list]]):
    changed = [assessment for assessment, _counts, _results in different]
    for assessment, counts, _results in different:
        assessment.version += 1
        for name, count in counts.items():
            setattr(assessment, name, count)
    CriterionResult.objects.filter(assessment__in=changed).delete()
    Assessment.objects.bulk_update(changed, ["version", *COUNTS])
    CriterionResult.objects.bulk_create(
        result for _assessment, _counts, results in different for result in results
    )
    Province.objects.filter(pk=province.pk).raise_data_version()

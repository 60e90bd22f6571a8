"""The stored results of approved assessments, derived from their scores."""

from collections import defaultdict
from collections.abc import Iterable

from criteria.models import Assessment, CriterionResult, Score
from criteria.rules import tally
from criteria.sheets import Layout, criterion_verdicts, fresh_layout_of, key_of

Scores = dict[tuple, Score]


def count_and_results(assessment: Assessment) -> tuple[dict, list[CriterionResult]]:
    """The counts of an assessment and its results, unsaved, one for each assessed criterion.

    Verdicts are worked out anew from the values, for a threshold may have been verified since
    they were entered. Four queries.
    """
    return count_and_results_of([assessment], fresh_layout_of(assessment))[assessment.pk]


def count_and_results_of(
    assessments: Iterable[Assessment], layout: Layout
) -> dict[int, tuple[dict, list[CriterionResult]]]:
    """The same for assessments that share a layout, by pk; four queries for any number."""
    assessments = list(assessments)
    scores = defaultdict(dict)
    for score in Score.objects.filter(assessment__in=assessments):
        scores[score.assessment_id][key_of(score)] = score
    return {
        assessment.pk: _count_and_results(assessment, layout, scores[assessment.pk])
        for assessment in assessments
    }


def _count_and_results(assessment: Assessment, layout: Layout, scores: Scores):
    lines = layout.lines(assessment.commune)
    found = {
        line.key: line.verdict(score.value, score.verdict)
        for line in lines
        if (score := scores.get(line.key))
    }
    verdicts = criterion_verdicts(lines, found)
    counts = tally(verdicts.values())
    results = [
        CriterionResult(assessment=assessment, criterion=criterion, verdict=verdict.value)
        for criterion, verdict in verdicts.items()
        if verdict
    ]
    return (
        {
            "criteria_met": counts.met,
            "criteria_basically": counts.basically,
            "criteria_applicable": counts.total,
        },
        results,
    )

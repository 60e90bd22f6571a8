"""The stored results of approved assessments, derived from their scores."""

from collections import defaultdict
from collections.abc import Iterable

from django.utils.translation import gettext as _

from accounts.refusals import Refused
from criteria.entry import verdict_now
from criteria.models import Assessment, CriterionResult, Score
from criteria.rules import tally
from criteria.sheets import Layout, criterion_verdicts, fresh_layout_of, key_of

Scores = dict[tuple, Score]


def count_and_results(assessment: Assessment) -> tuple[dict, list[CriterionResult]]:
    """The counts of an assessment and its results, unsaved, one for each assessed criterion.

    Verdicts are worked out anew from the values, for a threshold may have been verified since
    they were entered. Raises Refused where that leaves a line without a verdict. Five queries.
    """
    layout = fresh_layout_of(assessment)
    scores = {key_of(score): score for score in assessment.scores.all()}
    open_lines = [
        line.code
        for line in layout.lines(assessment.commune)
        if verdict_now(assessment, line, scores.get(line.key)) is None
    ]
    if open_lines:
        raise Refused(
            _(
                "%(codes)s: not assessed, for the threshold has been verified and asks for a "
                "number. Return the assessment."
            )
            % {"codes": ", ".join(open_lines)}
        )
    return _count_and_results(assessment, layout, scores)


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
    """A verdict approved before its threshold was verified stands where there is no number."""
    lines = layout.lines(assessment.commune)
    found = {
        line.key: line.verdict(score.value, score.verdict) or score.verdict
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

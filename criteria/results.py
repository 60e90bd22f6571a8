"""The stored results of approved assessments, derived from their scores."""

from criteria.models import Assessment, CriterionResult
from criteria.rules import tally
from criteria.sheets import criterion_verdicts, fresh_layout_of, scores_by_key


def count_and_results(assessment: Assessment) -> tuple[dict, list[CriterionResult]]:
    """The counts of an assessment and its results, unsaved, one for each assessed criterion.

    Verdicts are worked out anew from the values, for a threshold may have been verified since
    they were entered. Four queries.
    """
    layout = fresh_layout_of(assessment)
    lines = layout.lines(assessment.commune)
    scores = scores_by_key(assessment.scores.all())
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

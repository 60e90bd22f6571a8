"""The stored results of approved assessments, derived from their scores."""

from collections import defaultdict
from collections.abc import Iterable

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.refusals import Refused
from accounts.via import token_name
from criteria.entry import verdict_now
from criteria.models import Assessment, CriterionResult, Origin, Score
from criteria.rules import tally
from criteria.sheets import Layout, criterion_verdicts, fresh_layout_of, key_of

Scores = dict[tuple, Score]


def count_and_results(
    assessment: Assessment, *, by, origin=Origin.FORM
) -> tuple[dict, list[CriterionResult]]:
    """The counts of an assessment that `by` approves and its results, unsaved.

    Verdicts are worked out anew from the values, for a threshold may have been verified since
    they were entered; one that came out otherwise is written down first, so that what was
    approved stays whatever thresholds come later. Raises Refused where a line is left without a
    verdict. Five queries, and two for each verdict written down.
    """
    layout = fresh_layout_of(assessment)
    scores = {key_of(score): score for score in assessment.scores.all()}
    found = {
        line: verdict_now(assessment, line, scores.get(line.key))
        for line in layout.lines(assessment.commune)
    }
    if open_lines := [line.code for line, verdict in found.items() if verdict is None]:
        raise Refused(
            _(
                "%(codes)s: not assessed, for the threshold has been verified and asks for a "
                "number. Return the assessment."
            )
            % {"codes": ", ".join(open_lines)}
        )
    for line, verdict in found.items():
        if verdict != scores[line.key].verdict:
            _write_down(scores[line.key], verdict, by, origin)
    return _count_and_results(assessment, layout, scores)


def _write_down(score: Score, verdict: str, by, origin):
    """Keep a verdict that the number gave, with its history; who entered the score stays."""
    before = score.verdict
    score.verdict, score.version = verdict, score.version + 1
    Score.objects.filter(pk=score.pk).update(verdict=verdict, version=score.version)
    Score.history.create(
        **{field.attname: getattr(score, field.attname) for field in Score._meta.concrete_fields},
        history_date=timezone.now(),
        history_type="~",
        history_user=by,
        history_change_reason=_("The number decides: its threshold was verified"),
        origin=origin,
        token=token_name(by),
        before_value=score.value,
        before_verdict=before,
        before_note=score.note,
    )


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
        line.key: score.verdict for line in lines if (score := scores.get(line.key)) is not None
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

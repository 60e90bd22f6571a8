"""An assessment as it is being filled in: each line with its score, the last one, and remarks."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from django.db.models import OuterRef, QuerySet, Subquery

from criteria import checks
from criteria.models import (
    Assessment,
    AssessmentStep,
    Criterion,
    EntryLimits,
    Score,
)
from criteria.rules import Tally, Verdict, tally
from criteria.sheets import Line, criterion_verdicts, key_of, layout_of


@dataclass
class Row:
    """One line of an assessment. `last` is the score of the last verified assessment.

    `verdict` is that of `verdict_now`, which is what an approval would count.
    """

    line: Line
    score: Score | None = None
    last: Score | None = None
    verdict: str | None = None
    warnings: list[checks.Warn] = field(default_factory=list)
    return_reason: str = ""

    @property
    def value(self) -> Decimal | None:
        return self.score and self.score.value

    @property
    def note(self) -> str:
        return self.score.note if self.score else ""

    @property
    def version(self) -> int:
        return self.score.version if self.score else 0

    @property
    def is_carried(self) -> bool:
        return bool(self.score and self.score.is_carried)

    @property
    def needs(self) -> str:
        """What keeps the row from being submitted: "verdict", "reason", "note" or nothing."""
        if self.verdict is None:
            return "verdict"
        if self.verdict == Verdict.NOT_APPLICABLE and not self.note.strip():
            return "reason"
        return "note" if self.warnings and not self.note.strip() else ""


@dataclass(frozen=True)
class Summary:
    """Where an assessment stands as a whole: the verdict of each criterion, and lines assessed."""

    verdicts: dict[Criterion, Verdict | None]
    assessed: int
    lines: int

    @cached_property
    def tally(self) -> Tally:
        return tally(self.verdicts.values())

    @property
    def completeness(self) -> int:
        """Lines assessed, in per cent, rounded down: 100 is complete."""
        return 100 * self.assessed // self.lines if self.lines else 0


def summary_of(assessment: Assessment, lines: list[Line], scores: dict[tuple, Score]) -> Summary:
    """Sum up the scores (by key) of an assessment with these lines."""
    found = {line.key: verdict_now(assessment, line, scores.get(line.key)) for line in lines}
    assessed = sum(verdict is not None for verdict in found.values())
    return Summary(criterion_verdicts(lines, found), assessed, len(lines))


def verdict_now(assessment: Assessment, line: Line, score: Score | None) -> str | None:
    """The verdict on a score as thresholds are now; in an approved assessment, as approved.

    A threshold may have been verified since the verdict was chosen by hand: then the number
    decides, and without a number nothing does.
    """
    if score is None:
        return None
    if assessment.state == Assessment.State.APPROVED:
        return score.verdict
    found = line.verdict(score.value, score.verdict)
    return found and found.value


@dataclass(frozen=True)
class Entry:
    """An assessment laid out; `before` is the last verified one of the commune and set."""

    assessment: Assessment
    rows: list[Row]
    before: Assessment | None
    summary: Summary
    returned: AssessmentStep | None = None

    @property
    def returned_rows(self) -> list[Row]:
        return [row for row in self.rows if row.return_reason]

    @property
    def obstacles(self) -> list[Row]:
        """The rows that still need something before the assessment can be submitted."""
        return [row for row in self.rows if row.needs]


def read_entry(assessment: Assessment) -> Entry:
    """Lay out an assessment read `with_names`. Costs three queries beside those of its layout,
    two more where it was returned.
    """
    return read_entries([assessment])[0]


def read_entries(assessments: Collection[Assessment]) -> list[Entry]:
    """Lay out assessments read `with_names`, in their order; no more queries than for one."""
    ours = Score.objects.filter(assessment__in=[of.pk for of in assessments])
    scores = _by_assessment(ours.select_related("entered_by"))
    before = last_verified(assessments)
    last = _scores_of(before)
    returned = last_returns(assessments)
    return [
        _entry(
            of,
            scores.get(of.pk, {}),
            before.get(of.pk),
            last.get(of.pk, {}),
            returned.get(of.pk),
        )
        for of in assessments
    ]


def _entry(assessment, scores, before, last, returned) -> Entry:
    lines = layout_of(assessment).lines(assessment.commune)
    limits = limits_of(assessment.commune.province)
    reasons = {key_of(row): row.text for row in returned.reasons.all()} if returned else {}
    rows = [
        row_of(
            assessment,
            line,
            scores.get(line.key),
            last.get(line.key),
            limits,
            reasons.get(line.key, ""),
        )
        for line in lines
    ]
    return Entry(assessment, rows, before, summary_of(assessment, lines, scores), returned)


def row_of(assessment, line, score, last, limits: checks.Limits, return_reason="") -> Row:
    """A line with its score, the last verified one and what is odd about it."""
    verdict = verdict_now(assessment, line, score)
    warnings = _warnings(line, score, verdict, last, limits) if score else []
    return Row(line, score, last, verdict, warnings, return_reason)


def _by_assessment(scores: QuerySet) -> dict[int, dict[tuple, Score]]:
    """Scores by the assessment's pk and key; one query."""
    found = defaultdict(dict)
    for score in scores:
        found[score.assessment_id][key_of(score)] = score
    return found


def last_scores_of(assessments: Collection[Assessment]) -> dict[int, dict[tuple, Score]]:
    """The scores by key of the last verified assessment before each one; two queries."""
    return _scores_of(last_verified(assessments))


def _scores_of(before: dict[int, Assessment]) -> dict[int, dict[tuple, Score]]:
    found = _by_assessment(Score.objects.filter(assessment__in=[of.pk for of in before.values()]))
    return {pk: found.get(of.pk, {}) for pk, of in before.items()}


def last_verified(assessments: Collection[Assessment]) -> dict[int, Assessment]:
    """The last approved assessment of each one's commune and set, of an earlier period; one query.

    By the pk of the assessment that it comes before; those without one are left out.
    """
    earlier = verified_before(
        OuterRef("commune"), OuterRef("criteria_set"), OuterRef("period__ends_on")
    )
    ours = Assessment.objects.filter(pk__in=[of.pk for of in assessments])
    last = ours.values(last=Subquery(earlier.values("pk")[:1]))
    candidates = defaultdict(list)
    rows = Assessment.objects.filter(pk__in=last).select_related("period")
    for row in rows.order_by("-period__ends_on"):
        candidates[row.commune_id, row.criteria_set_id].append(row)
    found = {}
    for of in assessments:
        for row in candidates[of.commune_id, of.criteria_set_id]:
            if row.period.ends_on < of.period.ends_on:
                found[of.pk] = row
                break
    return found


def verified_before(commune, criteria_set, day) -> QuerySet:
    """Approved assessments of a commune under a set, of periods before a day, the last first."""
    official = Assessment.objects.official().filter(commune=commune, criteria_set=criteria_set)
    return official.filter(period__ends_on__lt=day).order_by("-period__ends_on")


def last_score(assessment: Assessment, line: Line) -> Score | None:
    """The score of one line in the last verified assessment; one query."""
    before = verified_before(
        assessment.commune_id, assessment.criteria_set_id, assessment.period.ends_on
    )
    return Score.objects.filter(assessment=before.values("pk")[:1], **line.ids).first()


def limits_of(province) -> checks.Limits:
    """The changes from which on the province asks for an explanation."""
    try:
        own = province.entry_limits
    except EntryLimits.DoesNotExist:
        return checks.Limits()
    return checks.Limits(own.points, own.percent)


def _warnings(line: Line, score: Score, verdict, last: Score | None, limits) -> list[checks.Warn]:
    return checks.warnings(
        checks.Finding(score.value, verdict),
        checks.Finding(last.value, last.verdict) if last else None,
        kind=line.kind,
        threshold=line.limit,
        direction=line.direction,
        limits=limits,
    )


def last_returns(assessments: Collection[Assessment]) -> dict[int, AssessmentStep]:
    """The step that returned each of those that are to be mended; two queries if there are any."""
    pks = [of.pk for of in assessments if of.state == Assessment.State.RETURNED]
    returns = AssessmentStep.objects.filter(
        assessment__in=pks, action=AssessmentStep.Action.RETURN
    )
    rows = returns.select_related("by").prefetch_related("reasons")
    return {step.assessment_id: step for step in rows}

"""An assessment as it is being filled in: each line with its score, the last one, and remarks."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.db.models import QuerySet

from criteria import checks
from criteria.models import (
    Assessment,
    AssessmentStep,
    Criterion,
    EntryLimits,
    Score,
)
from criteria.rules import Tally, Verdict, tally
from criteria.sheets import Line, criterion_verdicts, key_of, layout_of, scores_by_key


@dataclass
class Row:
    """One line of an assessment. `last` is the score of the last verified assessment."""

    line: Line
    score: Score | None
    last: Score | None
    warnings: list[checks.Warn]
    return_reason: str = ""

    @property
    def value(self) -> Decimal | None:
        return self.score and self.score.value

    @property
    def verdict(self) -> str | None:
        return self.score and self.score.verdict

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


def summary_of(lines: list[Line], scores: dict[tuple, Score]) -> Summary:
    """Sum up the scores (by key) of an assessment with these lines."""
    found = {key: score.verdict for key, score in scores.items()}
    assessed = sum(found.get(line.key) is not None for line in lines)
    return Summary(criterion_verdicts(lines, found), assessed, len(lines))


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
    lines = layout_of(assessment).lines(assessment.commune)
    scores = scores_by_key(assessment.scores.select_related("entered_by"))
    before = last_verified(assessment)
    last = scores_by_key(before.scores.all()) if before else {}
    limits = limits_of(assessment.commune.province)
    returned = last_return(assessment)
    reasons = {key_of(row): row.text for row in returned.reasons.all()} if returned else {}
    rows = [
        Row(
            line,
            scores.get(line.key),
            last.get(line.key),
            warnings_of(line, scores.get(line.key), last.get(line.key), limits),
            reasons.get(line.key, ""),
        )
        for line in lines
    ]
    return Entry(assessment, rows, before, summary_of(lines, scores), returned)


def last_verified(assessment: Assessment) -> Assessment | None:
    """The last approved assessment of the commune under the set, of an earlier period."""
    return last_verified_of(assessment).select_related("period").first()


def last_verified_of(assessment: Assessment) -> QuerySet:
    """Earlier approved assessments of the commune under the set, the last one first."""
    return (
        Assessment.objects.official()
        .filter(
            commune=assessment.commune_id,
            criteria_set=assessment.criteria_set_id,
            period__ends_on__lt=assessment.period.ends_on,
        )
        .order_by("-period__ends_on")
    )


def last_score(assessment: Assessment, line: Line) -> Score | None:
    """The score of one line in the last verified assessment; one query."""
    before = last_verified_of(assessment).values("pk")[:1]
    return Score.objects.filter(assessment=before, **line.ids).first()


def limits_of(province) -> checks.Limits:
    """The changes from which on the province asks for an explanation."""
    try:
        own = province.entry_limits
    except EntryLimits.DoesNotExist:
        return checks.Limits()
    return checks.Limits(own.points, own.percent)


def warnings_of(line: Line, score: Score | None, last: Score | None, limits) -> list[checks.Warn]:
    """What needs an explanation in a score, beside the last verified one."""
    if score is None:
        return []
    return checks.warnings(
        checks.Finding(score.value, score.verdict),
        checks.Finding(last.value, last.verdict) if last else None,
        kind=line.kind,
        threshold=line.limit,
        direction=line.direction,
        limits=limits,
    )


def last_return(assessment: Assessment) -> AssessmentStep | None:
    """The step that returned an assessment, while it is to be mended; two queries then."""
    if assessment.state != Assessment.State.RETURNED:
        return None
    returns = assessment.steps.filter(action=AssessmentStep.Action.RETURN)
    return returns.select_related("by").prefetch_related("reasons").last()

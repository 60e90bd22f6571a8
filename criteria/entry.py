"""An assessment as it is being filled in: each line with its score, the last one, and remarks."""

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from criteria import checks
from criteria.models import (
    Assessment,
    AssessmentStep,
    Criterion,
    EntryLimits,
    ReturnReason,
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


@dataclass
class Entry:
    """An assessment laid out; `before` is the last verified one of the commune and set."""

    assessment: Assessment
    rows: list[Row]
    before: Assessment | None
    verdicts: dict[Criterion, Verdict | None] = field(default_factory=dict)

    @cached_property
    def blocks(self) -> dict[Criterion, list[Row]]:
        """The rows by criterion."""
        found = defaultdict(list)
        for row in self.rows:
            found[row.line.criterion].append(row)
        return dict(found)

    @property
    def tally(self) -> Tally:
        return tally(self.verdicts.values())

    @property
    def assessed(self) -> int:
        return sum(row.verdict is not None for row in self.rows)

    @property
    def completeness(self) -> int:
        """Rows assessed, in per cent, rounded down: 100 is complete."""
        return 100 * self.assessed // len(self.rows) if self.rows else 0

    @property
    def obstacles(self) -> list[Row]:
        """The rows that still need something before the assessment can be submitted."""
        return [row for row in self.rows if row.needs]


def read_entry(assessment: Assessment, scores: dict[tuple, Score] | None = None) -> Entry:
    """Lay out an assessment read `with_names`. Eight queries, one fewer if `scores` are given.

    `scores` are all of the assessment's by key, as `save_scores` returns them.
    """
    lines = layout_of(assessment).lines(assessment.commune)
    if scores is None:
        scores = scores_by_key(assessment.scores.all())
    before = last_verified(assessment)
    last = scores_by_key(before.scores.all()) if before else {}
    limits = limits_of(assessment.commune.province)
    reasons = return_reasons(assessment)
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
    found = {key: score.verdict for key, score in scores.items()}
    return Entry(assessment, rows, before, criterion_verdicts(lines, found))


def last_verified(assessment: Assessment) -> Assessment | None:
    """The last approved assessment of the commune under the set, of an earlier period."""
    return (
        Assessment.objects.official()
        .filter(
            commune=assessment.commune_id,
            criteria_set=assessment.criteria_set_id,
            period__ends_on__lt=assessment.period.ends_on,
        )
        .select_related("period")
        .order_by("-period__ends_on")
        .first()
    )


def limits_of(province) -> checks.Limits:
    """The changes from which on the province asks for an explanation."""
    own = EntryLimits.objects.filter(province=province).first()
    return checks.Limits(own.points, own.percent) if own else checks.Limits()


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


def return_reasons(assessment: Assessment) -> dict[tuple, str]:
    """Why lines were returned, while the assessment is; by key."""
    if assessment.state != Assessment.State.RETURNED:
        return {}
    returns = AssessmentStep.objects.filter(
        assessment=assessment, action=AssessmentStep.Action.RETURN
    )
    rows = ReturnReason.objects.filter(step=returns.order_by("-at", "-pk").values("pk")[:1])
    return {key_of(row): row.text for row in rows}

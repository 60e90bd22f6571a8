"""An assessment as it is being filled in: each line with its score, the last one, and remarks."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from django.db.models import OuterRef, Subquery

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
from criteria.sheets import Line, criterion_verdicts, key_of, layout_of


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
    known = None if scores is None else {assessment.pk: scores}
    return read_entries([assessment], known)[0]


def read_entries(
    assessments: Collection[Assessment], scores: dict[int, dict[tuple, Score]] | None = None
) -> list[Entry]:
    """Lay out assessments read `with_names`, in their order.

    The queries do not grow with them: those of a layout for each set and period among them, one
    for the limits of each province, two or three for the scores, one more for those returned.
    """
    layouts = {(of.criteria_set_id, of.period_id): of for of in assessments}
    layouts = {key: layout_of(of) for key, of in layouts.items()}
    limits = {of.commune.province_id: of.commune.province for of in assessments}
    limits = {pk: limits_of(province) for pk, province in limits.items()}
    scores = scores_of(assessments) if scores is None else scores
    before = last_verified_of(assessments)
    last = scores_of(before.values())
    reasons = return_reasons(assessments)
    return [
        _entry(
            of,
            layouts[of.criteria_set_id, of.period_id].lines(of.commune),
            scores.get(of.pk, {}),
            before.get(of.pk),
            last.get(before[of.pk].pk, {}) if of.pk in before else {},
            limits[of.commune.province_id],
            reasons.get(of.pk, {}),
        )
        for of in assessments
    ]


def _entry(assessment, lines, scores, before, last, limits, reasons) -> Entry:
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


def scores_of(assessments: Collection[Assessment]) -> dict[int, dict[tuple, Score]]:
    """The scores of assessments by their pk and key; one query, none without assessments."""
    found = defaultdict(dict)
    for score in Score.objects.filter(assessment__in=[of.pk for of in assessments]):
        found[score.assessment_id][key_of(score)] = score
    return found


def last_verified_of(assessments: Collection[Assessment]) -> dict[int, Assessment]:
    """The last approved assessment of each one's commune and set, of an earlier period; one query.

    By the pk of the assessment that it comes before; those without one are left out.
    """
    earlier = Assessment.objects.official().filter(
        commune=OuterRef("commune"),
        criteria_set=OuterRef("criteria_set"),
        period__ends_on__lt=OuterRef("period__ends_on"),
    )
    ours = Assessment.objects.filter(pk__in=[of.pk for of in assessments])
    last = ours.values(last=Subquery(earlier.order_by("-period__ends_on").values("pk")[:1]))
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


def return_reasons(assessments: Collection[Assessment]) -> dict[int, dict[tuple, str]]:
    """Why lines were returned, for those that are returned now; by the assessment's pk and key."""
    returned = [of.pk for of in assessments if of.state == Assessment.State.RETURNED]
    returns = AssessmentStep.objects.filter(
        assessment=OuterRef("step__assessment"), action=AssessmentStep.Action.RETURN
    )
    rows = ReturnReason.objects.filter(
        step__assessment__in=returned, step=returns.order_by("-at", "-pk").values("pk")[:1]
    )
    found = defaultdict(dict)
    for row in rows.select_related("step"):
        found[row.step.assessment_id][key_of(row)] = row.text
    return found

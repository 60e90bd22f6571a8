"""What an assessment is compared with when it is reviewed: how it stood at the last approval.

That is the assessment itself where it was approved before and taken out of force again, as its
history tells; otherwise the last verified assessment of an earlier period.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from criteria.entry import Entry, Row
from criteria.models import Assessment, AssessmentStep, Score
from criteria.sheets import key_of

Step = AssessmentStep.Action


@dataclass(frozen=True)
class Past:
    """What stood in a line."""

    value: Decimal | None = None
    verdict: str | None = None
    note: str = ""


@dataclass(frozen=True)
class Baseline:
    """An assessment as it stood when approved; `is_own` if it is the reviewed one itself."""

    assessment: Assessment
    at: datetime
    lines: dict[tuple, Past]
    is_own: bool


@dataclass(frozen=True)
class Compared:
    """One line of an assessment with what stood in it at the last approval."""

    row: Row
    before: Past
    is_changed: bool

    @property
    def is_other_verdict(self) -> bool:
        return self.row.verdict != self.before.verdict


@dataclass(frozen=True)
class Approval:
    """An approval that is in force no more."""

    at: datetime
    was_undone: bool


def compare(rows: Collection[Row], baseline: Baseline | None) -> list[Compared]:
    """Every line beside the baseline; without one, what is assessed is new.

    Notes count as a change within one assessment only: each period has its own.
    """
    found = baseline.lines if baseline else {}
    has_notes = bool(baseline and baseline.is_own)
    compared = []
    for row in rows:
        before = found.get(row.line.key, Past())
        changed = (row.value, row.verdict) != (before.value, before.verdict)
        compared.append(Compared(row, before, changed or (has_notes and row.note != before.note)))
    return compared


def read_baselines(entries: Collection[Entry]) -> dict[int, Baseline]:
    """What each entry is compared with, by the assessment's pk; one query, two where one was
    approved before.

    An approval undone with nothing changed since is passed over, or it would hide the changes
    that are still to be decided on.
    """
    approvals = _past_approvals([entry.assessment.pk for entry in entries])
    trails = _trails(approvals)
    found = {}
    for entry in entries:
        pk = entry.assessment.pk
        own = approvals.get(pk)
        baseline = _own(entry, own, trails[pk]) if own else None
        if own and own.was_undone and not _has_changes(entry, baseline):
            baseline = None
        baseline = baseline or _last_verified(entry)
        if baseline:
            found[pk] = baseline
    return found


def _has_changes(entry: Entry, baseline: Baseline) -> bool:
    return any(line.is_changed for line in compare(entry.rows, baseline))


def _past_approvals(pks: Collection[int]) -> dict[int, Approval]:
    """The last approval of each that was undone or reopened since."""
    ends = [Step.UNDO, Step.REOPEN]
    found, approved_at = {}, {}
    steps = AssessmentStep.objects.filter(assessment__in=pks, action__in=[Step.APPROVE, *ends])
    for pk, action, at in steps.values_list("assessment_id", "action", "at"):
        if action == Step.APPROVE:
            approved_at[pk] = at
        elif pk in approved_at:
            found[pk] = Approval(approved_at[pk], action == Step.UNDO)
    return found


def _trails(approvals: dict[int, Approval]) -> dict[int, dict[tuple, Past]]:
    """What stood in each line at the approval, for lines changed since: the `before` of the
    first history row after it.
    """
    found = defaultdict(dict)
    if not approvals:
        return found
    since = min(approval.at for approval in approvals.values())
    rows = Score.history.filter(assessment__in=approvals, history_date__gt=since)
    for row in rows.order_by("history_date", "history_id"):
        if row.history_date > approvals[row.assessment_id].at:
            past = Past(row.before_value, row.before_verdict, row.before_note)
            found[row.assessment_id].setdefault(key_of(row), past)
    return found


def _own(entry: Entry, approval: Approval, trail: dict[tuple, Past]) -> Baseline:
    present = {row.line.key: _past(row.score) for row in entry.rows if row.score}
    return Baseline(entry.assessment, approval.at, present | trail, is_own=True)


def _last_verified(entry: Entry) -> Baseline | None:
    last = entry.before
    if last is None:
        return None
    lines = {row.line.key: _past(row.last) for row in entry.rows if row.last}
    return Baseline(last, last.decided_at, lines, is_own=False)


def _past(score: Score) -> Past:
    return Past(score.value, score.verdict, score.note)

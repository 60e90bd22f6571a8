"""Writing scores: one way for the form, the grid, Excel and the API."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.refusals import Refused
from accounts.via import token_name
from criteria.models import Assessment, Origin, PeriodException, Score
from criteria.refusals import Conflicts
from criteria.rows import insert, upsert
from criteria.rules import Verdict
from criteria.sheets import Line, key_of

# simple_history makes a class anew each time `Score.history` is asked for.
Trail = Score.history.model
FIELDS = [field.attname for field in Score._meta.fields]
COLUMNS = [field.column for field in Score._meta.fields if not field.primary_key]
TRAIL_COLUMNS = [
    *("id", *COLUMNS),
    *("history_date", "history_user_id", "origin", "token"),
    *("history_type", "before_value", "before_verdict", "before_note"),
]


@dataclass(frozen=True)
class Change:
    """A finding as it should be from now on; `version` is that of the score it was made from.

    `entered` is the verdict chosen by hand, which stands only where no number decides. What does
    not apply has no value.
    """

    assessment: Assessment
    line: Line
    value: Decimal | None
    entered: str | None
    note: str = ""
    version: int = 0
    is_carried: bool = False

    def __post_init__(self):
        if self.entered == Verdict.NOT_APPLICABLE:
            object.__setattr__(self, "value", None)

    @cached_property
    def verdict(self) -> str | None:
        found = self.line.verdict(self.value, self.entered)
        return found and found.value

    def is_like(self, score: Score | None) -> bool:
        """Does the score say the same already? Then the change was made, perhaps by a repeat."""
        if score is None:
            return self.value is None and self.verdict is None and not self.note
        return (self.value, self.verdict, self.note) == (score.value, score.verdict, score.note)


@transaction.atomic(savepoint=False)
def save_scores(
    changes: Iterable[Change], *, by, origin: Origin = Origin.FORM
) -> dict[int, dict[tuple, Score]]:
    """Write all the changes or none; returns every score of the assessments by their pk and key.

    The assessments must be locked (`select_for_update`) in this transaction. A change that says
    what is stored already is passed over, so a repeated request does no harm. Raises Refused
    when an assessment takes no scores now, Conflicts when a score has moved on. Costs three
    queries, one more where the period is closed; two more for every some hundred changes on
    SQLite, some thousand on PostgreSQL.
    """
    changes = list(changes)
    assessments = {change.assessment.pk: change.assessment for change in changes}
    refuse_unless_writable(assessments.values())
    stored = _stored(assessments)
    fresh = [c for c in changes if not c.is_like(stored[c.assessment.pk].get(c.line.key))]
    pairs = [(change, _score_of(stored, change)) for change in fresh]
    stale = [pair for pair in pairs if pair[0].version != _version(pair[1])]
    if stale:
        raise Conflicts(_("Somebody changed this meanwhile."), stale)
    _write(fresh, stored, by, origin)
    return stored


def refuse_unless_writable(assessments: Iterable[Assessment]):
    """Raise Refused unless every assessment is in entry, in a period that takes scores."""
    for reason in why_not_writable(assessments).values():
        raise Refused(reason)


def why_not_writable(assessments: Iterable[Assessment]) -> dict[int, str]:
    """The reason of each assessment (read `with_names`) that takes no scores now, by pk.

    No query, one where a period is not open.
    """
    assessments = list(assessments)
    reasons = {
        assessment.pk: _("%(assessment)s is “%(state)s” and takes no scores.")
        % {"assessment": assessment, "state": assessment.get_state_display().lower()}
        for assessment in assessments
        if not assessment.is_in_entry
    }
    return why_shut(assessments) | reasons


def why_shut(assessments: Iterable[Assessment]) -> dict[int, str]:
    """The reason of each assessment whose period takes no scores of it now, by pk.

    No query, one where a period is not open.
    """
    shut = [assessment for assessment in assessments if not assessment.period.is_open]
    excepted = _excepted(shut) if shut else set()
    return {of.pk: _why_shut(of) for of in shut if of.pk not in excepted}


def _why_shut(assessment: Assessment) -> str:
    if assessment.period.is_closed:
        sentence = _(
            "%(period)s is closed for %(commune)s. Ask the province for an exception, "
            "with the reason."
        )
    else:
        sentence = _(
            "%(period)s is not open yet. Scores can be entered when the province opens it."
        )
    return sentence % {"period": assessment.period, "commune": assessment.commune}


def _excepted(assessments: list[Assessment]) -> set[int]:
    """Those that may be written although their period is closed; one query."""
    granted = set(
        PeriodException.objects.in_force(timezone.now())
        .filter(period__in={assessment.period_id for assessment in assessments})
        .values_list("period", "commune", "district")
    )
    return {
        a.pk
        for a in assessments
        if (a.period_id, a.commune_id, None) in granted
        or (a.period_id, None, a.commune.district_id or 0) in granted
    }


def _stored(assessments: Iterable[int]) -> dict[int, dict[tuple, Score]]:
    found = defaultdict(dict)
    for score in Score.objects.filter(assessment__in=list(assessments)):
        found[score.assessment_id][key_of(score)] = score
    return found


def _score_of(stored, change: Change) -> Score | None:
    return stored[change.assessment.pk].get(change.line.key)


def _version(score: Score | None) -> int:
    return score.version if score else 0


def _write(changes: list[Change], stored, by, origin):
    """Write findings of indicators, then those of criteria, each kind with its history."""
    at = timezone.now()
    moment = connection.ops.adapt_datetimefield_value(at)
    said = (moment, by.pk, origin.value, token_name(by))
    for about in ("indicator_id", "criterion_id"):
        ours = [change for change in changes if change.line.ids[about]]
        if not ours:
            continue
        before = [_score_of(stored, change) for change in ours]
        rows = [_row(*pair, by, moment) for pair in zip(ours, before, strict=True)]
        pks = upsert(Score, COLUMNS, rows, unique=["assessment_id", about])
        written = list(zip(pks, rows, before, strict=True))
        insert(Trail, TRAIL_COLUMNS, [(pk, *row, *said, *_trail(b)) for pk, row, b in written])
        for pk, row, _before in written:
            score = Score.from_db(connection.alias, FIELDS, (pk, *row[:-1], at))
            stored[score.assessment_id][key_of(score)] = score


def _row(change: Change, before: Score | None, by, at) -> tuple:
    """The columns of a score but its key, in the model's order."""
    return (
        change.assessment.pk,
        *change.line.key,
        change.value,
        change.verdict,
        change.note,
        change.is_carried,
        _version(before) + 1,
        by.pk,
        at,
    )


def _trail(before: Score | None) -> tuple:
    """What a history row says of the score that stood there."""
    if before is None:
        return ("+", None, None, "")
    return ("~", before.value, before.verdict, before.note)

"""What a change of thresholds would do to verdicts, worked out before it is made."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from copy import copy
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from django.db.models import Max, Q

from communes.models import Province
from criteria.models import Assessment, CriteriaSet, Score, Threshold
from criteria.sheets import Layout, Line
from criteria.thresholds import Revision

State = Assessment.State


@dataclass(frozen=True)
class Effect:
    """One line of an assessment whose verdict would come out otherwise.

    An approved assessment keeps `before`: what was approved stays.
    """

    assessment: Assessment
    line: Line
    value: Decimal | None
    before: str
    after: str

    @property
    def is_approved(self) -> bool:
        return self.assessment.state == State.APPROVED


def confirming(pks: Collection[int], *, is_confirmed: bool) -> Revision:
    """Some thresholds confirmed, or no longer so."""

    def revise(rows: Iterable[Threshold]):
        for row in rows:
            if row.pk in pks:
                row = copy(row)
                row.is_confirmed = is_confirmed or row.is_verified
            yield row

    return revise


def setting(new: Threshold) -> Revision:
    """A threshold of the province put in force from its first day on, and confirmed."""

    def revise(rows: Iterable[Threshold]):
        for row in rows:
            is_beside = (row.indicator_id, row.area_group_id, row.province_id) == (
                new.indicator_id,
                new.area_group_id,
                new.province_id,
            )
            if is_beside and row.valid_from == new.valid_from:
                continue
            if is_beside and row.is_valid_on(new.valid_from):
                row = copy(row)
                row.valid_to = new.valid_from - timedelta(days=1)
            yield row
        confirmed = copy(new)
        confirmed.is_confirmed = True
        yield confirmed

    return revise


def effects(province: Province, indicators: Collection[int], revise: Revision) -> list[Effect]:
    """The lines whose verdict would change: of all assessments that are not approved, and of
    those approved in the last approved period of their set. By period, commune and line.

    Three queries, and six to eight for each set and period.
    """
    batches = defaultdict(list)
    for assessment in _concerned(province, indicators):
        batches[assessment.criteria_set_id, assessment.period_id].append(assessment)
    scores = defaultdict(dict)
    every = [assessment.pk for batch in batches.values() for assessment in batch]
    for score in Score.objects.filter(assessment__in=every, indicator__in=indicators):
        scores[score.assessment_id][score.indicator_id] = score
    return [
        effect
        for batch in batches.values()
        for effect in _of_batch(batch, scores, province, revise)
    ]


def _concerned(province: Province, indicators: Collection[int]):
    sets = CriteriaSet.objects.filter(criteria__indicators__in=indicators)
    ours = Assessment.objects.filter(commune__province=province, criteria_set__in=sets)
    last = ours.official().order_by().values_list("criteria_set").annotate(Max("period__ends_on"))
    concerned = ~Q(state=State.APPROVED)
    for criteria_set, ends_on in last:
        concerned |= Q(criteria_set=criteria_set, period__ends_on=ends_on)
    rows = ours.filter(concerned)
    return rows.with_names().order_by("-period__ends_on", "commune__sort_key", "pk")


def _of_batch(batch: list[Assessment], scores, province: Province, revise: Revision):
    criteria_set, day = batch[0].criteria_set, batch[0].period.ends_on
    now = Layout(criteria_set, province, day)
    then = Layout(criteria_set, province, day, revise)
    for assessment in batch:
        found = scores[assessment.pk]
        pairs = zip(now.lines(assessment.commune), then.lines(assessment.commune), strict=True)
        for old, new in pairs:
            score = found.get(new.indicator.pk) if new.indicator else None
            if score is None or _decide_alike(old, new):
                continue
            before, after = _verdicts(assessment, score, old, new)
            if before != after:
                yield Effect(assessment, new, score.value, before, after)


def _decide_alike(old: Line, new: Line) -> bool:
    return (old.number_decides, old.limit) == (new.number_decides, new.limit)


def _verdicts(assessment: Assessment, score: Score, old: Line, new: Line) -> tuple[str, str]:
    """Now and then; of an approved assessment what was approved, and what would be found now."""
    after = new.verdict(score.value, score.verdict)
    if assessment.state == State.APPROVED:
        return score.verdict or "", after or score.verdict or ""
    return old.verdict(score.value, score.verdict) or "", after or ""

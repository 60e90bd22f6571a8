"""What a reviewer should look at beyond single lines. The rules are in `checks`."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field

from criteria import checks
from criteria.entry import Entry
from criteria.models import Assessment, Criterion, Grade, Recognition, Score
from criteria.rules import Verdict
from criteria.sheets import criterion_verdicts

RANKS = {grade: rank for rank, grade in enumerate(Grade.values)}


@dataclass(frozen=True)
class Raised:
    """A flag, with what its sentence names: how many values, which other assessments, on which
    side of a recognition.
    """

    flag: checks.Flag
    count: int = 0
    others: list[Assessment] = field(default_factory=list)
    is_recognised: bool = False


def read_flags(entries: Collection[Entry], user) -> dict[int, list[Raised]]:
    """The flags of each entry by the assessment's pk; two queries, one more to name others.

    Values are compared with those of the assessments that `user` may see, and no others.
    """
    twins = _twins(entries, user)
    recognised = _recognised(entries)
    return {
        entry.assessment.pk: _flags(
            entry, twins.get(entry.assessment.pk, []), entry.assessment.pk in recognised
        )
        for entry in entries
    }


def _flags(entry: Entry, twins: list[Assessment], is_recognised: bool) -> list[Raised]:
    found = []
    quarter, now = entry.assessment.period.quarter, entry.summary.verdicts
    last = _last_verdicts(entry) if quarter == checks.LAST_QUARTER else {}
    if checks.rises_all_at_year_end(quarter, _by_number(now), _by_number(last)):
        found.append(Raised(checks.Flag.ALL_AT_YEAR_END))
    if count := checks.sits_at_thresholds((row.value, row.line.limit) for row in entry.rows):
        found.append(Raised(checks.Flag.AT_THRESHOLD, count=count))
    if twins:
        found.append(Raised(checks.Flag.IDENTICAL, others=twins))
    if _contradicts(entry.assessment, now.values(), is_recognised=is_recognised):
        found.append(Raised(checks.Flag.RECOGNISED_GAP, is_recognised=is_recognised))
    return found


def _last_verdicts(entry: Entry) -> dict[Criterion, Verdict | None]:
    found = {row.line.key: row.last and row.last.verdict for row in entry.rows}
    return criterion_verdicts([row.line for row in entry.rows], found)


def _by_number(verdicts: dict[Criterion, Verdict | None]) -> dict[int, Verdict | None]:
    return {criterion.number: verdict for criterion, verdict in verdicts.items()}


def _contradicts(assessment: Assessment, verdicts, *, is_recognised: bool) -> bool:
    """An incomplete register says nothing about communes that are not in it."""
    province = assessment.commune.province
    if not is_recognised and not province.register_complete:
        return False
    if province.basically_met_counts:
        verdicts = [Verdict.MET if of == Verdict.BASICALLY else of for of in verdicts]
    return checks.contradicts_recognition(verdicts, is_recognised=is_recognised)


def _twins(entries: Collection[Entry], user) -> dict[int, list[Assessment]]:
    """Other assessments of the same set and period with just the same numbers, by name."""
    ours = [entry.assessment for entry in entries]
    pool = Assessment.objects.visible_to(user).filter(
        criteria_set__in={of.criteria_set_id for of in ours},
        period__in={of.period_id for of in ours},
    )
    numbers = Score.objects.filter(
        assessment__in=pool.values("pk"), indicator__isnull=False, value__isnull=False
    ).values_list(
        "assessment__criteria_set_id",
        "assessment__period_id",
        "assessment_id",
        "indicator_id",
        "value",
    )
    groups = defaultdict(lambda: defaultdict(dict))
    for in_set, period, assessment, indicator, value in numbers:
        groups[in_set, period][assessment][indicator] = value
    alike = {}
    for group in groups.values():
        columns = sorted({indicator for row in group.values() for indicator in row})
        alike |= checks.alike({pk: [row.get(c) for c in columns] for pk, row in group.items()})
    return _named({of.pk: alike[of.pk] for of in ours if of.pk in alike})


def _named(alike: dict[int, list[int]]) -> dict[int, list[Assessment]]:
    if not alike:
        return {}
    wanted = {pk for others in alike.values() for pk in others}
    rows = Assessment.objects.filter(pk__in=wanted).select_related("commune")
    others = {row.pk: row for row in rows.order_by("commune__sort_key")}
    return {pk: [of for of in others.values() if of.pk in found] for pk, found in alike.items()}


def _recognised(entries: Collection[Entry]) -> set[int]:
    """Those whose commune is recognised at the end of the period, at the grade of the set or a
    better one.
    """
    ours = [entry.assessment for entry in entries]
    acts = defaultdict(list)
    for act in Recognition.objects.filter(
        kind=Recognition.Kind.COMMUNE, commune__in={of.commune_id for of in ours}
    ):
        acts[act.commune_id].append(act)
    return {
        of.pk
        for of in ours
        for act in acts[of.commune_id]
        if act.counts_on(of.period.ends_on) and RANKS[act.grade] >= RANKS[of.criteria_set.grade]
    }

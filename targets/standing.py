"""Where one commune stands in detail: every criterion and indicator it is assessed by.

Reads official assessments only. The number of queries does not depend on how many periods,
criteria or indicators there are.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

import pandas as pd

from communes.models import Commune
from criteria.models import Assessment, Criterion, CriterionResult, Indicator, Score, Threshold
from criteria.rules import Verdict
from criteria.thresholds import GroupOf, Thresholds, why_by_hand
from targets import tables
from targets.forms import Standpoint
from targets.snapshot import Snapshot

GRADES = ("standard", "advanced")
NO_VERDICT = ""
SHORT_OF_MET = {Verdict.NOT_MET.value, Verdict.BASICALLY.value, NO_VERDICT}
# Worse to better; what is not assessed or does not apply is neither.
ORDER = {Verdict.NOT_MET.value: 0, Verdict.BASICALLY.value: 1, Verdict.MET.value: 2}


@dataclass(frozen=True)
class Standing:
    """The verified assessment that counts on a day, and the one before it under the same set."""

    set_id: int
    assessment: int
    assessment_before: int | None
    period_end: date
    period_before: date | None
    age_days: int
    counted: int
    total: int
    is_illustrative: bool


@dataclass(frozen=True)
class Finding:
    """What was found of a criterion or indicator, and in the verified period before.

    Verdicts are values of `Verdict`, "" where not assessed; `before` is None without such a
    period.
    """

    verdict: str = NO_VERDICT
    before: str | None = None
    value: Decimal | None = None
    value_before: Decimal | None = None

    @property
    def is_new(self) -> bool:
        """Is the verdict another one than in the period before?"""
        return self.before is not None and self.before != self.verdict

    @property
    def direction(self) -> int:
        """1 better than in the period before, -1 worse, 0 alike or not to be compared."""
        if not self.is_new or not {self.verdict, self.before} <= ORDER.keys():
            return 0
        return 1 if ORDER[self.verdict] > ORDER[self.before] else -1

    @property
    def change(self) -> Decimal | None:
        """Change of the value on the period before; None where it did not change."""
        if self.value is None or self.value_before is None or self.value == self.value_before:
            return None
        return self.value - self.value_before


@dataclass(frozen=True)
class IndicatorRow:
    """One indicator. `by_hand` says why no number decides; `note` numbers the source."""

    indicator: Indicator
    finding: Finding
    threshold: Threshold | None
    by_hand: str
    note: int | None


@dataclass(frozen=True)
class CriterionRow:
    criterion: Criterion
    finding: Finding
    indicators: list[IndicatorRow]

    @property
    def failing(self) -> list[IndicatorRow]:
        """The indicators that keep the criterion from being met."""
        return [row for row in self.indicators if row.finding.verdict in SHORT_OF_MET]


@dataclass(frozen=True)
class Sheet:
    """One verified assessment in full, with the sources of its thresholds by number of note.

    `approved_at` is the moment from which it counts.
    """

    standing: Standing
    rows: list[CriterionRow]
    sources: list[str]
    approved_at: datetime

    @property
    def criteria_set(self):
        return self.rows[0].criterion.criteria_set

    @property
    def has_indicators(self) -> bool:
        return any(row.indicators for row in self.rows)

    @property
    def is_wording_verified(self) -> bool:
        """Was every criterion's and indicator's wording checked against the decision?"""
        indicators = [row.indicator for of in self.rows for row in of.indicators]
        criteria = [row.criterion for row in self.rows]
        return all(named.is_verified for named in [*criteria, *indicators])

    def missing(self, *, basically_counts: bool) -> list[CriterionRow]:
        """The criteria still to be met; those that do not apply are not among them."""
        short = SHORT_OF_MET - ({Verdict.BASICALLY.value} if basically_counts else set())
        return [row for row in self.rows if row.finding.verdict in short]


def day_of(commune: Commune, on: date) -> date:
    """The day a unit is shown on: the day itself, else the nearest on which it was in force."""
    last = min(on, commune.valid_to) if commune.valid_to else on
    return max(last, commune.valid_from)


def sheets(snapshot: Snapshot, commune: Commune, at: Standpoint) -> dict[str, Sheet]:
    """The latest verified assessment of each grade up to the day, by grade.

    `at.as_of` must be a day on which the commune is in force. Costs five queries, none for a
    commune without an assessment, and one more for each set with thresholds by commune group.
    """
    standings = {grade: standing_of(snapshot, commune.pk, at, grade) for grade in GRADES}
    standings = {grade: found for grade, found in standings.items() if found}
    if not standings:
        return {}
    found = _Findings(standings.values())
    groups = {
        grade: GroupOf(_set(snapshot, of), snapshot.province, of.period_end)(commune)
        for grade, of in standings.items()
    }
    thresholds = Thresholds(
        sets=[of.set_id for of in standings.values()],
        groups=[group for group in groups.values() if group],
        province=snapshot.province,
    )
    return {
        grade: _sheet(snapshot, of, found, thresholds, groups[grade])
        for grade, of in standings.items()
    }


def _set(snapshot: Snapshot, standing: Standing):
    return snapshot.criteria_of(standing.set_id)[0].criteria_set


def standing_of(snapshot: Snapshot, unit: int, at: Standpoint, grade: str) -> Standing | None:
    """Which assessment of a grade a unit stands on, or None without a verified one."""
    everyone = tables.standing(snapshot, at, grade=grade).frame
    if unit not in everyone.index or pd.isna(everyone.at[unit, "assessment_id"]):
        return None
    row = everyone.loc[unit]
    past = snapshot.standings.frame
    past = past[(past["unit_id"] == unit) & (past["set_id"] == row["set_id"])]
    past = past[past["period_end"] < row["period_end"]].sort_values("period_end")
    before = past.iloc[-1] if len(past) else None
    return Standing(
        set_id=int(row["set_id"]),
        assessment=int(row["assessment_id"]),
        assessment_before=None if before is None else int(before["assessment_id"]),
        period_end=row["period_end"].date(),
        period_before=None if before is None else before["period_end"].date(),
        age_days=int(row["age_days"]),
        counted=int(row["counted"]),
        total=int(row["total"]),
        is_illustrative=bool(row["is_illustrative"]),
    )


class _Findings:
    """Verdicts and values of some assessments, when they were approved, and the indicators of
    their sets; four queries.
    """

    def __init__(self, standings):
        standings = list(standings)
        ids = [pk for of in standings for pk in (of.assessment, of.assessment_before) if pk]
        approved = Assessment.objects.filter(pk__in=[of.assessment for of in standings])
        self.approved_at = dict(approved.values_list("pk", "decided_at"))
        results = CriterionResult.objects.filter(assessment__in=ids)
        self._of_criteria = {
            (assessment, criterion): (verdict, None)
            for assessment, criterion, verdict in results.values_list(
                "assessment_id", "criterion_id", "verdict"
            )
        }
        scores = Score.objects.filter(assessment__in=ids, indicator__isnull=False)
        self._of_indicators = {
            (assessment, indicator): (verdict or NO_VERDICT, value)
            for assessment, indicator, verdict, value in scores.values_list(
                "assessment_id", "indicator_id", "verdict", "value"
            )
        }
        self.indicators = defaultdict(list)
        sets = {of.set_id for of in standings}
        for row in Indicator.objects.filter(criterion__criteria_set__in=sets).order_by("position"):
            self.indicators[row.criterion_id].append(row)

    def of_criterion(self, pk: int, standing: Standing) -> Finding:
        return self._finding(self._of_criteria, pk, standing)

    def of_indicator(self, pk: int, standing: Standing) -> Finding:
        return self._finding(self._of_indicators, pk, standing)

    @staticmethod
    def _finding(table, pk, standing):
        verdict, value = table.get((standing.assessment, pk), (NO_VERDICT, None))
        if standing.assessment_before is None:
            return Finding(verdict, None, value)
        before, value_before = table.get((standing.assessment_before, pk), (NO_VERDICT, None))
        return Finding(verdict, before, value, value_before)


def _sheet(
    snapshot: Snapshot,
    standing: Standing,
    found: _Findings,
    thresholds: Thresholds,
    group: int | None,
) -> Sheet:
    notes: dict[str, int] = {}

    def row_of(indicator: Indicator) -> IndicatorRow:
        finding = found.of_indicator(indicator.pk, standing)
        threshold = thresholds.on(standing.period_end, indicator.pk, group)
        return IndicatorRow(
            indicator=indicator,
            finding=finding,
            threshold=threshold,
            by_hand=why_by_hand(indicator, threshold) if finding.verdict in ORDER else "",
            note=notes.setdefault(threshold.source, len(notes) + 1) if threshold else None,
        )

    rows = [
        CriterionRow(
            criterion=criterion,
            finding=found.of_criterion(criterion.pk, standing),
            indicators=[row_of(indicator) for indicator in found.indicators[criterion.pk]],
        )
        for criterion in snapshot.criteria_of(standing.set_id)
    ]
    return Sheet(standing, rows, list(notes), found.approved_at[standing.assessment])

"""The thresholds of a criteria set as a province sees them: one row each, and one for each gap."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from communes.models import AreaGroup, Province
from criteria.measures import threshold_text
from criteria.models import CriteriaSet, Indicator, Threshold, Verification
from criteria.thresholds import groups_of
from criteria.verifying import is_own


@dataclass(frozen=True)
class ThresholdRow:
    """A threshold of an indicator in an area group; None where none is known."""

    indicator: Indicator
    group: AreaGroup
    threshold: Threshold | None
    verification: Verification | None
    is_own: bool

    @property
    def text(self) -> str:
        return threshold_text(self.threshold, self.indicator)

    @property
    def is_confirmed(self) -> bool:
        return bool(self.threshold and self.threshold.is_confirmed)

    @property
    def may_be_confirmed(self) -> bool:
        return bool(self.threshold) and not self.threshold.is_confirmed

    @property
    def may_be_taken_back(self) -> bool:
        return self.verification is not None


def rows_of(
    criteria_set: CriteriaSet, province: Province, indicators: Iterable[int] | None = None
) -> list[ThresholdRow]:
    """All thresholds of the set that may bind communes of the province, in the set's order.

    Three queries, one more where thresholds differ by commune group. `indicators` narrows.
    """
    groups = groups_of(criteria_set, province)
    ours = Indicator.objects.filter(criterion__criteria_set=criteria_set)
    if indicators is not None:
        ours = ours.filter(pk__in=indicators)
    known = defaultdict(list)
    thresholds = Threshold.objects.known_to(province).filter(
        indicator__in=ours, area_group__in=groups
    )
    for row in thresholds.order_by("valid_from"):
        known[row.indicator_id, row.area_group_id].append(row)
    own = Verification.objects.filter(province=province, threshold__indicator__in=ours)
    verifications = {row.threshold_id: row for row in own.select_related("by")}
    ordered = ours.select_related("criterion__criteria_set")
    return [
        ThresholdRow(
            indicator,
            group,
            threshold,
            verifications.get(threshold.pk) if threshold else None,
            is_own(indicator, province),
        )
        for indicator in ordered.order_by("criterion__number", "position")
        for group in groups
        for threshold in known[indicator.pk, group.pk] or [None]
    ]


def narrowed(rows: list[ThresholdRow], asked: dict) -> list[ThresholdRow]:
    """The rows that the filters leave; `asked` is the cleaned data of a `ThresholdFilterForm`."""
    tests = [TESTS[name](value) for name, value in asked.items() if value and name in TESTS]
    return [row for row in rows if all(test(row) for test in tests)]


def _is_in_state(state: str):
    return {
        "verified": lambda row: row.is_confirmed,
        "unverified": lambda row: row.may_be_confirmed,
        "missing": lambda row: row.threshold is None or not (row.text.strip("–")),
    }[state]


def _says(text: str):
    wanted = text.casefold()
    return lambda row: any(
        wanted in words.casefold()
        for words in (
            row.indicator.code,
            row.indicator.name,
            row.indicator.name_en,
            row.threshold.source if row.threshold else "",
        )
    )


def _is_valid_on(day: date):
    return lambda row: row.threshold is None or row.threshold.is_valid_on(day)


TESTS = {
    "criterion": lambda number: lambda row: row.indicator.criterion.number == number,
    "group": lambda code: lambda row: row.group.code == code,
    "state": _is_in_state,
    "own": lambda own: lambda row: row.is_own == (own == "yes"),
    "on": _is_valid_on,
    "q": _says,
}

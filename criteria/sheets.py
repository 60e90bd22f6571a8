"""A criteria set laid out as lines to be filled in, with the threshold that binds each."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from communes.models import Commune, Province
from criteria.models import CriteriaSet, Criterion, Indicator, Threshold
from criteria.rules import Verdict, criterion_verdict, indicator_verdict
from criteria.thresholds import GroupOf, Thresholds, groups_of, why_by_hand

LAYOUTS_KEPT = 16


@dataclass(frozen=True)
class Line:
    """What one score is about: an indicator, or a criterion that has none.

    The communes of a group share its lines, so each works out once what thousands of cells ask.
    """

    criterion: Criterion
    indicator: Indicator | None
    threshold: Threshold | None

    @cached_property
    def code(self) -> str:
        """The number officers know it by, which is unique in its set: 2.1, or 5."""
        return self.indicator.code if self.indicator else str(self.criterion.number)

    @property
    def slug(self) -> str:
        """The code as it may stand in the id of an element."""
        return self.code.replace(".", "-")

    @property
    def target(self) -> Indicator | Criterion:
        return self.indicator or self.criterion

    @cached_property
    def key(self) -> tuple[int | None, int | None]:
        """As `key_of` gives it for the line's score."""
        return (self.indicator.pk, None) if self.indicator else (None, self.criterion.pk)

    @cached_property
    def ids(self) -> dict[str, int | None]:
        """The fields by which rows about this line are found or made."""
        return dict(zip(("indicator_id", "criterion_id"), self.key, strict=True))

    @cached_property
    def kind(self) -> str:
        return self.indicator.kind if self.indicator else Indicator.Kind.VERDICT

    @cached_property
    def is_measured(self) -> bool:
        return self.kind != Indicator.Kind.VERDICT

    @cached_property
    def limit(self) -> Decimal | None:
        """The threshold as a number, verified or not."""
        return self.threshold.value if self.threshold and self.is_measured else None

    @cached_property
    def direction(self) -> str:
        return self.indicator.direction if self.indicator else ""

    @cached_property
    def number_decides(self) -> bool:
        return self.limit is not None and self.threshold.is_verified

    @cached_property
    def parts(self) -> dict[tuple, str]:
        """What pages have made of the line alone, by what it depends on."""
        return {}

    @property
    def by_hand(self) -> str:
        """Why no number decides; empty where one does or the indicator is only judged."""
        return why_by_hand(self.indicator, self.threshold) if self.indicator else ""

    def verdict(self, value: Decimal | None, entered: str | None) -> Verdict | None:
        """The verdict of `criteria.rules` on a value and what was entered by hand."""
        return indicator_verdict(
            value, self.limit, self.direction, is_verified=self.number_decides, entered=entered
        )


class Layout:
    """All lines of a criteria set for the communes of a province on a day.

    Costs three queries for any number of communes; one more where thresholds differ by commune
    group.
    """

    def __init__(self, criteria_set: CriteriaSet, province: Province, day: date):
        self.criteria_set, self.province, self.day = criteria_set, province, day
        self._group_of = GroupOf(criteria_set, province, day)

    @cached_property
    def criteria(self) -> list[Criterion]:
        return list(Criterion.objects.filter(criteria_set=self.criteria_set).order_by("number"))

    @cached_property
    def _indicators(self) -> dict[int, list[Indicator]]:
        found = defaultdict(list)
        rows = Indicator.objects.filter(criterion__criteria_set=self.criteria_set)
        for row in rows.order_by("position"):
            found[row.criterion_id].append(row)
        return found

    @cached_property
    def _thresholds(self) -> Thresholds:
        groups = groups_of(self.criteria_set, self.province)
        return Thresholds(
            sets=[self.criteria_set.pk],
            groups=[group.pk for group in groups],
            province=self.province,
        )

    def lines(self, commune: Commune) -> list[Line]:
        """The lines in the order of the set, with the commune's own thresholds."""
        return self._lines_of_group(self._group_of(commune))

    def _lines_of_group(self, group: int | None) -> list[Line]:
        known = self.__dict__.setdefault("_lines", {})
        if group not in known:
            known[group] = [
                Line(criterion, indicator, indicator and self._threshold(indicator, group))
                for criterion in self.criteria
                for indicator in self._indicators[criterion.pk] or [None]
            ]
        return known[group]

    def _threshold(self, indicator: Indicator, group: int | None) -> Threshold | None:
        return self._thresholds.on(self.day, indicator.pk, group)

    def line(self, commune: Commune, code: str) -> Line | None:
        """The line with a code, or None where the set has no such line."""
        return next((line for line in self.lines(commune) if line.code == code), None)


_kept: dict[tuple, Layout] = {}


def fresh_layout_of(assessment) -> Layout:
    """The lines that an assessment (read `with_names`) is filled in by, as they are now."""
    province, day = assessment.commune.province, assessment.period.ends_on
    return Layout(assessment.criteria_set, province, day)


def layout_of(assessment) -> Layout:
    """As `fresh_layout_of`, remembered in this process for the province's data version.

    Sets and thresholds are official data, whose changes raise it.
    """
    province, day = assessment.commune.province, assessment.period.ends_on
    key = (assessment.criteria_set_id, province.pk, province.data_version, day)
    layout = _kept.get(key)
    if layout is None:
        if len(_kept) >= LAYOUTS_KEPT:
            _kept.clear()
        layout = _kept[key] = fresh_layout_of(assessment)
    return layout


def forget_layouts():
    """Empty the memory of this process, for measuring and tests."""
    _kept.clear()


def key_of(row) -> tuple[int | None, int | None]:
    """What a score, comment or file is about."""
    return (row.indicator_id, row.criterion_id)


def criterion_verdicts(
    lines: Iterable[Line], verdicts: dict[tuple, str | None]
) -> dict[Criterion, Verdict | None]:
    """The verdict of each criterion, from those of its lines by key."""
    of_lines = defaultdict(list)
    for line in lines:
        of_lines[line.criterion].append(verdicts.get(line.key))
    return {criterion: criterion_verdict(found) for criterion, found in of_lines.items()}

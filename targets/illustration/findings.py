"""The findings behind the counts: a verdict for each criterion and indicator, and numbers.

Verdicts are held as small whole numbers while they are worked out; `WORDS` names them. Rows are
quarters and columns criteria or indicators. The same criteria stay met as a commune climbs, for
what is hard for it does not change much.
"""

import numpy as np

from criteria.rules import Verdict
from targets.illustration import invented
from targets.illustration.levels import ENDS
from targets.illustration.world import CriteriaList, Indicator, Unit, dice

NOT_MET, BASICALLY, MET, NOT_APPLICABLE = range(4)
WORDS = (Verdict.NOT_MET, Verdict.BASICALLY, Verdict.MET, Verdict.NOT_APPLICABLE)
NO_VALUE = -1
TENTHS = 10


class Findings:
    """What is found in communes under one criteria set."""

    def __init__(
        self,
        criteria: CriteriaList,
        difficulty: dict[int, float],
        not_for_all: dict[str, float] | None = None,
    ):
        self.pk = criteria.pk
        self.name = criteria.code
        self.criteria = criteria.criteria
        self.difficulty = np.array([difficulty[c.number] for c in self.criteria])
        self.not_for_all = not_for_all or {}
        self.indicators = [i for c in self.criteria for i in c.indicators]
        self.limits = np.array([[_limit(i, end) for i in self.indicators] for end in ENDS])
        self.at_most = np.array([i.direction == "at_most" for i in self.indicators])
        self.percent = np.array([i.kind == "percent" for i in self.indicators])
        # Whole things, such as cooperatives, and no rates, such as square metres a head.
        self.whole = np.array([i.kind == "count" for i in self.indicators])

    def of_criteria(self, unit: Unit, met: np.ndarray, at_title: np.ndarray) -> np.ndarray:
        """Codes of the criteria, `met[quarter]` of them met.

        `at_title` marks the quarters in which the one that is missing is basically met.
        """
        shape = len(met), len(self.criteria)
        local = dice(unit.district or unit.code, f"{self.name} district").normal(0, 0.4, shape[1])
        own = dice(unit.key, f"{self.name} criteria").normal(0, 0.8, shape[1])
        shimmer = dice(unit.key, f"{self.name} shimmer").normal(0, 0.12, shape)
        order = np.argsort(self.difficulty - local - own - shimmer, axis=1, kind="stable")
        place = np.argsort(order, axis=1, kind="stable")
        codes = np.where(place < met[:, None], MET, NOT_MET)
        near = dice(unit.key, f"{self.name} near").random(shape[1]) < invented.SHARE_BASICALLY
        codes[(place == met[:, None]) & (near | at_title[:, None])] = BASICALLY
        return codes

    def of_indicators(self, unit: Unit, codes: np.ndarray) -> np.ndarray:
        """Codes of the indicators that give the criteria theirs.

        In a criterion that is not met the indicator that is worst here is not met, and some more.
        """
        columns = []
        for place, criterion in enumerate(self.criteria):
            drawn = dice(unit.key, f"{self.name} {criterion.number}")
            flaws = drawn.random(len(criterion.indicators))
            chances = [self.not_for_all.get(i.code, 0.0) for i in criterion.indicators]
            applies = drawn.random(len(flaws)) >= chances
            worst = np.argmin(np.where(applies, flaws, 2.0))
            columns += [
                _indicator(codes[:, place], flaw, column == worst, applies[column])
                for column, flaw in enumerate(flaws)
            ]
        return np.array(columns).T

    def values(self, unit: Unit, codes: np.ndarray) -> np.ndarray:
        """Values in tenths that agree with the indicators' codes and limits, else NO_VALUE.

        A value that is short of its limit nears it with time, one that is beyond gets better.
        """
        share = np.array(
            [dice(unit.key, f"{self.name} value {i.code}").random() for i in self.indicators]
        )
        drift = np.linspace(0, 0.15, len(ENDS))[:, None]
        better, worse = np.clip(0.8 * share + drift, 0, 1), np.clip(share - drift, 0, 1)
        limits = np.nan_to_num(self.limits)
        top = np.where(self.percent, 100.0, limits * 1.3)
        top = np.where(self.whole, limits + (limits < 2), top)
        top = np.where(self.at_most, limits * 0.3, top)
        close = np.where(self.at_most, 1.01 + 0.03 * worse, 0.99 - 0.03 * worse)
        short = np.where(self.at_most, 1.05 + 0.9 * worse, 0.96 - 0.35 * worse)
        raw = np.where(codes == BASICALLY, limits * close, limits * short)
        raw = np.where(codes == MET, limits + (top - limits) * better, raw)
        return self._in_tenths(raw, limits, codes)

    def _in_tenths(self, raw: np.ndarray, limits: np.ndarray, codes: np.ndarray) -> np.ndarray:
        """Rounded, but never across the limit."""
        step = np.where(self.whole, TENTHS, 1)
        tenths = np.rint(raw * TENTHS / step) * step
        sign = np.where(self.at_most, -1, 1)
        limit = np.rint(limits * TENTHS)
        reached = sign * np.maximum(sign * tenths, sign * limit)
        missed = sign * np.minimum(sign * tenths, sign * limit - step)
        tenths = np.where(codes == MET, reached, missed)
        has_none = np.isnan(self.limits) | (codes == NOT_APPLICABLE)
        return np.where(has_none, NO_VALUE, tenths).astype(int)


def _indicator(codes: np.ndarray, flaw: float, is_worst: bool, applies: bool) -> np.ndarray:
    if not applies:
        return np.full(len(codes), NOT_APPLICABLE)
    if is_worst:
        return codes
    return np.where((codes == NOT_MET) & (flaw < invented.SHARE_OF_FLAWS), NOT_MET, MET)


def _limit(indicator: Indicator, on) -> float:
    """The limit on a day, a stand-in for a percentage without one, NaN for what has none."""
    if indicator.kind == "verdict":
        return np.nan
    known = indicator.limit(on)
    if known is None and indicator.kind == "percent":
        return invented.STAND_IN[indicator.direction]
    return np.nan if known is None else known

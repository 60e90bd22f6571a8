"""How many of the 19 criteria each commune meets in each quarter, with exact sums.

Each commune has a curve of its own, drawn through knots at the year ends; then the curves of a
group are moved up or down together until their sum is the average that is asked for.
"""

from datetime import date

import numpy as np
from django.utils.translation import gettext as _

from targets.illustration import invented
from targets.illustration.invented import END_2020, END_2021, END_OF, LAST, NEW_SET, QUARTERS
from targets.illustration.titles import ADVANCED, STANDARD, Titles
from targets.illustration.world import DoesNotFit, Unit, dice

ALL = 19
NEVER = LAST + 1


def quarter_end(year: int, quarter: int) -> date:
    month = 3 * quarter
    return date(year, month, 31 if month in (3, 12) else 30)


ENDS = tuple(quarter_end(*quarter) for quarter in QUARTERS)


def apportion(wanted: np.ndarray, low: np.ndarray, high: np.ndarray, total: int) -> np.ndarray:
    """Whole numbers between `low` and `high` near `wanted` whose sum is `total`.

    All numbers are moved by the same amount, then rounded by largest remainder (the first of
    equal ones). Raises DoesNotFit when the bounds leave no such numbers.
    """
    if not low.sum() <= total <= high.sum():
        raise DoesNotFit(
            _("%(total)d criteria in all are not between %(low)d and %(high)d.")
            % {"total": total, "low": low.sum(), "high": high.sum()}
        )
    below, above = -float(ALL), float(ALL)
    for _step in range(60):
        middle = (below + above) / 2
        if np.clip(wanted + middle, low, high).sum() < total:
            below = middle
        else:
            above = middle
    moved = np.clip(wanted + above, low, high)
    whole = np.floor(moved + 1e-9).astype(int)
    missing = total - whole.sum()
    whole[np.argsort(whole - moved, kind="stable")[:missing]] += 1
    return whole


class Levels:
    """The roster of 2020 and its counts: `met[unit, quarter]`, -1 where not in force."""

    def __init__(self, titles: Titles):
        self.titles = titles
        self.roster = titles.world.communes(date(2020, 12, 31))
        self.merit = np.array([titles.merit[unit.key] for unit in self.roster])
        self.standard = self._places(STANDARD)
        self.advanced = self._places(ADVANCED)
        self.basic = np.array([dice(u.key, "basic").random() < 0.12 for u in self.roster])
        self.here = np.array([[unit.in_force(end) for end in ENDS] for unit in self.roster])
        without = titles.best(
            unit.key
            for unit, title, here in zip(self.roster, self.standard, self.here, strict=True)
            if title == NEVER and here[LAST]
        )
        self.next_in_line = set(without[: invented.NEXT_IN_LINE_AT_END])
        self.under_ten = set(without[-invented.UNDER_TEN_AT_END :])
        self.rank = {key: 1 - place / len(without) for place, key in enumerate(without)}
        self.low, self.high = self._bounds()
        self.met = self._met(self._curves())

    def is_basic(self, place: int) -> np.ndarray:
        """The quarters in which a unit's title came with one criterion only basically met."""
        quarters = np.arange(LAST + 1)
        return self.basic[place] & (quarters == self.standard[place])

    def _places(self, grade: str) -> np.ndarray:
        """By unit, the place in QUARTERS at which its title counts; NEVER without one."""
        years = self.titles.years[grade]
        found = [years.get(unit.key) for unit in self.roster]
        return np.array([NEVER if year is None else END_OF[max(year, 2020)] for year in found])

    def _curves(self) -> np.ndarray:
        curves = [self._curve(place, unit) for place, unit in enumerate(self.roster)]
        return np.array(curves)

    def _curve(self, place: int, unit: Unit) -> np.ndarray:
        knots = self._knots(place, unit)
        curve = np.interp(np.arange(LAST + 1), list(knots), list(knots.values()))
        return curve + dice(unit.key, "wander").normal(0, 0.22, LAST + 1)

    def _knots(self, place: int, unit: Unit) -> dict[int, float]:
        title = self.standard[place]
        merit = self.merit[place]
        mood = dice(unit.key, "mood").normal(0, 0.8, 3)
        if title <= END_2021:
            start = ALL if title == END_2020 else 15.2 + mood[0]
            better = 0.8 if self.advanced[place] <= LAST else 0.0
            fall = 16.3 + 0.3 * merit + better + mood[1]
            last = 17.0 + 0.3 * merit + better + mood[2]
            return {END_2020: start, END_2021: ALL, NEW_SET: fall, LAST: last}
        if title <= LAST:
            behind = (title - END_2021) / 4
            fall = 14.2 - 0.6 * behind + mood[1]
            knots = {END_2020: 13.4 - 0.7 * behind + mood[0], END_2021: fall + 1.4}
            return knots | {NEW_SET: fall, title: ALL} | ({LAST: 18.4} if title < LAST else {})
        return self._knots_without_title(unit, merit, mood)

    def _knots_without_title(self, unit, merit, mood) -> dict[int, float]:
        start = 9.0 + 1.5 * merit + mood[0]
        knots = {END_2020: start, END_2021: start + 1.3, NEW_SET: start - 0.2 + mood[1]}
        if unit.key in self.next_in_line:
            return knots | {LAST: 17.4}
        if unit.key in self.under_ten:
            return knots | {NEW_SET: min(7.0, start), LAST: 8.2}
        ahead = self.rank.get(unit.key, 0.5)
        return knots | {LAST: 10.2 + 5.5 * ahead**3 + max(0, 0.5 * mood[2])}

    def _bounds(self) -> tuple[np.ndarray, np.ndarray]:
        """The least and the most that each commune may meet in each quarter.

        All but "basically met" ones meet everything in the quarter of their title. Without a
        title none does, for then it would have one.
        """
        quarter = np.arange(LAST + 1)
        title, advanced = self.standard[:, None], self.advanced[:, None]
        at_title = np.where(self.basic, ALL - 1, ALL)[:, None]
        low = np.where(quarter < title, 3, np.where(quarter < NEW_SET, at_title, 15))
        low = np.where((quarter >= title) & (title >= NEW_SET), 17, low)
        low = np.where((quarter >= advanced) & (advanced >= NEW_SET), 18, low)
        low = np.where((quarter == title) | (quarter == advanced) & (title < NEVER), at_title, low)
        high = np.where(quarter < title, ALL - 1, ALL)
        high = np.where(quarter == title, at_title, high)
        under_ten = np.array([unit.key in self.under_ten for unit in self.roster])
        untitled = self.standard == NEVER
        low[untitled & ~under_ten, LAST] = 10
        high[under_ten, LAST] = 9
        return low, high

    def _met(self, wanted: np.ndarray) -> np.ndarray:
        met = np.full(wanted.shape, -1)
        border = np.array([unit.is_border for unit in self.roster])
        means, border_means = self._paths()
        for quarter in range(LAST + 1):
            here = self.here[:, quarter]
            of_border = round(border_means[quarter] * (here & border).sum())
            total = round(means[quarter] * here.sum())
            for group, part in ((border, of_border), (~border, total - of_border)):
                rows = here & group
                bounds = self.low[rows, quarter], self.high[rows, quarter]
                met[rows, quarter] = apportion(wanted[rows, quarter], *bounds, part)
        return met

    def _paths(self) -> tuple[np.ndarray, np.ndarray]:
        """The average of all communes, and of the border communes, in every quarter."""
        anchors = self.titles.world.anchors
        means = invented.MEANS | {
            END_2020: anchors.mean_2020,
            END_2021: anchors.mean_2021,
            LAST: anchors.mean_2025,
        }
        border = invented.BORDER_MEANS | {END_2021: anchors.border_mean_2021}
        quarters = np.arange(LAST + 1)
        paths = (
            np.interp(quarters, sorted(knots), [float(knots[key]) for key in sorted(knots)])
            for knots in (means, border)
        )
        return tuple(paths)

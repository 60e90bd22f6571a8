"""How much there is to be reached at all: communes and criteria, from a province's tables."""

from dataclasses import dataclass, field
from datetime import date

import numpy as np

from targets.cards import MEANS
from targets.models import Metric, Plan
from targets.plans.cells import SUMMED, Key
from targets.progress import days_of, flags_of, in_force
from targets.progress.frames import numbers_of, words_of
from targets.progress.measures import COMMUNE_RANKS
from targets.snapshot import Snapshot


@dataclass(frozen=True, eq=False)
class Limits:
    """The most that a target of a plan may ask for, None where nothing is known."""

    snapshot: Snapshot
    plan: Plan
    _counted: dict = field(default_factory=dict)

    def of(self, key: Key) -> int | None:
        if key.metric in COMMUNE_RANKS and key.kind in SUMMED:
            return self.communes(key)
        return self.criteria(key) if key.metric in MEANS else None

    def communes(self, key: Key) -> int | None:
        """The most communes in force at once from the plan's beginning to the end of the year.

        A merger on the way takes nothing from a target that was set before it.
        """
        ends = [date(year, 12, 31) for year in self.plan.years if year <= key.year]
        is_border = key.metric.startswith("border_")
        days = [self.plan.baseline_on, *ends]
        return max(self._count(on, is_border, key.district) for on in days) or None

    def criteria(self, key: Key) -> int | None:
        """The criteria of the largest set in use in the year."""
        grade = "advanced" if key.metric == Metric.AVG_ADVANCED_CRITERIA else "standard"
        sets = self.snapshot.sets
        first, last = (np.datetime64(f"{key.year}-{day}") for day in ("01-01", "12-31"))
        ends = days_of(sets["valid_to"])
        in_use = (days_of(sets["valid_from"]) <= last) & (np.isnat(ends) | (ends >= first))
        in_use &= words_of(sets["grade"]) == grade
        owners = self.snapshot.criteria["set_id"]
        sizes = [int((owners == pk).sum()) for pk in sets["set_id"][in_use]]
        return max(sizes, default=0) or None

    def _count(self, *asked) -> int:
        """Remembered: the same days are asked for in every cell of a grid."""
        if asked not in self._counted:
            self._counted[asked] = _count(self.snapshot, *asked)
        return self._counted[asked]


def _count(snapshot: Snapshot, on: date, is_border: bool, district: int | None) -> int:
    units = in_force(snapshot.units, on)
    mask = np.ones(len(units), dtype=bool)
    if is_border:
        mask &= flags_of(units["is_border"])
    if district is not None:
        mask &= numbers_of(units["district_id"]) == district
    return int(mask.sum())

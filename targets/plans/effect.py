"""What other targets would do to the dashboard's cards: the same arithmetic, nothing written."""

from dataclasses import dataclass, replace
from datetime import date

from communes.models import Province
from targets import tables
from targets.forms import Standpoint
from targets.models import Plan
from targets.plans.cells import Key, Line, Value
from targets.plans.stored import as_tables
from targets.progress import Table
from targets.snapshot import snapshot_of

COMPARED = ("status", "expected", "gap", "pace_needed", "target_final", "final_year")


@dataclass(frozen=True)
class Shift:
    """One card before and after, as rows of `tables.plan_rows`; None where it is not there."""

    line: Line
    before: object | None
    after: object | None

    @property
    def row(self):
        return self.after or self.before

    @property
    def is_changed(self) -> bool:
        return _judged(self.before) != _judged(self.after)


@dataclass(frozen=True)
class Effect:
    """All cards of a plan on the day that its dashboard opens on."""

    as_of: date
    shifts: list[Shift]

    @property
    def changed(self) -> list[Shift]:
        return [shift for shift in self.shifts if shift.is_changed]

    @property
    def unchanged(self) -> list[Shift]:
        return [shift for shift in self.shifts if not shift.is_changed]


def effect_of(province: Province, plan: Plan, values: dict[Key, Value]) -> Effect:
    """The cards as they are and as they would be if the plan held these values.

    A draft is held against the version that it is to supersede. Before a new version's day
    nothing changes, so the day looked at is not earlier.
    """
    snapshot = snapshot_of(province)
    as_of = max(snapshot.last_day(plan), plan.holds_from or date.min)
    asked = {name: Table(columns) for name, columns in as_tables(plan, values).items()}
    then = replace(snapshot, plans=[plan], _worked_out={}, **asked)
    held = plan.supersedes if plan.is_draft else plan
    before = _cards(snapshot, held, as_of)
    after = _cards(then, plan, as_of)
    lines = list(dict.fromkeys([*after, *before]))
    return Effect(as_of, [Shift(line, before.get(line), after.get(line)) for line in lines])


def _cards(snapshot, plan: Plan | None, as_of: date) -> dict[Line, object]:
    rows = tables.plan_rows(snapshot, Standpoint(plan, as_of))
    return {Line(row.metric, row.kind): row for row in rows}


def _judged(row) -> tuple | None:
    """What a card says, with NaN as a word, for it is unlike itself."""
    if row is None:
        return None
    found = (getattr(row, name) for name in COMPARED)
    return tuple(
        round(value, 6) if value == value and type(value) is float else str(value)
        for value in found
    )

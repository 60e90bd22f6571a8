"""What a pack is about, and the tables of `targets` that its sections read."""

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from ntm_tracker.web.numbers import day
from reports.pack.periods import year_before
from targets import progress, tables
from targets.forms import Standpoint
from targets.models import Metric, Plan, Target
from targets.snapshot import Snapshot

Kind = Target.Kind
DISTRICT_KINDS = {"district": "huyện", "town": "thị xã", "city": "thành phố"}


def plan_of(snapshot: Snapshot, on: date) -> Plan | None:
    """The first version of the plan that covers a day, else of the nearest."""
    plans = snapshot.first_versions
    begun = [plan for plan in plans if plan.first_year <= on.year]
    return begun[0] if begun else plans[-1] if plans else None


def standpoint(snapshot: Snapshot, on: date, district: int | None = None) -> Standpoint:
    plan = snapshot.version_on(plan_of(snapshot, on), on)
    return Standpoint(plan=plan, as_of=on, district=district)


@dataclass(frozen=True)
class Subject:
    """A province or one district of it, on a day."""

    snapshot: Snapshot
    at: Standpoint

    @cached_property
    def rows(self) -> list:
        """The province's targets that are still judged in the year of the day."""
        rows = tables.plan_rows(self.snapshot, self.at)
        return [row for row in rows if (row.final_year or 0) >= self.at.as_of.year]

    @cached_property
    def at_then(self) -> Standpoint:
        """The same day of the year before, under the same plan."""
        return replace(self.at, as_of=year_before(self.at.as_of))

    @cached_property
    def rows_then(self) -> dict:
        """The same targets on the same day of the year before, by metric and kind."""
        if self.at.plan is None:
            return {}
        rows = tables.plan_rows(self.snapshot, self.at_then)
        return {(row.metric, row.kind): row for row in rows}

    def row(self, metric: Metric, kind: Target.Kind):
        """A target's row, or None where the plan has no such target."""
        return next((row for row in self.rows if (row.metric, row.kind) == (metric, kind)), None)

    @cached_property
    def communes(self) -> progress.Table:
        """The communes that the pack is about, by name."""
        return tables.narrow(tables.communes(self.snapshot, self.at), self.at)

    @cached_property
    def districts(self) -> list:
        return progress.rows_of(tables.districts(self.snapshot, self.at))

    @cached_property
    def district(self):
        """The row of the district that the pack is about."""
        return _row_of(self.snapshot, self.at)

    @cached_property
    def district_then(self):
        return _row_of(self.snapshot, self.at_then)

    @property
    def is_province(self) -> bool:
        return self.at.district is None

    @property
    def place(self) -> str:
        """As in “toàn tỉnh có …”."""
        return "toàn tỉnh" if self.is_province else self.name

    @property
    def name(self) -> str:
        """Kind and name: “tỉnh Lạng Sơn”, “huyện Bắc Sơn”."""
        if self.is_province:
            province = self.snapshot.province
            return f"{'thành phố' if province.kind == 'city' else 'tỉnh'} {province.name}"
        unit = self.snapshot.districts.frame.loc[self.at.district]
        return f"{DISTRICT_KINDS.get(unit['kind'], 'huyện')} {unit['name']}"

    @property
    def begins(self) -> str:
        """The place as a sentence begins with it."""
        return self.place[0].upper() + self.place[1:]

    @cached_property
    def is_assessed(self) -> bool:
        """Has any of the communes a verified assessment?"""
        return bool((self.communes["band"] >= 0).any())

    @property
    def day(self) -> str:
        return day(self.at.as_of)


def _row_of(snapshot: Snapshot, at: Standpoint):
    """A district's row of the table of districts; None on a day without it."""
    table = tables.districts(snapshot, at)
    return next(iter(progress.rows_of(table[table.index == at.district])), None)

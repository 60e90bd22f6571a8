"""A draft with all its lines, read at once: five queries for any number of units."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from communes.models import Commune, District
from targets.boundaries.models import BoundaryDraft, DraftPart, DraftUnit

ONE_DAY = timedelta(days=1)


@dataclass
class Proposal:
    """What a draft would do. Units that take others in and live on are among `living`."""

    draft: BoundaryDraft
    units: list[DraftUnit]
    parts: list[DraftPart]
    districts_ended: list[District]

    @classmethod
    def of(cls, draft: BoundaryDraft) -> "Proposal":
        units = list(draft.units.select_related("district"))
        parts = list(draft.parts.select_related("old__district", "into__district"))
        by_pk = {unit.pk: unit for unit in units}
        for part in parts:
            if part.unit_id:
                part.unit = by_pk[part.unit_id]
        return cls(draft, units, parts, list(draft.districts_ended.all()))

    @property
    def first_day(self) -> date:
        return self.draft.effective_on

    @property
    def eve(self) -> date:
        """The last day of the units that end."""
        return self.draft.effective_on - ONE_DAY

    @cached_property
    def by_old(self) -> dict[Commune, list[DraftPart]]:
        """The lines of each old unit, in the draft's order."""
        found = {}
        for part in self.parts:
            found.setdefault(part.old, []).append(part)
        return found

    @cached_property
    def by_target(self) -> dict[DraftUnit | Commune, list[DraftPart]]:
        """The lines that lead to each new unit or unit that lives on."""
        found = {}
        for part in self.parts:
            found.setdefault(part.target, []).append(part)
        return found

    @cached_property
    def ended(self) -> list[Commune]:
        """The units that are no more from the day on."""
        return [old for old, parts in self.by_old.items() if any(p.ends_old for p in parts)]

    @cached_property
    def living(self) -> list[Commune]:
        """The units that take land in or give it up, and keep their row."""
        into = {part.into: None for part in self.parts if part.into_id}
        giving = {old: None for old in self.by_old if old not in set(self.ended)}
        return list(into | giving)

    @cached_property
    def heirs(self) -> dict[Commune, DraftUnit | Commune]:
        """Of units that pass on as a whole: what they pass into."""
        return {part.old: part.target for part in self.parts if part.is_whole}

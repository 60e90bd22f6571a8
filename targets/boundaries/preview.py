"""What applying a draft would do, by the same arithmetic as the dashboards. Writes nothing."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import pandas as pd
from django.utils.translation import gettext as _

from communes.models import Commune
from criteria.models import Assessment, Grade, ReportingPeriod
from targets import progress, tables
from targets.boundaries.foreseen import foreseen
from targets.boundaries.proposal import Proposal
from targets.boundaries.roles import Held, held_in_ended
from targets.forms import Standpoint
from targets.models import Plan
from targets.snapshot import Snapshot, snapshot_of
from targets.wording import headline

NO_DISTRICT = None


class Share(NamedTuple):
    """Recognised communes and how many there are."""

    recognised: int
    of: int


@dataclass(frozen=True)
class Lapse:
    """A recognition that ends with its commune, and how many it went together with."""

    unit: str
    grade: str
    into: str
    can_carry: bool
    recognised: int
    together: int


@dataclass(frozen=True)
class Preview:
    kinds: list[dict]
    districts: list[dict]
    headline_before: str
    headline_after: str
    lapses: list[Lapse]
    open_assessments: list[dict]
    periods: list[ReportingPeriod]
    roles: list[Held]
    is_illustrative: bool


def preview_of(proposal: Proposal) -> Preview:
    """For a draft without faults. Its number of queries does not depend on its length."""
    on = proposal.first_day
    before = snapshot_of(proposal.draft.province)
    after = foreseen(before, proposal)
    at = Standpoint(plan=_plan_for(before, on), as_of=on)
    open_periods = proposal.draft.province.periods.open().filter(ends_on__gte=on)
    return Preview(
        kinds=_kinds(before, after, on),
        districts=_districts(before, after, at),
        headline_before=headline(before, tables.plan_rows(before, at)),
        headline_after=headline(after, tables.plan_rows(after, at)),
        lapses=_lapses(after, proposal),
        open_assessments=_open_assessments(proposal),
        periods=list(open_periods),
        roles=held_in_ended(proposal),
        is_illustrative=before.is_illustrative,
    )


def _plan_for(snapshot: Snapshot, on: date) -> Plan | None:
    """The plan of the day, else the newest."""
    covering = (plan for plan in snapshot.plans if plan.first_year <= on.year <= plan.last_year)
    return next(covering, None) or snapshot.plan()


def _kinds(before: Snapshot, after: Snapshot, on: date) -> list[dict]:
    counts = [_count_kinds(snapshot.units, on) for snapshot in (before, after)]
    rows = [
        {"label": label, "before": counts[0][kind], "after": counts[1][kind]}
        for kind, label in Commune.Kind.choices
    ]
    total = {name: sum(row[name] for row in rows) for name in ("before", "after")}
    return [*rows, {"label": _("All units"), "is_total": True} | total]


def _count_kinds(units, on: date) -> Counter:
    return Counter(progress.in_force(units, on, programme_only=False)["kind"])


def _districts(before: Snapshot, after: Snapshot, at: Standpoint) -> list[dict]:
    """Communes of the programme by district, and those without one, before and after."""
    sides = {"before": before, "after": after}
    counts = {name: _by_district(snapshot, at) for name, snapshot in sides.items()}
    named = [*before.district_names.items(), (NO_DISTRICT, _("Without a district"))]
    rows = [{"label": label} | {name: counts[name][pk] for name in sides} for pk, label in named]
    rows = [row for row in rows if row["before"].of or row["after"].of]
    total = {
        name: Share(*map(sum, zip(*found.values(), strict=True))) for name, found in counts.items()
    }
    return [*rows, {"label": _("Whole province"), "is_total": True} | total]


def _by_district(snapshot: Snapshot, at: Standpoint) -> dict[int | None, Share]:
    there = progress.in_force(snapshot.units, at.as_of)
    ranks = tables.ranks(snapshot, at).reindex(there.index).to_numpy()
    found = defaultdict(lambda: Share(0, 0))
    for district, rank in zip(there["district_id"], ranks, strict=True):
        pk = NO_DISTRICT if pd.isna(district) else int(district)
        found[pk] = Share(found[pk].recognised + (rank > 0), found[pk].of + 1)
    return found


def _lapses(after: Snapshot, proposal: Proposal) -> list[Lapse]:
    """Recognitions that no longer count, for the commune that held them is no more."""
    lost = progress.lost_by_merger(
        after.units, after.parts, after.recognitions, proposal.first_day, proposal.eve
    )
    ranks = dict(zip(lost["unit_id"].tolist(), lost["rank"].tolist(), strict=True))
    return [
        _lapse(unit, ranks, proposal)
        for unit in sorted(proposal.ended, key=lambda unit: unit.sort_key)
        if unit.pk in ranks
    ]


def _lapse(unit: Commune, ranks: dict, proposal: Proposal) -> Lapse:
    heir = proposal.heirs.get(unit)
    is_commune = heir is not None and heir.kind == Commune.Kind.COMMUNE
    together = [
        part.old
        for part in proposal.by_target.get(heir, [])
        if part.is_whole and part.old.is_in_programme
    ]
    return Lapse(
        unit=_with_district(unit),
        grade=Grade(progress.GRADES[ranks[unit.pk] - 1]).label,
        into=", ".join(str(part.target) for part in proposal.by_old[unit]),
        can_carry=is_commune,
        recognised=sum(old.pk in ranks for old in together),
        together=len(together),
    )


def _with_district(unit: Commune) -> str:
    if unit.district is None:
        return str(unit)
    return f"{unit} ({unit.district})"


def _open_assessments(proposal: Proposal) -> list[dict]:
    """Assessments of units that end which are not approved, by period; one query."""
    rows = Assessment.objects.filter(commune__in=[unit.pk for unit in proposal.ended])
    rows = rows.exclude(state=Assessment.State.APPROVED).select_related("period", "commune")
    found = {}
    for row in rows.order_by("period__ends_on", "commune__sort_key"):
        found.setdefault(row.period, []).append(row.commune)
    return [
        {
            "period": period,
            "communes": communes,
            "still_reports": period.ends_on < proposal.first_day,
        }
        for period, communes in found.items()
    ]

"""The cells of a plan as they are stored: read, changed, and as the arithmetic takes them."""

from dataclasses import dataclass, field

from django.db.models import Q
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from communes.models import District, Province
from targets.models import Baseline, Plan, Target
from targets.plans.cells import BASELINE, Key, Value, baseline_key
from targets.sources import SOURCES, typed


@dataclass
class Stored:
    """The rows of a plan by cell; two queries."""

    plan: Plan
    rows: dict[Key, Target | Baseline] = field(default_factory=dict)

    @classmethod
    def of(cls, plan: Plan) -> "Stored":
        found = cls(plan)
        for row in plan.targets.all():
            found.rows[Key(row.metric, row.kind, row.year, row.district_id)] = row
        for row in plan.baselines.all():
            found.rows[baseline_key(row.metric)] = row
        return found

    @property
    def values(self) -> dict[Key, Value]:
        return {key: value_of(row) for key, row in self.rows.items()}


def value_of(row: Target | Baseline) -> Value:
    if isinstance(row, Baseline):
        return Value(row.value, row.base)
    return Value(row.low, row.high)


def locked(province: Province, code: str) -> Plan | None:
    """A plan for a write, locked to the end of the transaction."""
    rows = Plan.objects.select_for_update(of=["self"]).select_related("province")
    return rows.filter(province=province, code=code).first()


def save_cells(stored: Stored, changes: dict[Key, Value | None], *, by, reason: str):
    """Write some cells of a locked plan, each with its history row; None empties one.

    Raises the data version where dashboards judge by the plan.
    """
    plan = stored.plan
    for key in [key for key, value in changes.items() if value is None]:
        row = stored.rows.pop(key)
        row._history_user, row._change_reason = by, reason or None
        row.delete()
    filled = {key: value for key, value in changes.items() if value is not None}
    for model in (Target, Baseline):
        keys = [key for key in filled if (key.kind == BASELINE) == (model is Baseline)]
        _write(stored, model, {key: filled[key] for key in keys}, by=by, reason=reason)
    if not plan.is_draft:
        Province.objects.filter(pk=plan.province_id).raise_data_version()


def _write(stored: Stored, model, filled: dict[Key, Value], *, by, reason: str):
    said = {"default_user": by, "default_change_reason": reason or None}
    changed = [
        _onto(stored.rows[key], value) for key, value in filled.items() if key in stored.rows
    ]
    added = [
        _onto(_new(stored.plan, key), value)
        for key, value in filled.items()
        if key not in stored.rows
    ]
    if changed:
        fields = (
            ["value", "base"] if model is Baseline else ["low", "high", "is_derived", "source"]
        )
        bulk_update_with_history(changed, model, fields, **said)
    if added:
        bulk_create_with_history(added, model, **said)


def _new(plan: Plan, key: Key) -> Target | Baseline:
    if key.kind == BASELINE:
        return Baseline(plan=plan, metric=key.metric, source=plan.document)
    return Target(
        plan=plan, metric=key.metric, kind=key.kind, year=key.year, district_id=key.district
    )


def _onto(row: Target | Baseline, value: Value) -> Target | Baseline:
    """The row with what was typed, which stands on the plan's document from now on."""
    if isinstance(row, Baseline):
        row.value, row.base = value.low, None if value.high is None else int(value.high)
    else:
        row.low, row.high = value
        row.is_derived, row.source = False, row.plan.document
    return row


def as_tables(plan: Plan, values: dict[Key, Value]) -> dict[str, dict]:
    """The tables of targets and baselines that `targets.progress` reads, if a plan said this."""
    targets, baselines = [], []
    for number, (key, value) in enumerate(values.items(), start=1):
        if key.kind == BASELINE:
            low, base = float(value.low), None if value.high is None else float(value.high)
            baselines.append((plan.baseline_on, plan.pk, key.metric, low, base, "", ""))
        else:
            ends = [None if end is None else float(end) for end in value]
            cell = (-number, plan.pk, key.metric, key.kind, key.year, key.district)
            targets.append((*cell, *ends, False, "", ""))
    rows = {"targets": targets, "baselines": baselines}
    return {name: typed(found, SOURCES[name].paths, name) for name, found in rows.items()}


def districts_of(plan: Plan) -> list[District]:
    """The districts that there are in some year of the plan, in the province's order."""
    first, last = f"{plan.first_year}-01-01", f"{plan.last_year}-12-31"
    still = Q(valid_to__isnull=True) | Q(valid_to__gte=first)
    return list(
        plan.province.districts.filter(still, valid_from__lte=last).order_by("sort_key", "pk")
    )

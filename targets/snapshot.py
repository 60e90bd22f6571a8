"""A province's official data as tables, read once per data version.

Everything here is official (recognitions, approved assessments, plans, published figures), so
whoever may see the province may see all of it; `Province.visible_to` is the only gate.
"""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from threading import Lock
from typing import NamedTuple

import numpy as np
import pandas as pd
from django.utils import timezone
from django.utils.translation import get_language

from communes.models import CommuneArea, Province
from criteria.models import Criterion, CriterionResult, Grade
from targets.models import Metric, Plan
from targets.progress import Table, days_of
from targets.progress.goals import results_of
from targets.province_tables import tables_of
from targets.sources import columns_of

KEPT = 4  # provinces × data versions kept in one process
KEPT_TABLES = 64  # tables worked out from one of them


class UnitName(NamedTuple):
    name: str
    code: str
    sort_key: str
    district_id: int | None
    district: str


@dataclass(frozen=True)
class Snapshot:
    """One province at one data version: the tables that `targets.progress` works on, and names.

    `targets.progress.frames` lists the tables' columns; those of a plan carry its `plan_id`.
    """

    province: Province
    units: Table
    districts: Table
    parts: Table
    recognitions: Table
    places: Table
    sets: Table
    standings: Table
    plans: list[Plan]
    targets: Table
    baselines: Table
    published: Table
    criteria: Table
    _worked_out: dict = field(default_factory=dict)

    @cached_property
    def is_illustrative(self) -> bool:
        """Does any row here come from the illustration?"""
        return bool(
            self.recognitions["is_illustrative"].any() or self.standings["is_illustrative"].any()
        )

    @cached_property
    def register_is_complete(self) -> bool:
        """May recognised communes be counted, or are too few of them known by name?"""
        return self.province.register_complete or bool(self.recognitions["is_illustrative"].any())

    @property
    def basically_counts(self) -> bool:
        """Does the province count “basically met” as met?"""
        return self.province.basically_met_counts

    @cached_property
    def first_versions(self) -> list[Plan]:
        """Each plan as it was first decided, the newest plan first."""
        return [plan for plan in self.plans if plan.supersedes_id is None]

    def plan(self, code: str = "") -> Plan | None:
        """The first version of the plan with that code, else of the newest plan."""
        plans = self.first_versions
        return next((plan for plan in plans if plan.code == code), plans[0] if plans else None)

    def version_on(self, plan: Plan | None, on: date) -> Plan | None:
        """The version of a plan that holds on a day."""
        later = {version.supersedes_id: version for version in self.plans}
        while plan and (found := later.get(plan.pk)) and found.holds_from <= on:
            plan = found
        return plan

    def last_day(self, plan: Plan | None) -> date:
        """The last day within the plan with verified data, else with a published result."""
        ends = days_of(self.standings["period_end"])
        if not len(ends):
            rows = self.published
            is_count = rows["metric"] == Metric.COMMUNES_STANDARD
            ends = days_of(rows["as_of"])[is_count & (rows["kind"] == "result")]
        if plan is not None:
            ends = ends[ends <= np.datetime64(f"{plan.last_year}-12-31")]
        if not len(ends):
            return plan.baseline_on if plan else timezone.localdate()
        return ends.max().item()

    def results(self, assessment_ids: pd.Series) -> pd.DataFrame:
        """Criterion verdicts of approved assessments; one query for a new choice of them.

        Columns: assessment_id, unit_id, number (of the criterion), criterion_id, verdict.
        """
        ids = frozenset(assessment_ids.astype(int))
        return self.worked_out(("results", ids), lambda: self._read_results(ids))

    def _read_results(self, ids: frozenset[int]) -> pd.DataFrame:
        """The units and numbers are joined here, where they are known, not in every row."""
        names = ["assessment_id", "criterion_id", "verdict"]
        rows = CriterionResult.objects.filter(assessment_id__in=ids)
        found = columns_of(rows, {name: name for name in names})
        unit = pd.Index(self.standings["assessment_id"]).get_indexer(found["assessment_id"])
        criterion = pd.Index(self.criteria["criterion_id"]).get_indexer(found["criterion_id"])
        found["unit_id"] = self.standings["unit_id"][unit]
        found["number"] = self.criteria["number"][criterion]
        return pd.DataFrame(found, copy=False)

    def worked_out(self, key, make):
        """What `make()` gives, worked out once for this data version; the newest are kept."""
        if key not in self._worked_out:
            if len(self._worked_out) >= KEPT_TABLES:
                self._worked_out.clear()
            self._worked_out[key] = make()
        return self._worked_out[key]

    @cached_property
    def district_names(self) -> dict[int, str]:
        """By id, in the province's order."""
        return dict(zip(self.districts.index.tolist(), self.districts["name"], strict=True))

    def unit_names(self) -> dict[int, UnitName]:
        """What each unit, in force or not, is called and where it lies, by its id."""
        return self.worked_out("unit names", self._unit_names)

    def _unit_names(self) -> dict[int, UnitName]:
        names = ["name", "code", "sort_key", "district_id"]
        columns = [self.units[name].tolist() for name in names]
        districts = [self.district_names.get(pk, "") for pk in columns[-1]]
        called = map(UnitName._make, zip(*columns, districts, strict=True))
        return dict(zip(self.units.index.tolist(), called, strict=True))

    def rings(self) -> dict[int, list]:
        """The areas that the map draws, by the commune's id; one query."""
        return self.worked_out("rings", self._rings)

    def _rings(self) -> dict[int, list]:
        areas = CommuneArea.objects.filter(commune__province=self.province)
        return dict(areas.values_list("commune", "rings"))

    def verdicts_over_time(self, number: int) -> pd.DataFrame:
        """Official verdicts on one criterion of the standard sets; one query.

        Columns: unit_id, set_id, period_end, verdict.
        """
        rows = CriterionResult.objects.filter(
            assessment__commune__province=self.province,
            assessment__criteria_set__grade=Grade.STANDARD,
            criterion__number=number,
        )
        columns = {
            "unit_id": "assessment__commune_id",
            "set_id": "assessment__criteria_set_id",
            "period_end": "assessment__period__ends_on",
            "verdict": "verdict",
        }
        return pd.DataFrame(columns_of(rows, columns), copy=False)

    def published_results(self, metric: str, first: date, last: date) -> Table:
        """What official sources printed of a metric for the whole province between two days."""
        rows = self.published
        found = results_of(rows, first, last)
        found = found[rows["metric"][found] == metric]
        return rows[np.sort(found)]

    def set_labels(self) -> dict[int, str]:
        """The decision each criteria set stands in, by the set's id."""
        return dict(zip(self.sets["set_id"], self.sets["decision"], strict=True))

    def titles(self, set_id: int) -> dict[int, str]:
        """Names of a set's criteria by number, in the reader's language."""
        in_english = get_language() == "en"
        names = ("set_id", "number", "name", "name_en")
        columns = (self.criteria[name].tolist() for name in names)
        return {
            number: (in_english and english) or name
            for of, number, name, english in zip(*columns, strict=True)
            if of == set_id
        }

    def criteria_of(self, set_id: int) -> list[Criterion]:
        """A set's criteria as objects, with their set; one query."""
        rows = Criterion.objects.filter(criteria_set=set_id).select_related("criteria_set")
        return self.worked_out(("criteria", set_id), lambda: list(rows))


_cache: dict[tuple[int, int], Snapshot] = {}
_lock = Lock()


def snapshot_of(province: Province) -> Snapshot:
    """The frames of a province at its present data version, from this process's memory if there.

    Costs one query when the data version is new, and up to twelve for the tables as they are
    first looked into; none otherwise.
    """
    key = (province.pk, province.data_version)
    found = _cache.get(key)
    if found is None:
        found = load(province)
        with _lock:
            for old in [k for k in _cache if k[0] == province.pk] + list(_cache):
                if old in _cache and (old[0] == province.pk or len(_cache) >= KEPT):
                    del _cache[old]
            _cache[key] = found
    return found


def forget_snapshots():
    """Empty the memory of this process, for measuring and tests."""
    _cache.clear()


def load(province: Province) -> Snapshot:
    """The province as it is now; its plans are read at once, its tables when they are needed."""
    plans = Plan.objects.in_force().filter(province=province).order_by("-first_year")
    return Snapshot(province=province, plans=list(plans), **tables_of(province.pk))

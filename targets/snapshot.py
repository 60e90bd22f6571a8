"""A province's official data as pandas frames, read once per data version.

Everything here is official (recognitions, approved assessments, plans, published figures), so
whoever may see the province may see all of it; `Province.visible_to` is the only gate.
"""

from dataclasses import dataclass, field
from datetime import date
from threading import Lock

import numpy as np
import pandas as pd
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from communes.models import BoundaryChangePart, Commune, District, Province
from criteria.models import (
    Assessment,
    CriteriaSet,
    Criterion,
    CriterionResult,
    Grade,
    Recognition,
    ReportingPeriod,
)
from targets.models import Baseline, Metric, Plan, PublishedFigure, Target
from targets.progress import frames

DATES = dict.fromkeys(["valid_from", "valid_to", "period_end", "as_of"], "datetime64[s]")
TYPES = DATES | dict.fromkeys(["latitude", "longitude", "high"], "float64")
KEPT = 4  # provinces × data versions kept in one process
KEPT_TABLES = 64  # tables worked out from one of them

UNIT_COLUMNS = [
    "id",
    "code",
    "name",
    "sort_key",
    "kind",
    "district_id",
    "valid_from",
    "valid_to",
    "is_border",
    "population",
    "latitude",
    "longitude",
]
RECOGNITION_COLUMNS = {"unit_id": "commune_id"} | {
    name: name
    for name in [
        "id",
        "kind",
        "district_id",
        "grade",
        "year",
        "decided_on",
        "revoked_on",
        "is_illustrative",
        "place",
    ]
}
STANDING_COLUMNS = {
    "assessment_id": "pk",
    "unit_id": "commune_id",
    "set_id": "criteria_set_id",
    "period_id": "period_id",
    "met": "criteria_met",
    "basically": "criteria_basically",
    "total": "criteria_applicable",
    "is_illustrative": "is_illustrative",
}


def frame(rows: QuerySet, columns: dict[str, str] | list[str], table: str = "") -> pd.DataFrame:
    """A query set as a frame: `columns` maps names to field paths.

    Columns that `targets.progress` knows for `table` get the type it lists, also without rows;
    the others keep what the database gave. Types are converted a column at a time, which is ten
    times as fast as Django's conversion of each value.
    """
    paths = columns if isinstance(columns, dict) else {name: name for name in columns}
    types = TYPES | frames.COLUMNS.get(table, {})
    found = _fetched(rows.values_list(*paths.values()))
    values = zip(*found, strict=True) if found else [()] * len(paths)
    return pd.DataFrame(
        {
            name: _column(column, types.get(name))
            for name, column in zip(paths, values, strict=True)
        }
    )


def _fetched(rows: QuerySet) -> list[tuple]:
    """The rows as the database driver gives them."""
    try:
        statement = rows.query.sql_with_params()
    except EmptyResultSet:
        return []
    with connection.cursor() as cursor:
        cursor.execute(*statement)
        return cursor.fetchall()


def _column(values: tuple, kind: str | None):
    if kind is None:
        return pd.Series(values, dtype=object).infer_objects()
    if kind == "Int64":
        return pd.array(values, dtype=kind)
    if kind == "str":
        return pd.array(values, dtype=kind)
    return np.array(values, dtype=kind)


@dataclass(frozen=True)
class Snapshot:
    """One province at one data version: the tables that `targets.progress` works on, and names.

    `targets.progress.frames` lists the tables' columns; those of a plan carry its `plan_id`.
    """

    province: Province
    units: pd.DataFrame
    districts: pd.DataFrame
    parts: pd.DataFrame
    recognitions: pd.DataFrame
    places: pd.DataFrame
    sets: pd.DataFrame
    standings: pd.DataFrame
    plans: list[Plan]
    targets: pd.DataFrame
    baselines: pd.DataFrame
    published: pd.DataFrame
    criteria: dict[int, list[Criterion]]
    _results: dict = field(default_factory=dict)
    _worked_out: dict = field(default_factory=dict)

    @property
    def is_illustrative(self) -> bool:
        """Does any row here come from the illustration?"""
        return bool(
            self.recognitions["is_illustrative"].any() or self.standings["is_illustrative"].any()
        )

    @property
    def register_is_complete(self) -> bool:
        """May recognised communes be counted, or are too few of them known by name?"""
        return self.province.register_complete or bool(self.recognitions["is_illustrative"].any())

    @property
    def basically_counts(self) -> bool:
        """Does the province count “basically met” as met?"""
        return self.province.basically_met_counts

    def plan(self, code: str = "") -> Plan | None:
        """The plan with that code, else the newest."""
        return next((plan for plan in self.plans if plan.code == code), None) or (
            self.plans[0] if self.plans else None
        )

    def last_day(self, plan: Plan | None) -> date:
        """The last day within the plan with verified data, else with a published result."""
        ends = self.standings["period_end"]
        if ends.empty:
            counted = self.published["metric"] == Metric.COMMUNES_STANDARD
            ends = self.published["as_of"][counted & (self.published["kind"] == "result")]
        if plan is not None:
            ends = ends[ends <= pd.Timestamp(date(plan.last_year, 12, 31))]
        if ends.empty:
            return plan.baseline_on if plan else date.today()  # noqa: DTZ011
        return ends.max().date()

    def results(self, assessment_ids) -> pd.DataFrame:
        """Criterion verdicts of approved assessments; one query for a new choice of them.

        Columns: assessment_id, unit_id, number (of the criterion), criterion_id, verdict.
        """
        key = frozenset(map(int, assessment_ids))
        if key not in self._results:
            if len(self._results) >= KEPT:
                self._results.clear()
            rows = CriterionResult.objects.filter(assessment_id__in=key)
            columns = ["assessment_id", "criterion_id", "verdict"]
            self._results[key] = self._named(frame(rows, columns, "results"))
        return self._results[key]

    def _named(self, results: pd.DataFrame) -> pd.DataFrame:
        """Results with the unit and the criterion's number, which the tables at hand know."""
        units = self.standings.set_index("assessment_id")["unit_id"]
        numbers = {c.pk: c.number for criteria in self.criteria.values() for c in criteria}
        return results.assign(
            unit_id=units.reindex(results["assessment_id"]).to_numpy(),
            number=[numbers[pk] for pk in results["criterion_id"]],
        )

    def worked_out(self, key, make):
        """What `make()` gives, worked out once for this data version; the newest are kept."""
        if key not in self._worked_out:
            if len(self._worked_out) >= KEPT_TABLES:
                self._worked_out.clear()
            self._worked_out[key] = make()
        return self._worked_out[key]

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
        return frame(rows, columns)

    def published_results(self, metric: str, first: date, last: date) -> pd.DataFrame:
        """What official sources printed of a metric for the whole province between two days."""
        rows = self.published
        return rows[
            (rows["metric"] == metric)
            & (rows["kind"] == "result")
            & rows["value"].notna()
            & rows["district_id"].isna()
            & rows["as_of"].between(pd.Timestamp(first), pd.Timestamp(last))
        ]

    def set_labels(self) -> dict[int, str]:
        """The decision each criteria set stands in, by the set's id."""
        return dict(zip(self.sets["set_id"], self.sets["decision"], strict=True))

    def titles(self, set_id: int) -> dict[int, str]:
        """Names of a set's criteria by number, in the reader's language."""
        return {c.number: c.local_name for c in self.criteria.get(set_id, [])}


_cache: dict[tuple[int, int], Snapshot] = {}
_lock = Lock()


def snapshot_of(province: Province) -> Snapshot:
    """The frames of a province at its present data version, from this process's memory if there.

    Costs ten queries when the data version is new, none otherwise.
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
    """Read the frames of a province from the database."""
    units = frame(
        Commune.objects.filter(province=province).order_by("sort_key", "valid_from"),
        UNIT_COLUMNS,
        "units",
    ).set_index("id")
    units["in_programme"] = units["kind"] == Commune.Kind.COMMUNE
    parts = frame(
        BoundaryChangePart.objects.filter(change__province=province),
        {
            "date": "change__effective_on",
            "resolution": "change__resolution",
            "old_id": "old_id",
            "new_id": "new_id",
            "is_whole": "is_whole",
            "share_people": "share_people",
        },
        "parts",
    )
    recognitions = frame(
        Recognition.objects.filter(province=province),
        RECOGNITION_COLUMNS,
        "places",
    )
    of_communes = recognitions["kind"] == Recognition.Kind.COMMUNE
    criteria = {}
    for criterion in Criterion.objects.filter(
        criteria_set__level=CriteriaSet.Level.COMMUNE
    ).select_related("criteria_set"):
        criteria.setdefault(criterion.criteria_set_id, []).append(criterion)
    plans = list(Plan.objects.filter(province=province).order_by("-first_year"))
    districts = frame(
        District.objects.filter(province=province).order_by("sort_key"),
        ["id", "code", "name", "kind", "valid_from", "valid_to"],
    ).set_index("id")
    sets = frame(
        CriteriaSet.objects.filter(level=CriteriaSet.Level.COMMUNE, is_scored=True),
        {"set_id": "pk"}
        | {
            name: name for name in ["code", "decision", "grade", "level", "valid_from", "valid_to"]
        },
        "sets",
    )
    return Snapshot(
        province=province,
        units=units,
        districts=districts,
        parts=parts,
        recognitions=recognitions[of_communes].astype({"unit_id": "int64"}),
        places=recognitions[~of_communes],
        sets=sets,
        standings=_standings(province, sets),
        plans=plans,
        criteria=criteria,
        targets=frame(
            Target.objects.filter(plan__in=plans),
            [
                "id",
                "plan_id",
                "metric",
                "kind",
                "year",
                "district_id",
                "low",
                "high",
                "is_derived",
                "note",
                "source",
            ],
            "targets",
        ),
        baselines=frame(
            Baseline.objects.filter(plan__in=plans),
            {"as_of": "plan__baseline_on"}
            | {name: name for name in ["plan_id", "metric", "value", "base", "note", "source"]},
            "baselines",
        ),
        published=frame(
            PublishedFigure.objects.filter(province=province, place="").order_by("as_of"),
            {"boundary_on": "boundaries_on"}
            | {
                name: name
                for name in [
                    "metric",
                    "kind",
                    "as_of",
                    "value",
                    "high",
                    "text",
                    "unit",
                    "base",
                    "district_id",
                    "note",
                    "source",
                ]
            },
            "published",
        ),
    )


def _standings(province: Province, sets: pd.DataFrame) -> pd.DataFrame:
    """Approved assessments; the few periods and sets are joined here, not in every row."""
    rows = frame(
        Assessment.objects.official().filter(commune__province=province),
        STANDING_COLUMNS,
        "standings",
    )
    periods = frame(
        ReportingPeriod.objects.filter(province=province), {"id": "pk", "period_end": "ends_on"}
    )
    ends, grades = (
        table.set_index(key)[column].reindex(rows[name]).to_numpy()
        for table, key, column, name in [
            (periods, "id", "period_end", "period_id"),
            (sets, "set_id", "grade", "set_id"),
        ]
    )
    return rows.assign(period_end=ends, grade=pd.array(grades, dtype="str"))

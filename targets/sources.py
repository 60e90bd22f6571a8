"""Which rows of the database a snapshot holds, and how they become frames quickly.

Reading is most of what the first visit after a change costs, so two things are done by hand: a
statement is compiled once in a process, and types are converted a column at a time, ten times as
fast as Django or pandas convert each value.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from functools import cache

import numpy as np
import pandas as pd
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from communes.models import BoundaryChangePart, Commune, District
from criteria.models import Assessment, CriteriaSet, Criterion, Recognition, ReportingPeriod
from targets.models import Baseline, PublishedFigure, Target
from targets.progress import frames

DAY, NUMBER, ID, ID_OR_NONE, WORD = "datetime64[s]", "float64", "int64", "Int64", "str"
IDS = ["id", "unit_id", "assessment_id", "criterion_id", "set_id", "plan_id", "period_id"]
# Of columns that `targets.progress.frames.COLUMNS` does not list; all others are words.
TYPES = (
    dict.fromkeys(["valid_from", "valid_to", "period_end", "as_of"], DAY)
    | dict.fromkeys(["latitude", "longitude", "high"], NUMBER)
    | dict.fromkeys([*IDS, "number"], ID)
    | {"district_id": ID_OR_NONE, "is_derived": "bool"}
)
FIRST_DAY = date(1970, 1, 1).toordinal()  # of numpy's calendar
NO_DAY = np.datetime64("NaT").astype(np.int64)


@dataclass(frozen=True)
class Source:
    """Rows of a province (by its primary key) and where each column of the frame comes from.

    `table` is the name in `targets.progress.frames.COLUMNS` that gives the columns' types.
    """

    rows: Callable[[int], QuerySet]
    columns: str
    renamed: dict[str, str]
    table: str = ""

    @property
    def paths(self) -> dict[str, str]:
        return {name: self.renamed.get(name, name) for name in self.columns.split()}


COMMUNE_SETS = {"level": CriteriaSet.Level.COMMUNE, "is_scored": True}
SOURCES = {
    "units": Source(
        lambda pk: Commune.objects.filter(province=pk).order_by("sort_key", "valid_from"),
        "id code name sort_key kind district_id valid_from valid_to is_border population"
        " latitude longitude",
        {},
        "units",
    ),
    "districts": Source(
        lambda pk: District.objects.filter(province=pk).order_by("sort_key"),
        "id code name kind valid_from valid_to",
        {},
    ),
    "parts": Source(
        lambda pk: BoundaryChangePart.objects.filter(change__province=pk).order_by("pk"),
        "date old_id new_id is_whole share_people",
        {"date": "change__effective_on"},
        "parts",
    ),
    "recognitions": Source(
        lambda pk: Recognition.objects.filter(province=pk).order_by(),
        "id unit_id kind district_id grade year decided_on revoked_on is_illustrative place",
        {"unit_id": "commune_id"},
        "places",
    ),
    "sets": Source(
        lambda pk: CriteriaSet.objects.counting_in(pk).filter(**COMMUNE_SETS),
        "set_id code decision grade level valid_from valid_to",
        {"set_id": "pk"},
        "sets",
    ),
    "criteria": Source(
        lambda pk: Criterion.objects.filter(
            criteria_set__in=CriteriaSet.objects.counting_in(pk).filter(**COMMUNE_SETS)
        ).order_by("number"),
        "criterion_id set_id number name name_en",
        {"criterion_id": "pk", "set_id": "criteria_set_id"},
    ),
    "periods": Source(
        lambda pk: ReportingPeriod.objects.filter(province=pk).order_by(),
        "period_id period_end",
        {"period_id": "pk", "period_end": "ends_on"},
    ),
    "standings": Source(
        lambda pk: Assessment.objects.official().filter(period__province=pk),
        "assessment_id unit_id set_id period_id met basically total is_illustrative",
        {
            "assessment_id": "pk",
            "unit_id": "commune_id",
            "set_id": "criteria_set_id",
            "met": "criteria_met",
            "basically": "criteria_basically",
            "total": "criteria_applicable",
        },
        "standings",
    ),
    "targets": Source(
        lambda pk: Target.objects.filter(plan__province=pk, plan__is_draft=False).order_by("pk"),
        "id plan_id metric kind year district_id low high is_derived note source",
        {},
        "targets",
    ),
    "baselines": Source(
        lambda pk: Baseline.objects.filter(plan__province=pk, plan__is_draft=False).order_by("pk"),
        "as_of plan_id metric value base note source",
        {"as_of": "plan__baseline_on"},
        "baselines",
    ),
    "published": Source(
        lambda pk: PublishedFigure.objects.filter(province=pk, place="").order_by("as_of", "pk"),
        "metric kind as_of value high text unit base boundary_on district_id note source",
        {"boundary_on": "boundaries_on"},
        "published",
    ),
}


def read(name: str, province_pk: int) -> dict:
    """One of the `SOURCES` of a province: a typed array for each column of it; one query."""
    source = SOURCES[name]
    with connection.cursor() as cursor:
        cursor.execute(*_statement(name, province_pk))
        return typed(cursor.fetchall(), source.paths, source.table)


@cache
def _statement(name: str, province_pk: int) -> tuple[str, tuple]:
    source = SOURCES[name]
    return source.rows(province_pk).values_list(*source.paths.values()).query.sql_with_params()


def columns_of(rows: QuerySet, paths: dict[str, str]) -> dict:
    """A query set as typed arrays: `paths` maps the names of columns to field paths."""
    try:
        statement = rows.values_list(*paths.values()).query.sql_with_params()
    except EmptyResultSet:
        return typed([], paths)
    with connection.cursor() as cursor:
        cursor.execute(*statement)
        return typed(cursor.fetchall(), paths)


def typed(found: list[tuple], paths: Collection[str], table: str = "") -> dict:
    """Rows as a typed array for each column; `table` names them in `frames.COLUMNS`.

    Typed also without rows, so that no arithmetic has to ask whether there are any.
    """
    types = TYPES | frames.COLUMNS.get(table, {})
    values = zip(*found, strict=True) if found else [()] * len(paths)
    return {
        name: _column(column, types.get(name, WORD))
        for name, column in zip(paths, values, strict=True)
    }


def _column(values: tuple, kind: str):
    if kind == DAY:
        days = [NO_DAY if on is None else on.toordinal() - FIRST_DAY for on in values]
        return np.array(days, dtype=np.int64).view("datetime64[D]").astype(DAY)
    if kind == ID_OR_NONE:
        ids = np.array([pk or 0 for pk in values], dtype=np.int64)
        return pd.arrays.IntegerArray(ids, np.array([pk is None for pk in values], dtype=bool))
    return np.array(values, dtype=object if kind == WORD else kind)

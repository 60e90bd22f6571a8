"""The tables of a province, each read from the database when somebody first looks into it.

What a page or an answer does not print is not read for it: the figures of the plan need neither
the criteria nor what passed into what.
"""

from collections.abc import Callable
from functools import cached_property

import numpy as np
import pandas as pd

from communes.models import Commune
from criteria.models import Recognition
from targets.progress import Table, flags_of, ids_of
from targets.sources import read

TABLES = (
    "units",
    "districts",
    "parts",
    "recognitions",
    "places",
    "sets",
    "standings",
    "targets",
    "baselines",
    "published",
    "criteria",
)
INDEXED = ("units", "districts")


class LateTable(Table):
    """A table whose columns are read when they are first asked for."""

    def __init__(self, make: Callable[[], Table]):
        self._make = make

    @cached_property
    def _made(self) -> Table:
        return self._make()

    @property
    def columns(self) -> dict:
        return self._made.columns

    @property
    def index(self) -> pd.Index | None:
        return self._made.index


def tables_of(province_pk: int) -> dict[str, LateTable]:
    """All the tables of a province by name; no query until one is looked into, then one each."""
    reading = _Reading(province_pk)
    return {name: LateTable(lambda name=name: reading.table(name)) for name in TABLES}


class _Reading:
    """The columns of a province's tables, joined where rows of the database are not enough."""

    def __init__(self, province_pk: int):
        self.pk = province_pk

    def table(self, name: str) -> Table:
        make = getattr(self, f"_{name}", None)
        columns = make() if make else read(name, self.pk)
        index = pd.Index(columns.pop("id"), name="id") if name in INDEXED else None
        return Table(columns, index)

    def _units(self) -> dict:
        columns = read("units", self.pk)
        return columns | {"in_programme": flags_of(columns["kind"] == Commune.Kind.COMMUNE)}

    @cached_property
    def _acts(self) -> dict:
        """The decisions on communes and on other places."""
        return read("recognitions", self.pk)

    def _recognitions(self) -> dict:
        rows = self._of_communes
        columns = {name: column[rows] for name, column in self._acts.items()}
        return columns | {"unit_id": ids_of(columns["unit_id"])}

    def _places(self) -> dict:
        return {name: column[~self._of_communes] for name, column in self._acts.items()}

    @property
    def _of_communes(self) -> np.ndarray:
        return flags_of(self._acts["kind"] == Recognition.Kind.COMMUNE)

    @cached_property
    def _known_sets(self) -> dict:
        return read("sets", self.pk)

    def _sets(self) -> dict:
        return self._known_sets

    def _standings(self) -> dict:
        """Assessments with the end of their period and the grade of their set."""
        columns, periods, sets = read("standings", self.pk), read("periods", self.pk), self._sets()
        period = pd.Index(periods["period_id"]).get_indexer(columns["period_id"])
        in_set = pd.Index(sets["set_id"]).get_indexer(columns["set_id"])
        return columns | {
            "period_end": np.append(periods["period_end"], np.datetime64("NaT"))[period],
            "grade": np.append(sets["grade"], "")[in_set],
        }

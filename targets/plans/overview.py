"""A plan as tables: for its page, its grids and its files."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from communes.models import District
from ntm_tracker.web.numbers import signed
from targets.models import Metric, Plan
from targets.plans.cells import BASELINE, Key, Kind, Line, Value, baseline_key, catalogue, text_of
from targets.plans.typed import Typed

NOT_OF_DISTRICTS = {Kind.PER_DISTRICT}


def lines_for(district: District | None) -> list[Line]:
    """What may be asked of the province, or of one of its districts."""
    return [
        line
        for line in catalogue()
        if district is None
        or (line.kind not in NOT_OF_DISTRICTS and line.metric != Metric.DISTRICTS_COMPLETED)
    ]


def keys_for(plan: Plan, stored: dict, district: District | None = None) -> list[Key]:
    """The cells of a grid; baselines are the province's alone."""
    place = district.pk if district else None
    keys = [Key(*line, year, place) for line in lines_for(district) for year in plan.years]
    metrics = dict.fromkeys(line.metric for line in catalogue())
    baselines = [] if district else [baseline_key(metric) for metric in metrics]
    known = {*keys, *baselines}
    other = [key for key in stored if key.district == place and key not in known]
    return [*baselines, *keys, *other]


def all_keys(plan: Plan, stored: dict, districts: list[District]) -> list[Key]:
    """The cells of the province and of all its districts."""
    return [key for area in [None, *districts] for key in keys_for(plan, stored, area)]


@dataclass(frozen=True)
class Cell:
    """An input of a grid."""

    key: Key
    label: str
    text: str
    fault: str
    contested: str | None


@dataclass(frozen=True)
class GridRow:
    line: Line
    baseline: Cell | None
    cells: list[Cell]


def grid_rows(plan: Plan, typed: Typed) -> list[GridRow]:
    """One row a line; the baseline stands with the first line of its metric."""
    at = {(key.metric, key.kind, key.year): key for key in typed.keys}
    lines = dict.fromkeys(key.line for key in typed.keys if key.kind != BASELINE)
    rows, metrics = [], set()
    for line in lines:
        key = at.get(baseline_key(line.metric)[:3])
        is_first = key is not None and line.metric not in metrics
        metrics.add(line.metric)
        cells = [_cell(at[(*line, year)], typed) for year in plan.years if (*line, year) in at]
        rows.append(GridRow(line, _cell(key, typed) if is_first else None, cells))
    return rows


def _cell(key: Key, typed: Typed) -> Cell:
    return Cell(
        key,
        label_of(key),
        typed.texts[key],
        typed.faults.get(key, ""),
        typed.contested.get(key),
    )


def label_of(key: Key, districts: Iterable[District] = ()) -> str:
    """What a cell is called, with the district where it is of one of these."""
    if key.kind == BASELINE:
        return _("Baseline: %(metric)s") % {"metric": Metric(key.metric).label}
    label = _("%(target)s, %(year)s") % {"target": key.line.title, "year": key.year}
    district = next((one for one in districts if one.pk == key.district), None)
    return f"{label}, {district}" if district else label


@dataclass(frozen=True)
class Sum:
    """The districts' numbers of one year against the province's."""

    year: int
    allocated: Decimal
    asked: Decimal | None

    @property
    def difference(self) -> Decimal | None:
        return None if self.asked is None else self.allocated - self.asked

    @property
    def shown(self) -> str:
        return "" if self.difference is None else signed(self.difference)


def sums_of(plan: Plan, line: Line, values: dict[Key, Value]) -> list[Sum]:
    """One for each year in which some district has a number."""
    found = []
    for year in plan.years:
        parts = [
            value.low
            for key, value in values.items()
            if key.district is not None and key[:3] == (*line, year)
        ]
        if parts:
            asked = values.get(Key(*line, year))
            found.append(Sum(year, sum(parts), asked and asked.low))
    return found


@dataclass(frozen=True)
class DistrictTable:
    line: Line
    rows: list[tuple[District, list[str]]]
    sums: list[Sum]


def district_tables(
    plan: Plan, values: dict[Key, Value], districts: list[District]
) -> list[DistrictTable]:
    """A table for each line that districts have numbers of."""
    tables = []
    for line in catalogue():
        owners = {key.district for key in values if key.line == line and key.district}
        if owners:
            rows = [
                (district, texts_of(plan, line, values, district.pk))
                for district in districts
                if district.pk in owners
            ]
            sums = sums_of(plan, line, values) if line.is_summed else []
            tables.append(DistrictTable(line, rows, sums))
    return tables


def province_rows(plan: Plan, values: dict[Key, Value]) -> list[tuple[Line, str, list[str]]]:
    """Each line that the province has a number of, and its years as texts.

    The baseline stands with the first line of its metric.
    """
    rows, metrics = [], set()
    for line in catalogue():
        texts = texts_of(plan, line, values, None)
        if any(texts):
            baseline = baseline_key(line.metric)
            shown = "" if line.metric in metrics else text_of(baseline, values.get(baseline))
            metrics.add(line.metric)
            rows.append((line, shown, texts))
    return rows


def texts_of(plan: Plan, line: Line, values: dict[Key, Value], district: int | None) -> list[str]:
    keys = [Key(*line, year, district) for year in plan.years]
    return [text_of(key, values.get(key)) for key in keys]

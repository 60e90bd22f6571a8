"""Reference data of the plan and of the figures that official sources printed."""

from pathlib import Path

from django.utils.translation import gettext as _

from communes.models import District
from communes.reference import FIXTURES, UnitIndex, day, province_link
from communes.reference_files import Link, Table
from communes.reference_load import load_table
from targets.models import Baseline, Plan, PublishedFigure, Target


def load_targets(folder: Path = FIXTURES):
    """Yield the outcome of each file in turn; needs the units, in the same transaction."""
    for make_table in (plans, baselines, targets, published_figures):
        yield load_table(folder, make_table())


def plans() -> Table:
    return Table(
        file="plans.csv",
        model=Plan,
        key=("province", "code"),
        columns=(
            "code",
            "name",
            "baseline_on",
            "first_year",
            "last_year",
            "document",
            "source",
        ),
        links=(province_link(),),
        in_order=(("first_year", "last_year"),),
    )


def plan_link() -> Link:
    known = {
        (plan.province.code, plan.code): plan for plan in Plan.objects.select_related("province")
    }
    return Link(
        field="plan",
        columns=("plan", "province"),
        find=lambda cells: known.get((cells["province"], cells["plan"])),
        expected=_("code and province of a plan in plans.csv"),
    )


def district_link(day_of) -> Link:
    """The column `district`; `day_of` gets the cells and answers the day it must be in force."""
    districts = UnitIndex(District)
    return Link(
        field="district",
        columns=("district",),
        find=lambda cells: districts.find(cells["district"], day_of(cells)),
        expected=_("the code of a district in force on that day, in districts.csv"),
        is_required=False,
    )


def baselines() -> Table:
    return Table(
        file="baselines.csv",
        model=Baseline,
        key=("plan", "metric"),
        columns=("metric", "value", "base", "note", "source"),
        links=(plan_link(),),
    )


def targets() -> Table:
    return Table(
        file="targets.csv",
        model=Target,
        key=("plan", "metric", "kind", "year", "district"),
        columns=("metric", "kind", "year", "low", "high", "is_derived", "note", "source"),
        links=(plan_link(), district_link(lambda cells: day(f"{cells['year']}-01-01"))),
        in_order=(("low", "high"),),
    )


def published_figures() -> Table:
    return Table(
        file="published_figures.csv",
        model=PublishedFigure,
        key=(
            "province",
            "district",
            "place",
            "metric",
            "kind",
            "as_of",
            "boundaries_on",
            "source",
        ),
        columns=(
            "place",
            "metric",
            "kind",
            "as_of",
            "precision",
            "value",
            "high",
            "text",
            "unit",
            "base",
            "boundaries_on",
            "note",
            "source",
        ),
        links=(
            province_link(is_required=False),
            district_link(lambda cells: day(cells["as_of"])),
        ),
        in_order=(("value", "high"),),
    )

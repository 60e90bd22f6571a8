"""Reference data of the criteria sets, their thresholds, and the recognitions known by name."""

from datetime import date
from pathlib import Path

from django.utils.translation import gettext as _

from communes.models import Commune, District
from communes.reference import FIXTURES, UnitIndex, area_group_link, province_link
from communes.reference_files import Link, Table
from communes.reference_load import load_table
from criteria.models import CriteriaSet, Criterion, Indicator, Recognition, Threshold


def load_criteria(folder: Path = FIXTURES):
    """Yield the outcome of each file in turn; needs the units, in the same transaction."""
    for make_table in (criteria_sets, criteria, indicators, thresholds, recognitions):
        yield load_table(folder, make_table())


def criteria_sets() -> Table:
    return Table(
        file="criteria_sets.csv",
        model=CriteriaSet,
        key=("code",),
        columns=(
            "code",
            "name",
            "name_en",
            "level",
            "grade",
            "decision",
            "decided_on",
            "amended_by",
            "valid_from",
            "valid_to",
            "group_scheme",
            "is_scored",
            "note",
            "source",
        ),
    )


def criteria() -> Table:
    sets = {each.code: each for each in CriteriaSet.objects.all()}
    return Table(
        file="criteria.csv",
        model=Criterion,
        key=("criteria_set", "number"),
        columns=("number", "name", "name_en", "group", "is_verified", "source"),
        links=(
            Link(
                field="criteria_set",
                columns=("set",),
                find=lambda cells: sets.get(cells["set"]),
                expected=_("a code in criteria_sets.csv"),
            ),
        ),
    )


def indicators() -> Table:
    known = {
        (criterion.criteria_set.code, str(criterion.number)): criterion
        for criterion in Criterion.objects.select_related("criteria_set")
    }
    return Table(
        file="indicators.csv",
        model=Indicator,
        key=("criterion", "code"),
        columns=(
            "code",
            "position",
            "name",
            "name_en",
            "kind",
            "unit",
            "direction",
            "is_delegated",
            "is_verified",
            "note",
            "source",
        ),
        links=(
            Link(
                field="criterion",
                columns=("set", "criterion"),
                find=lambda cells: known.get((cells["set"], cells["criterion"])),
                expected=_("set and number of a criterion in criteria.csv"),
            ),
        ),
    )


def thresholds() -> Table:
    """National thresholds only: what a province sets for itself is not touched."""
    known = {
        (each.criterion.criteria_set.code, each.code): each
        for each in Indicator.objects.select_related("criterion__criteria_set")
    }
    schemes = dict(CriteriaSet.objects.values_list("code", "group_scheme"))
    return Table(
        file="thresholds.csv",
        model=Threshold,
        key=("indicator", "area_group", "valid_from"),
        columns=("valid_from", "valid_to", "value", "text", "is_verified", "source"),
        links=(
            Link(
                field="indicator",
                columns=("set", "indicator"),
                find=lambda cells: known.get((cells["set"], cells["indicator"])),
                expected=_("set and number of an indicator in indicators.csv"),
            ),
            area_group_link("area_group", "area_group", lambda cells: schemes.get(cells["set"])),
        ),
        existing=Threshold.objects.filter(province=None),
    )


def recognitions() -> Table:
    """One for each place and grade: a year that an officer corrects stays corrected."""
    communes, districts = UnitIndex(Commune), UnitIndex(District)

    def find_commune(cells):
        commune = communes.find(cells["commune_code"], last_day_of(cells["year"]))
        return commune if commune and commune.name == cells["commune_name"] else None

    return Table(
        file="recognitions.csv",
        model=Recognition,
        key=("kind", "commune", "district", "grade"),
        columns=("kind", "grade", "year", "decision", "decided_on", "evidence", "source"),
        links=(
            province_link(),
            Link(
                field="commune",
                columns=("commune_code", "commune_name"),
                find=find_commune,
                expected=_("code and name of a commune in force at the end of that year"),
                is_required=False,
            ),
            Link(
                field="district",
                columns=("district",),
                find=lambda cells: districts.find(cells["district"], last_day_of(cells["year"])),
                expected=_("the code of a district in force at the end of that year"),
                is_required=False,
            ),
        ),
    )


def last_day_of(year: str) -> date:
    """31 December of a year given as a cell; ValueError if it is none."""
    return date(int(year), 12, 31)

"""Reference data of the administrative units: where they are, and what became of them."""

import hashlib
from collections import defaultdict
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from communes.models import (
    AreaGroup,
    BoundaryChange,
    BoundaryChangePart,
    Commune,
    District,
    Province,
)
from communes.reference_files import Fault, Link, Table
from communes.reference_load import load_table

FIXTURES = Path(settings.BASE_DIR) / "fixtures"
UNIT_COLUMNS = (
    "code",
    "name",
    "kind",
    "valid_from",
    "valid_to",
    "latitude",
    "longitude",
    "population",
    "source",
)
PART_COLUMNS = (
    "kind",
    "is_whole",
    "share_people",
    "share_area",
    "population",
    "area_km2",
    "confidence",
    "source",
)
LAST_DAY = date.max


def fixtures_digest(folder: Path = FIXTURES) -> str:
    """Changes with the name or content of any reference file; 64 hexadecimal digits."""
    digest = hashlib.sha256()
    for path in sorted(folder.glob("*.csv")):
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        digest.update(f"{path.name} {content}\n".encode())
    return digest.hexdigest()


class UnitIndex:
    """Dated units of one model by code, for looking up many without a query each."""

    def __init__(self, model):
        self._units = defaultdict(list)
        for unit in model.objects.all():
            self._units[unit.code].append(unit)

    def find(self, code: str, on: date):
        """The unit that bears `code` on a day, else None."""
        for unit in self._units[code]:
            if unit.valid_from <= on <= (unit.valid_to or LAST_DAY):
                return unit
        return None


def load_units(folder: Path = FIXTURES):
    """Yield the outcome of each file in turn; call it in a transaction (BadFile comes midway)."""
    for make_table in (groups, provinces, districts, communes, changes, parts):
        yield load_table(folder, make_table())


def groups() -> Table:
    return Table(
        file="area_groups.csv",
        model=AreaGroup,
        key=("scheme", "code"),
        columns=("scheme", "code", "name", "source"),
    )


def area_group_link(field: str, column: str, scheme_of) -> Link:
    """A column that names an area group; `scheme_of` gets the cells and answers its scheme."""
    known = {(group.scheme, group.code): group for group in AreaGroup.objects.all()}
    return Link(
        field=field,
        columns=(column,),
        find=lambda cells: known.get((scheme_of(cells), cells[column])),
        expected=_("a code in area_groups.csv"),
    )


def province_link(is_required=True) -> Link:
    """The column `province`."""
    known = {province.code: province for province in Province.objects.filter(valid_to=None)}
    return Link(
        field="province",
        columns=("province",),
        find=lambda cells: known.get(cells["province"]),
        expected=_("the code of a province in force, in provinces.csv"),
        is_required=is_required,
    )


def provinces() -> Table:
    region = area_group_link("region", "region", lambda cells: AreaGroup.Scheme.REGION)
    return unit_table("provinces.csv", Province, (), (region,))


def districts() -> Table:
    return unit_table("districts.csv", District, (), (province_link(),))


def communes() -> Table:
    units = UnitIndex(District)
    district = Link(
        field="district",
        columns=("district",),
        find=lambda cells: units.find(cells["district"], day(cells["valid_from"])),
        expected=_("the code of a district in force on the unit's first day, in districts.csv"),
        is_required=False,
    )
    columns = ("area_km2", "is_border", "note")
    return unit_table("communes.csv", Commune, columns, (province_link(), district))


def unit_table(file, model, columns, links) -> Table:
    return Table(
        file=file,
        model=model,
        key=("code", "valid_from"),
        columns=UNIT_COLUMNS + columns,
        links=links,
        check=lambda rows: overlaps(rows, model),
        derived=("sort_key", "search_key"),
        prepare=lambda unit: unit.set_keys(),
    )


def overlaps(rows, model):
    """Units in force at the same time as another, in file or database, of the same code."""
    in_file = {(row.obj.code, row.obj.valid_from) for row in rows}
    stored = [u for u in model.objects.all() if (u.code, u.valid_from) not in in_file]
    units = [(row.obj, row.line) for row in rows] + [(unit, None) for unit in stored]
    units.sort(key=lambda pair: (pair[0].code, pair[0].valid_from))
    for (first, first_line), (second, second_line) in pairwise(units):
        if first.code == second.code and second.valid_from <= (first.valid_to or LAST_DAY):
            other = first if second_line else second
            reason = _("in force at the same time as %(unit)s, which has the same code.")
            line = second_line or first_line
            if line:
                yield Fault(line, "valid_from", reason % {"unit": other})


def changes() -> Table:
    return Table(
        file="boundary_changes.csv",
        model=BoundaryChange,
        key=("province", "effective_on", "resolution"),
        columns=("effective_on", "resolution", "title", "source"),
        links=(province_link(),),
    )


def parts() -> Table:
    """Old units are sought on the day before, new ones on the day itself, by code and name."""
    units = UnitIndex(Commune)
    known = {
        (change.province.code, change.effective_on, change.resolution): change
        for change in BoundaryChange.objects.select_related("province")
    }

    def find(side, days_before):
        def find_unit(cells):
            on = day(cells["effective_on"]) - timedelta(days=days_before)
            unit = units.find(cells[f"{side}_code"], on)
            return unit if unit and unit.name == cells[f"{side}_name"] else None

        return find_unit

    change = Link(
        field="change",
        columns=("resolution", "province", "effective_on"),
        find=lambda cells: known.get(
            (cells["province"], day(cells["effective_on"]), cells["resolution"])
        ),
        expected=_("a change in boundary_changes.csv"),
    )
    old = Link(
        field="old",
        columns=("old_code", "old_name"),
        find=find("old", 1),
        expected=_("code and name of a unit in force on the day before"),
    )
    new = Link(
        field="new",
        columns=("new_code", "new_name"),
        find=find("new", 0),
        expected=_("code and name of a unit in force on that day"),
    )
    return Table(
        file="boundary_change_parts.csv",
        model=BoundaryChangePart,
        key=("change", "old", "new"),
        columns=PART_COLUMNS,
        links=(change, old, new),
    )


def day(cell: str) -> date:
    """A date from a cell that a link reads; ValueError if it is none."""
    return date.fromisoformat(cell)

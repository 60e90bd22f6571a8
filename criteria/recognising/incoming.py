"""Rows of an uploaded table as entries of the register, new ones and changed ones."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from communes.models import Commune, District, Province
from communes.names import search_key
from criteria.models import Grade, Recognition
from criteria.recognising.acts import CHANGEABLE
from criteria.recognising.checks import check, counted_from, holder_name
from criteria.recognising.known import key_of
from ntm_tracker.web.columns import Found, Unreadable, choice_in, day_in, whole_in
from ntm_tracker.web.numbers import day
from ntm_tracker.web.taking_in import CHANGED, NEW, SAME, Line, Preview

Kind = Recognition.Kind
NEEDED = ["kind", "code", "grade", "year"]
FIRST_YEAR, LAST_YEAR = 2010, 2100


class Units:
    """The communes and districts of a province by code; codes are used again over time."""

    def __init__(self, province: Province):
        self.by_code = defaultdict(list)
        for commune in Commune.objects.filter(province=province).select_related("district"):
            self.by_code["commune", commune.code].append(commune)
        for district in District.objects.filter(province=province):
            self.by_code["district", district.code].append(district)

    def find(self, model: str, code: str, name: str, on) -> Commune | District:
        """The unit of a code on a day; raises Unreadable where it has another name."""
        there = self.by_code[model, code]
        if not there:
            raise Unreadable(
                _("No unit of the province has the code “%(code)s”.") % {"code": code}
            )
        of_day = [unit for unit in there if unit.valid_from <= on <= (unit.valid_to or on)]
        unit = of_day[0] if of_day else there[-1]
        if name and search_key(name) not in (search_key(str(unit)), search_key(unit.name)):
            words = {"code": code, "found": name, "expected": unit, "day": day(on)}
            raise Unreadable(
                _("Code %(code)s is %(expected)s on %(day)s, but the row says “%(found)s”.")
                % words
            )
        return unit


def plan(province: Province, rows: Iterable[Found]) -> Preview:
    """What each row would do; the number of queries does not depend on how many there are."""
    units = Units(province)
    there = {}
    for act in Recognition.objects.filter(province=province).select_related(
        "commune__district", "district"
    ):
        there[key_of(act), act.grade, act.year] = act
    lines = [_line(province, found, units, there) for found in rows]
    _weigh(province, lines)
    return Preview(lines)


def _line(province: Province, found: Found, units: Units, there: dict) -> Line:
    name = found.cells.get("place") or found.cells.get("name") or found.cells["code"]
    line = Line(found.number, name)
    try:
        row = _read(province, found.cells, units)
    except Unreadable as fault:
        line.errors.append(str(fault))
        return line
    stored = there.get((key_of(row), row.grade, row.year))
    line.about = f"{holder_name(row)}: {row.get_grade_display()} {row.year}"
    line.row = stored or row
    line.state = NEW if stored is None else SAME
    if stored:
        given = [name for name in CHANGEABLE if name in found.cells]
        _change(line, stored, row, given)
    return line


def _change(line: Line, stored: Recognition, row: Recognition, given: list[str]):
    for name in given:
        before, after = getattr(stored, name), getattr(row, name)
        if before != after:
            label = Recognition._meta.get_field(name).verbose_name
            line.changes.append(f"{label}: {_said(before)} → {_said(after)}")
            line.state = CHANGED
            setattr(stored, name, after)
    if line.state == CHANGED:
        stored.is_illustrative = stored.is_illustrative and not stored.decision


def _said(value) -> str:
    return day(value) if isinstance(value, date) else value or "–"


def _read(province: Province, cells: dict, units: Units) -> Recognition:
    """An entry, not saved; raises Unreadable naming the cell that is wrong."""
    row = Recognition(
        province=province,
        kind=choice_in(cells["kind"], Kind.choices),
        grade=choice_in(cells["grade"], Grade.choices),
        year=whole_in(cells["year"]) or 0,
        decided_on=day_in(cells.get("decided_on", "")),
    )
    if not FIRST_YEAR <= row.year <= LAST_YEAR:
        words = {"found": cells["year"], "first": FIRST_YEAR, "last": LAST_YEAR}
        raise Unreadable(_("The year is “%(found)s”; expected is %(first)d to %(last)d.") % words)
    for name in ("place", "field", "decision", "evidence", "source"):
        setattr(row, name, _fitting(name, cells.get(name, "")))
    row.source = row.source or row.decision
    if not row.source:
        raise Unreadable(_("Give the decision number or a source."))
    is_place = row.kind in (Kind.RESIDENTIAL_AREA, Kind.GARDEN)
    if cells["code"] or not is_place:
        model = "district" if row.kind == Kind.DISTRICT else "commune"
        unit = units.find(model, cells["code"], cells.get("name", ""), counted_from(row))
        setattr(row, model, unit)
    if is_place != bool(row.place):
        raise Unreadable(
            _("Give the name of the area or garden.")
            if is_place
            else _("Only areas and gardens have a name of their own; leave the place empty.")
        )
    return row


def _fitting(name: str, text: str) -> str:
    most = Recognition._meta.get_field(name).max_length
    if most and len(text) > most:
        words = {"found": len(text), "most": most, "text": f"{text[:40]}…"}
        raise Unreadable(
            _("“%(text)s” has %(found)d characters; expected are at most %(most)d.") % words
        )
    return text


def _weigh(province: Province, lines: list[Line]):
    """Give each line the errors and warnings that the form would show."""
    seen = {}
    for line in lines:
        if line.row is not None:
            key = (key_of(line.row), line.row.grade, line.row.year)
            if key in seen and line.state != NEW:
                line.errors.append(_("Row %(row)d is about the same.") % {"row": seen[key]})
            seen.setdefault(key, line.number)
    moved = [
        line for line in lines if line.row is not None and line.state != SAME and not line.errors
    ]
    by_row = {id(line.row): line for line in moved}
    for finding in check(province, [line.row for line in moved]):
        line = by_row[id(finding.row)]
        (line.errors if finding.is_error else line.warnings).append(finding.text)

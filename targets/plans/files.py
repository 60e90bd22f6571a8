"""The targets of a plan as a file, and such a file read back: one row a target."""

from dataclasses import dataclass, field

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communes.models import District
from ntm_tracker.web import downloads
from ntm_tracker.web.numbers import day
from ntm_tracker.web.uploaded.sheets import UNREAD, Sheet, address
from ntm_tracker.web.uploaded.sheets import Kind as CellKind
from targets.models import Metric, Plan, Target
from targets.plans.cells import BASELINE, Key, Line, Value, catalogue, text_of
from targets.plans.overview import lines_for
from targets.plans.stored import Stored

LANGUAGES = ("vi", "en")
HEADINGS = {
    "district": gettext_lazy("District code"),
    "area": gettext_lazy("Area"),
    "metric": gettext_lazy("Metric"),
    "kind": gettext_lazy("Worded as"),
    "year": gettext_lazy("Year"),
    "value": gettext_lazy("Value"),
    "note": gettext_lazy("Note"),
    "source": gettext_lazy("Source"),
}
KINDS = {BASELINE: gettext_lazy("Baseline")} | {kind.value: kind.label for kind in Target.Kind}
NEEDED = ("metric", "kind", "year", "value")


@dataclass
class Found:
    """What a file says of a plan: a text for each cell, where it stands, and what is no row."""

    texts: dict[Key, str] = field(default_factory=dict)
    places: dict[Key, str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)


def table_of(stored: Stored, districts: list[District]) -> downloads.Table:
    plan = stored.plan
    names = {district.pk: district for district in districts}
    keys = [key for key in stored.rows if key.district is None or key.district in names]
    keys.sort(key=lambda key: _order(key, list(names)))
    return downloads.Table(
        name=f"ke-hoach-{plan.code}",
        title=plan.name,
        header=[str(heading) for heading in HEADINGS.values()],
        rows=[_row(key, stored.rows[key], stored.values[key], names, plan) for key in keys],
        notes=[
            _("Document: %(document)s") % {"document": plan.document},
            _("Baseline of %(day)s") % {"day": day(plan.baseline_on)},
        ],
    )


def _order(key: Key, districts: list[int]) -> tuple:
    lines = catalogue()
    place = -1 if key.district is None else districts.index(key.district)
    line = lines.index(key.line) if key.line in lines else -1
    return place, line, key.metric, key.kind, key.year


def _row(key: Key, row, value: Value, names: dict, plan: Plan) -> list:
    district = names.get(key.district)
    return [
        district.code if district else "",
        str(district or plan.province),
        Metric(key.metric).label,
        key.line.kind_label,
        key.year or plan.baseline_on.year,
        _cell(key, value),
        row.note,
        row.source,
    ]


def _cell(key: Key, value: Value):
    """A number as a number; a range and a number out of another as they are typed."""
    if value.high is not None:
        return text_of(key, value)
    return int(value.low) if value.low == int(value.low) else float(value.low)


def read_rows(sheets: list[Sheet], plan: Plan, districts: list[District]) -> Found:
    """The rows under the headings of our own file, whichever sheets they stand in.

    What is no row is told. A sheet without the headings may hold anything else.
    """
    found = Found()
    tables = [(sheet, *_heading_row(sheet)) for sheet in sheets]
    tables = [table for table in tables if table[2]]
    for sheet, start, columns in tables:
        reader = _Reader(sheet, columns, plan, districts, found)
        for number in range(start + 1, len(sheet.rows)):
            if reader.has_target(number):
                reader.read(number)
    if not tables:
        names = ", ".join(str(HEADINGS[name]) for name in NEEDED)
        found.faults.append(_("No row has the headings %(names)s.") % {"names": names})
    elif not found.texts and not found.faults:
        found.faults.append(_("There is no row under the headings."))
    return found


def _heading_row(sheet: Sheet) -> tuple[int, dict[str, int]]:
    """The number of the first row with all needed headings, and each heading's column."""
    names = _spelled(HEADINGS.items())
    for number, row in enumerate(sheet.rows):
        columns = {}
        for column, cell in enumerate(row):
            if name := names.get(cell.text.casefold()):
                columns.setdefault(name, column)
        if columns.keys() >= set(NEEDED):
            return number, columns
    return 0, {}


def _spelled(named) -> dict[str, object]:
    """What each label stands for, in every language of the site."""
    found = {}
    for language in LANGUAGES:
        with translation.override(language):
            found |= {str(label).casefold(): name for name, label in named}
    return found


class _Reader:
    """The rows of one sheet, one after the other."""

    def __init__(self, sheet, columns, plan: Plan, districts: list[District], found: Found):
        self.sheet, self.columns, self.plan, self.found = sheet, columns, plan, found
        self.districts = {district.code: district for district in districts}
        self.metrics = _spelled([(metric.value, metric.label) for metric in Metric])
        self.kinds = _spelled(KINDS.items())

    def has_target(self, number: int) -> bool:
        """Is it a row of the table, rather than a blank one or a note below it?"""
        is_filled = any(self._text(number, name) for name in NEEDED)
        return is_filled or self._cell(number).kind in UNREAD

    def read(self, number: int):
        """Take a row; one that names no cell of the plan, or one named before, is told."""
        key, fault = self._key(number)
        if not fault and key in self.found.texts:
            fault = _("the same target stands in %(place)s already") % {
                "place": self.found.places[key]
            }
        if self._cell(number).kind in UNREAD:
            fault = _("the value is a formula without a result or an error of the spreadsheet")
        if fault:
            self.found.faults.append(
                _("Row %(number)s: %(fault)s.") % {"number": number + 1, "fault": fault}
            )
            return
        self.found.texts[key] = self._value(number)
        self.found.places[key] = address(number, self.columns["value"])

    def _text(self, number: int, name: str) -> str:
        column = self.columns.get(name)
        return "" if column is None else self.sheet.cell(number, column).text

    def _cell(self, number: int):
        return self.sheet.cell(number, self.columns["value"])

    def _value(self, number: int) -> str:
        """Numbers of a workbook have a decimal point that is no mark of thousands."""
        cell = self._cell(number)
        is_number = cell.kind in {CellKind.NUMBER, CellKind.PERCENT}
        return cell.text.replace(".", ",") if is_number else cell.text

    def _key(self, number: int) -> tuple[Key | None, str]:
        asked = {name: self._text(number, name) for name in ("district", "metric", "kind", "year")}
        metric = self.metrics.get(asked["metric"].casefold())
        kind = self.kinds.get(asked["kind"].casefold())
        district = self.districts.get(asked["district"])
        if metric is None:
            return None, _("“%(found)s” is no metric of a plan") % {"found": asked["metric"]}
        if kind is None:
            return None, _("“%(found)s” is no way to word a target") % {"found": asked["kind"]}
        if asked["district"] and district is None:
            return None, _("“%(found)s” is no district of the plan's years") % {
                "found": asked["district"]
            }
        return self._fitting(Line(metric, kind), asked["year"], district)

    def _fitting(self, line: Line, year: str, district) -> tuple[Key | None, str]:
        if line.kind == BASELINE:
            if district:
                return None, _("a baseline is the province's alone")
            return Key(*line, 0), ""
        if line not in lines_for(district):
            return None, _("no target of %(metric)s is worded as “%(kind)s” there") % {
                "metric": Metric(line.metric).label,
                "kind": line.kind_label,
            }
        if not year.isdecimal() or int(year) not in self.plan.years:
            return None, _("the year “%(found)s” is none of the plan's, %(first)s–%(last)s") % {
                "found": year,
                "first": self.plan.first_year,
                "last": self.plan.last_year,
            }
        return Key(*line, int(year), district and district.pk), ""

"""Rows of an uploaded table as published figures, new ones and changed ones."""

from collections.abc import Iterable
from decimal import Decimal

from django.utils.translation import gettext as _

from communes.models import District, Province
from communes.names import search_key
from ntm_tracker.web.columns import Found, Unreadable, choice_in, day_in, number_in, whole_in
from ntm_tracker.web.numbers import day
from ntm_tracker.web.taking_in import CHANGED, NEW, SAME, Line, Preview
from targets.models import PublishedFigure
from targets.publishing.forms import KINDS, RowForm
from targets.publishing.metrics import LABELS, name_of, shown

NEEDED = ["metric", "kind", "as_of", "value", "source"]
PRECISIONS = PublishedFigure._meta.get_field("precision").choices
# A row is about the figure with these; the rest of it is what the row may change.
KEY = ["metric", "kind", "as_of", "district_id", "place", "boundaries_on", "source"]
CHANGEABLE = ["precision", "value", "high", "base", "unit", "text", "note"]


def plan(province: Province, rows: Iterable[Found]) -> Preview:
    """What each row would do; two queries."""
    districts = list(District.objects.filter(province=province))
    stored = {}
    for figure in PublishedFigure.objects.filter(province=province):
        stored.setdefault(_key(figure), []).append(figure)
    seen = {}
    return Preview([_line(province, found, districts, stored, seen) for found in rows])


def _key(figure: PublishedFigure) -> tuple:
    return tuple(getattr(figure, name) for name in KEY)


def _line(province, found: Found, districts, stored: dict, seen: dict) -> Line:
    line = Line(found.number, found.cells["metric"])
    try:
        figure = _read(province, found.cells, districts)
    except Unreadable as fault:
        line.errors.append(str(fault))
        return line
    line.about = f"{name_of(figure.metric)}, {day(figure.as_of)}"
    line.row = figure
    _compare(line, figure, stored.get(_key(figure), []), found.cells)
    identity = line.row.pk or (*_key(figure), figure.value, figure.text)
    if identity in seen:
        line.errors.append(_("Row %(row)d is about the same.") % {"row": seen[identity]})
    seen.setdefault(identity, line.number)
    return line


def _compare(line: Line, figure: PublishedFigure, there: list[PublishedFigure], cells):
    """One source may give several figures of one thing; one that is alike is then meant."""
    given = [name for name in CHANGEABLE if name in cells]
    same = [old for old in there if all(getattr(old, n) == getattr(figure, n) for n in given)]
    if same:
        line.row, line.state = same[0], SAME
        return
    if len(there) != 1:
        line.state = NEW
        return
    [line.row] = there
    line.state = CHANGED
    for name in given:
        before, after = getattr(line.row, name), getattr(figure, name)
        if before != after:
            label = PublishedFigure._meta.get_field(name).verbose_name
            line.changes.append(f"{label}: {_said(before)} → {_said(after)}")
            setattr(line.row, name, after)


def _said(value) -> str:
    if isinstance(value, Decimal):
        return shown(value)
    return "–" if value in (None, "") else str(value)


def _read(province: Province, cells: dict, districts: list[District]) -> PublishedFigure:
    """A figure, not saved; raises Unreadable with what is wrong."""
    figure = PublishedFigure(province=province)
    precision = cells.get("precision", "")
    data = {
        name: cells[name] for name in ("unit", "text", "place", "source", "note") if name in cells
    }
    data |= {
        "metric": choice_in(cells["metric"], LABELS.items()),
        "kind": choice_in(cells["kind"], KINDS),
        "precision": choice_in(precision, PRECISIONS) if precision else "day",
        "as_of": day_in(cells["as_of"]),
        "boundaries_on": day_in(cells.get("boundaries_on", "")),
        "value": number_in(cells["value"]),
        "high": number_in(cells.get("high", "")),
        "base": whole_in(cells.get("base", "")),
    }
    form = RowForm(data, instance=figure)
    if not form.is_valid():
        faults = [
            f"{form.fields[name].label}: {text}" if name in form.fields else text
            for name, texts in form.errors.items()
            for text in texts
        ]
        raise Unreadable(" ".join(faults))
    if name := cells.get("district", ""):
        figure.district = _district(name, figure.as_of, districts)
    return figure


def _district(name: str, on, districts: list[District]) -> District:
    """The district of that name on a day; names come back after a merger."""
    key = search_key(name)
    named = [each for each in districts if key in (search_key(str(each)), search_key(each.name))]
    if not named:
        raise Unreadable(_("No district of the province is called “%(name)s”.") % {"name": name})
    of_day = [each for each in named if each.valid_from <= on <= (each.valid_to or on)]
    return (of_day or named)[-1]

"""Units and lines of a draft from an uploaded table: read whole, or refused with every fault."""

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.refusals import Refused
from communes.models import Commune, District
from communes.names import search_key
from communes.reference_files import BadFile, Fault, Link, Row, Table, read_row, repeated, unlike
from ntm_tracker.web.uploaded.sheets import BLANK, UNREAD, Cell, Kind, Sheet
from targets.boundaries.columns import LINES, UNITS, Columns
from targets.boundaries.forms import old_units
from targets.boundaries.models import BoundaryDraft, DraftPart, DraftUnit

ROWS_OF_TITLE = 20  # at most so many stand above the header
CODE_DIGITS = 5
YES_WORDS, NO_WORDS = {"yes", "có", "true", "1", "x"}, {"no", "không", "false", "0"}
CODES = {"code", "old_code", "new_code", "district"}
SHARES = {"share_people", "share_area"}
# Columns of reference files that may stand there too, and have to agree with the draft.
SAID_TOO = ("effective_on", "valid_from", "resolution")
NUMBERS = {"latitude", "longitude", "area_km2", "population"}


@dataclass(frozen=True)
class Found:
    """A sheet that was understood: its kind, the line of its header, and column by place."""

    sheet: Sheet
    columns: Columns
    header: int
    names: dict[int, str]

    def heading(self, name: str) -> str:
        """What the sheet calls a column."""
        place = next((place for place, of in self.names.items() if of == name), None)
        return name if place is None else self.sheet.cell(self.header, place).text

    def rows(self):
        """Line number, from 1 as spreadsheets count, and cells by column of each filled row."""
        for number in range(self.header + 1, len(self.sheet.rows)):
            cells = {name: self.sheet.cell(number, place) for place, name in self.names.items()}
            if any(cell.text for cell in cells.values()):
                yield number + 1, cells


def fill(draft: BoundaryDraft, sheets: list[Sheet]) -> tuple[int, int]:
    """Put what stands in the sheets in place of the draft's units, lines or both.

    How many units and lines were read. Raises BadFile or Refused midway, so it wants a
    transaction.
    """
    found = [understood for sheet in sheets if (understood := _understand(sheet))]
    units = [sheet for sheet in found if sheet.columns is UNITS]
    lines = [sheet for sheet in found if sheet.columns is LINES]
    if not found:
        raise Refused(_not_understood())
    if len(units) > 1 or len(lines) > 1:
        raise Refused(_("The file holds two sheets of the same kind. Leave one of each."))
    made = _fill_units(draft, units[0]) if units else 0
    return made, _fill_lines(draft, lines[0]) if lines else 0


def _not_understood() -> str:
    needed = {
        "lines": ", ".join(str(LINES.headings[name]) for name in LINES.needed),
        "units": ", ".join(str(UNITS.headings[name]) for name in UNITS.needed),
    }
    return (
        _(
            "No sheet has the columns of lines (%(lines)s) or of new units (%(units)s). "
            "Take the table of this draft as a pattern."
        )
        % needed
    )


def _understand(sheet: Sheet) -> Found | None:
    for columns in (LINES, UNITS):
        known = columns.by_heading() | dict(zip(SAID_TOO, SAID_TOO, strict=True))
        for number, row in enumerate(sheet.rows[:ROWS_OF_TITLE]):
            words = [" ".join(cell.text.split()).casefold() for cell in row]
            names = {place: known[word] for place, word in enumerate(words) if word in known}
            if set(columns.needed) <= set(names.values()):
                return Found(sheet, columns, number, names)
    return None


def _read(found: Found, table: Table, draft: BoundaryDraft) -> list:
    kinds = found.columns.kind_of()
    rows, faults = [], []
    for line, cells in found.rows():
        texts = {name: _text(name, cells.get(name, BLANK), kinds) for name in table.header}
        texts["source"] = texts["source"] or draft.resolution
        row = read_row(table, list(texts), line, list(texts.values()))
        faults += _unread(line, cells) or row.faults or _contradictions(row, cells, draft)
        rows.append(row)
    faults = faults or list(repeated(table, rows))
    if faults:
        raise BadFile(found.sheet.name, [_as_headed(fault, found) for fault in faults])
    return [row.obj for row in rows]


def _as_headed(fault: Fault, found: Found) -> Fault:
    """The fault with the column as the sheet calls it."""
    return fault._replace(column=found.heading(fault.column)) if fault.column else fault


def _text(name: str, cell: Cell, kinds: dict[str, str]) -> str:
    """A cell as reference files have it: codes with their zeros, shares from 0 to 1."""
    text, word = cell.text, cell.text.casefold()
    if name in CODES and cell.kind is Kind.NUMBER:
        return text.zfill(CODE_DIGITS)
    if name == "kind":
        return kinds.get(word, text)
    if name == "is_border":
        return _truth(word)
    if name in SHARES | NUMBERS:
        return _number(text, is_share=name in SHARES)
    return text


def _truth(word: str) -> str:
    return "yes" if word in YES_WORDS else "no" if word in NO_WORDS else word


def _number(text: str, *, is_share: bool) -> str:
    plain = text.replace(",", ".")
    if not is_share or not plain.endswith("%"):
        return plain
    try:
        return f"{Decimal(plain[:-1].strip()) / 100:f}"
    except InvalidOperation:
        return text


def _unread(line: int, cells: dict[str, Cell]) -> list[Fault]:
    reason = _("the cell holds an error or a formula without a result; type what it should say.")
    return [Fault(line, name, reason) for name, cell in cells.items() if cell.kind in UNREAD]


def _contradictions(row: Row, cells: dict[str, Cell], draft: BoundaryDraft) -> list[Fault]:
    """What the row says besides, against the draft or against itself."""
    expected = {"effective_on": draft.effective_on, "valid_from": draft.effective_on}
    expected = {name: str(value) for name, value in expected.items()}
    expected["resolution"] = draft.resolution
    if isinstance(row.obj, DraftPart):
        expected |= _of_line(row.obj)
    elif not row.obj.code.isdecimal():
        return [unlike(row.line, "code", row.obj.code, _("digits only, for example 06040"))]
    said = {name: _said(name, cells[name]) for name in expected if name in cells}
    return [
        unlike(row.line, name, text, expected[name])
        for name, text in said.items()
        if text and text != expected[name]
    ]


def _of_line(part: DraftPart) -> dict[str, str]:
    """What follows from what happens to the unit, where the sheet says it too."""
    follows = {"is_whole": "yes" if part.is_whole else "no"}
    return follows | dict.fromkeys(SHARES, "1") if part.is_whole else follows


def _said(name: str, cell: Cell) -> str:
    if name in SHARES:
        text = _number(cell.text, is_share=True)
        return "1" if text and Decimal(text) == 1 else text
    return _truth(cell.text.casefold()) if name == "is_whole" else cell.text


def _units_table(draft: BoundaryDraft) -> Table:
    districts = District.objects.filter(province=draft.province_id).in_force(draft.effective_on)
    known = {key: district for district in districts for key in _keys(district)}
    district = Link(
        field="district",
        columns=("district",),
        find=lambda cells: known.get(search_key(cells["district"])),
        expected=_("the name or code of a district in force on the first day"),
        is_required=False,
    )
    return _table(UNITS, DraftUnit, ("code",), {"district"}, (district,))


def _lines_table(draft: BoundaryDraft) -> Table:
    before = {unit.code: unit for unit in old_units(draft)}
    new = {unit.code: unit for unit in draft.units.all()}

    def old_of(cells):
        return _named(before.get(cells["old_code"]), cells["old_name"])

    def target_of(cells):
        code, name = cells["new_code"], cells["new_name"]
        return _named(new.get(code), name) or _named(before.get(code), name)

    old = Link(
        field="old",
        columns=("old_code", "old_name"),
        find=old_of,
        expected=_("code and name of a unit in force on the day before"),
    )
    target = Link(
        field="target",
        columns=("new_code", "new_name"),
        find=target_of,
        expected=_("code and name of a new unit of this draft, or of one that lives on"),
    )
    linked = {"old_code", "old_name", "new_code", "new_name", "is_whole"}
    return _table(LINES, DraftPart, ("old", "unit", "into"), linked, (old, target))


def _table(columns: Columns, model, key, linked: set, links) -> Table:
    return Table(
        file="",
        model=model,
        key=key,
        columns=tuple(name for name in columns.headings if name not in linked),
        links=links,
    )


def _keys(unit: Commune | District | DraftUnit) -> set[str]:
    keys = {unit.code, search_key(unit.name)}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            keys.add(search_key(str(unit)))
    return keys


def _named(unit, name: str):
    """The unit if it bears the name, with its kind before it or without."""
    return unit if unit and search_key(name) in _keys(unit) - {unit.code} else None


def _fill_units(draft: BoundaryDraft, found: Found) -> int:
    """Units whose code was there already keep their row, and so the lines that lead to it."""
    units = _read(found, _units_table(draft), draft)
    there = dict(draft.units.values_list("code", "pk"))
    for unit in units:
        unit.draft, unit.pk = draft, there.get(unit.code)
    draft.units.exclude(code__in=[unit.code for unit in units]).delete()
    DraftUnit.objects.bulk_update([unit for unit in units if unit.pk], list(UNITS.headings))
    DraftUnit.objects.bulk_create([unit for unit in units if not unit.pk])
    return len(units)


def _fill_lines(draft: BoundaryDraft, found: Found) -> int:
    parts = _read(found, _lines_table(draft), draft)
    for part in parts:
        part.draft = draft
        if part.is_whole:
            part.share_people = part.share_area = 1
    draft.parts.all().delete()
    DraftPart.objects.bulk_create(parts)
    return len(parts)

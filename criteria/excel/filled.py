"""A template that came back: which cells differ from what it held when it was made."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from django.utils.translation import gettext as _

from accounts.refusals import Refused
from criteria.cells import DASH
from criteria.excel import places
from criteria.excel.places import KEPT, Kept, Part, What
from criteria.models import Proposal
from ntm_tracker.web.uploaded.sheets import UNREAD, Cell, Kind, Sheet, address


@dataclass
class Filled:
    """What a template asks for; `faults` are the sentences about cells that cannot be read."""

    part: Part
    proposals: list[Proposal] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


class Memory(NamedTuple):
    part: Part
    kept: dict[tuple[int, str], Kept]


class Typed(NamedTuple):
    """A cell that was typed into: its text, and where it stands."""

    text: str
    sheet: str
    row: int
    column: int


def read_filled(sheets: list[Sheet], tell: Callable[[int, int], None]) -> Filled:
    """What differs in the sheets of a template; tells how many of them are done.

    A cell as it was asks for nothing, whatever was entered on the site meanwhile. Raises Refused
    where the workbook is none of our templates.
    """
    memory = _memory(sheets)
    filled = Filled(memory.part)
    asked: dict[tuple[int, str], dict[bool, Typed]] = {}
    ours = [sheet for sheet in sheets if sheet.cell(0, 0).text == places.MARK]
    for number, sheet in enumerate(ours, start=1):
        for what, typed in _inputs(sheet, filled.faults):
            _ask(asked, memory, what, typed, filled.faults)
        filled.faults += _strays(sheet)
        tell(number, len(ours))
    filled.proposals = [_proposal(memory, key, parts) for key, parts in asked.items()]
    return filled


def place(sheet: str, row: int, column: int | None = None) -> str:
    """Where something stands, in words."""
    if column is None:
        return _("Sheet “%(sheet)s”, row %(row)d") % {"sheet": sheet, "row": row + 1}
    return _("Sheet “%(sheet)s”, cell %(cell)s") % {"sheet": sheet, "cell": address(row, column)}


def _memory(sheets: list[Sheet]) -> Memory:
    sheet = next((sheet for sheet in sheets if sheet.name == places.MEMORY), None)
    rows = [[cell.text for cell in row] for row in sheet.rows] if sheet else [[]]
    part = places.part_of(rows[0] if rows else [])
    if part is None:
        raise Refused(
            _(
                "This workbook was not made by “Download the template”, or its hidden sheet was "
                "deleted. Download a new template and copy your values into it."
            )
        )
    codes = rows[1] if len(rows) > 1 else []
    kept = {}
    for row in rows[places.FIRST_MEMORY_ROW :]:
        what = places.what(row[0], f"{places.of_line('-')} {places.FINDING}") if row else None
        if what:
            padded = row + [""] * (len(codes) - len(row))
            for code, text in zip(codes[1:], padded[1:], strict=False):
                kept[what.assessment, code] = places.kept_in(text)
    return Memory(part, kept)


def _inputs(sheet: Sheet, faults: list[str]) -> Iterator[tuple[What, Typed]]:
    """The cells that may be typed into, blank ones too."""
    columns = [(number, cell.text) for number, cell in enumerate(sheet.rows[0]) if cell.text]
    for number in range(1, len(sheet.rows)):
        row_says = sheet.cell(number, 0).text
        for column, column_says in columns[1:] if row_says else ():
            if what := places.what(row_says, column_says):
                cell = sheet.cell(number, column)
                if cell.kind in UNREAD:
                    faults.append(_why_unread(sheet, number, column))
                else:
                    yield what, Typed(_text(cell), sheet.name, number, column)


def _why_unread(sheet: Sheet, row: int, column: int) -> str:
    return _(
        "%(place)s: the formula there gives an error or no result. Type the value itself."
    ) % {"place": place(sheet.name, row, column)}


def _text(cell: Cell) -> str:
    """The text of a cell as officers type it; the dot of a number is no separator of groups."""
    if cell.kind in {Kind.NUMBER, Kind.PERCENT}:
        return cell.text.replace(".", ",")
    return cell.text


def _ask(asked, memory: Memory, what: What, typed: Typed, faults: list[str]):
    """Take down what was typed, unless the cell is as it was."""
    key = (what.assessment, what.code)
    kept = memory.kept.get(key)
    if kept is None:
        if typed.text:
            where = place(typed.sheet, typed.row, typed.column)
            faults.append(_("%(place)s is about nothing in this template.") % {"place": where})
    elif typed.text != (kept.note if what.is_note else kept.text):
        parts = asked.setdefault(key, {})
        if what.is_note in parts:
            where = place(typed.sheet, typed.row, typed.column)
            faults.append(_("%(place)s: this cell is given twice.") % {"place": where})
        else:
            parts[what.is_note] = typed


def _proposal(memory: Memory, key, parts: dict[bool, Typed]) -> Proposal:
    finding, note = parts.get(False), parts.get(True)
    at = finding or note
    return Proposal(
        *key,
        text=(finding.text or DASH) if finding else "",
        note=note.text if note else None,
        version=memory.kept.get(key, KEPT).version,
        sheet=at.sheet,
        row=at.row,
        column=at.column,
    )


def _strays(sheet: Sheet) -> Iterator[str]:
    """Rows that somebody wrote below those of the template."""
    keyed = [number for number in range(len(sheet.rows)) if sheet.cell(number, 0).text]
    for number in range(keyed[-1] + 1, len(sheet.rows)):
        if any(cell.text for cell in sheet.rows[number]):
            yield _("%(place)s is no row of this template and is not read.") % {
                "place": place(sheet.name, number)
            }

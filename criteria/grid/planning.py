"""What a pasted block would change, cell by cell; nothing is written here."""

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import gettext as _

from accounts.refusals import Refused
from criteria import blocks, wording
from criteria.blocks import Piece, Shape
from criteria.cells import KEPT, Dots, read_cell
from criteria.checks import fault_in
from criteria.grid.reading import Found, Grid, Row, finding_text
from criteria.readings import Unreadable, Why
from criteria.rules import Verdict
from criteria.scoring import Change
from criteria.sheets import Line

MOST_CELLS = 30_000
# By the key of an assessment and the code of a line: the version that somebody has seen.
Seen = dict[tuple[int, str], int]


@dataclass(frozen=True)
class Block:
    """A text with tabs, and where it begins if it has no headings: the key of a row, a code.

    `shown` are the rows it runs down; `dots` answers what "1.234" means, by code of the line.
    """

    text: str
    shown: list[Row]
    first_commune: str = ""
    first_line: str = ""
    dots: dict[str, Dots] = field(default_factory=dict)


@dataclass(slots=True)
class Cell:
    """A cell that the block speaks of: what was there, and the change or why there is none.

    `key` is that of `Seen`.
    """

    key: tuple[int, str]
    row: Row
    line: Line
    typed: str
    was: Found
    change: Change | None = None
    refusal: str = ""
    is_stale: bool = False

    @property
    def new_text(self) -> str:
        return finding_text(self.change.value, self.change.verdict)

    @property
    def old_text(self) -> str:
        return finding_text(self.was.value, self.was.verdict)


@dataclass
class Plan:
    """All that a block would do. `strays` counts cells by the sentence that refuses them."""

    shape: Shape
    cells: list[Cell] = field(default_factory=list)
    strays: Counter = field(default_factory=Counter)
    questions: dict[str, list[tuple[Cell, tuple[str, str]]]] = field(
        default_factory=lambda: defaultdict(list)
    )

    @property
    def changing(self) -> list[Cell]:
        return [cell for cell in self.cells if cell.change]

    @property
    def changes(self) -> list[Change]:
        return [cell.change for cell in self.changing]

    @property
    def stale(self) -> list[Cell]:
        """Changes of what is not as it was seen."""
        return [cell for cell in self.changing if cell.is_stale]

    @property
    def refusals(self) -> Counter:
        """Cells by the sentence that refuses them."""
        return self.strays + Counter(cell.refusal for cell in self.cells if cell.refusal)

    @property
    def refused(self) -> int:
        return self.refusals.total()

    @property
    def unchanged(self) -> int:
        return len(self.cells) - len(self.changing) - sum(bool(c.refusal) for c in self.cells)

    @property
    def versions(self) -> Seen:
        return {cell.key: cell.was.version for cell in self.changing}


def make_plan(grid: Grid, block: Block, seen: Seen | None = None) -> Plan:
    """Lay a block over the grid. Raises Refused where it is too large to be meant.

    With `seen`, a change of what was not seen in its present version is marked stale.
    """
    rows = blocks.split(block.text)
    if sum(map(len, rows)) > MOST_CELLS:
        raise Refused(
            _("The block has more than %(count)d cells. Paste it in parts.")
            % {"count": MOST_CELLS}
        )
    units = _units(grid)
    codes = [line.code for line in grid.columns]
    plan = Plan(blocks.shape_of(rows, lambda text: blocks.name_key(text) in units, codes))
    unit_at = _cached(_unit_finder(rows, plan.shape, block, units))
    code_at = _cached(_code_finder(rows, plan.shape, block, codes))
    met = set()
    for piece in blocks.pieces(rows, plan.shape):
        row, refusal = unit_at(piece.row)
        code, code_refusal = code_at(piece.column)
        if row and code:
            plan.cells.append(_cell(plan, row, code, piece, block, met))
        elif refusal := refusal or code_refusal:
            plan.strays[refusal] += 1
    if seen is not None:
        for cell in plan.changing:
            cell.is_stale = seen.get(cell.key) != cell.was.version
    return plan


def _cell(plan: Plan, row: Row, code: str, piece: Piece, block: Block, met: set) -> Cell:
    line = row.lines[code]
    cell = Cell((row.assessment.pk, code), row, line, piece.text, row.found(line))
    try:
        if cell.key in met:
            raise Refused(_("%(code)s: the block names this cell twice.") % {"code": code})
        met.add(cell.key)
        change = _change(cell, block.dots.get(code))
    except Unreadable as error:
        if error.why is Why.EITHER:
            plan.questions[code].append((cell, error.choices))
        cell.refusal = _where(row, wording.why_unreadable_cell(error, piece.text, line))
    except Refused as error:
        cell.refusal = _where(row, str(error))
    else:
        if not change.is_like(cell.was):
            cell.refusal = row.shut
            cell.change = None if row.shut else change
    return cell


def _change(cell: Cell, dots: Dots | None) -> Change:
    """The finding that a text makes of a cell; what it does not say stays."""
    row, line, was = cell.row, cell.line, cell.was
    said = read_cell(cell.typed, line.indicator.unit if line.indicator else "", dots)
    value = was.value if said.value is KEPT else said.value
    verdict = was.verdict if said.verdict is KEPT else said.verdict
    if said.verdict is KEPT and verdict == Verdict.NOT_APPLICABLE and value is not None:
        verdict = None
    change = Change(row.assessment, line, value, verdict, note=was.note, version=was.version)
    _refuse_impossible(line, change.value, cell.typed)
    if said.verdict in {Verdict.MET, Verdict.NOT_MET} and change.verdict != said.verdict:
        raise Refused(wording.why_number_decides(cell.typed, line))
    return change


def _refuse_impossible(line: Line, value: Decimal | None, typed: str):
    if value is not None and not line.is_measured:
        raise Refused(wording.why_no_verdict(typed, line))
    if fault := fault_in(value, line.kind):
        raise Refused(wording.why_impossible(fault, value, line))


def _where(row: Row, sentence: str) -> str:
    return f"{row.commune}, {sentence}"


def _units(grid: Grid) -> dict[str, list[Row]]:
    """The rows by all they may be called: code, name, name and district."""
    found = defaultdict(list)
    for row in (row for row in grid.rows if row.reports):
        code = row.commune.code
        # Spreadsheets drop the zeros before a number.
        names = {code, code.lstrip("0"), row.commune.name}
        if row.district:
            names.add(f"{row.commune.name} {row.district.name}")
        for name in names:
            found[blocks.name_key(name)].append(row)
    return dict(found)


Finder = Callable[[int], tuple[Row | str | None, str]]


def _cached(find: Finder) -> Finder:
    known = {}

    def at(number):
        if number not in known:
            known[number] = find(number)
        return known[number]

    return at


def _unit_finder(rows, shape: Shape, block: Block, units) -> Finder:
    """Which row of the grid a row of the block is about, or why it is about none."""
    if shape.names is None:
        start = _index(block.shown, lambda row: row.key == block.first_commune)
        return lambda number: _run(
            block.shown, start + number, _("The block reaches below the last commune.")
        )

    def find(number):
        name = blocks.name(rows, shape, number)
        key = blocks.name_key(name)
        fitting = units.get(key, [])
        shown = [row for row in fitting if row in block.shown]
        if len(shown or fitting) == 1:
            return (shown or fitting)[0], ""
        # A heading such as "Xã", or a line between the communes.
        return None, _unknown_unit(name, fitting) if key else ""

    return find


def _unknown_unit(name: str, fitting: list[Row]) -> str:
    if not fitting:
        return _("“%(name)s” is no commune of your area in this period and set.") % {"name": name}
    places = ", ".join(f"{row.commune.code} ({row.district or '–'})" for row in fitting)
    return _("“%(name)s” is the name of several communes: %(places)s. Write the code instead.") % {
        "name": name,
        "places": places,
    }


def _code_finder(rows, shape: Shape, block: Block, codes: list[str]) -> Finder:
    """Which line a column of the block is about, or why it is about none."""
    if shape.codes is None:
        start = _index(codes, lambda code: code == block.first_line)
        return lambda number: _run(
            codes, start + number, _("The block reaches beyond the last indicator.")
        )

    def find(number):
        heading = blocks.heading(rows, shape, number)
        code = blocks.code_in(heading)
        if code in codes:
            return code, ""
        return None, _("“%(heading)s” is no indicator of this set.") % {"heading": heading}

    return find


def _index(items, is_wanted) -> int:
    return next((number for number, item in enumerate(items) if is_wanted(item)), 0)


def _run(items, number: int, beyond: str):
    return (items[number], "") if number < len(items) else (None, beyond)

"""What a pasted block would change, cell by cell; nothing is written here."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from accounts.refusals import Refused
from criteria import blocks
from criteria.blocks import Shape
from criteria.cells import Dots
from criteria.grid.reading import Grid, Row
from criteria.planned import Plan, Seen

MOST_CELLS = 30_000


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


@dataclass(kw_only=True)
class BlockPlan(Plan):
    """All that a block would do, and how it was understood."""

    shape: Shape


def make_plan(grid: Grid, block: Block, seen: Seen | None = None) -> BlockPlan:
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
    shape = blocks.shape_of(rows, lambda text: blocks.name_key(text) in units, codes)
    plan = BlockPlan(shape=shape)
    unit_at = _cached(_unit_finder(rows, shape, block, units))
    code_at = _cached(_code_finder(rows, shape, block, codes))
    for piece in blocks.pieces(rows, shape):
        row, refusal = unit_at(piece.row)
        code, code_refusal = code_at(piece.column)
        if row and code:
            plan.add(row, code, piece.text, dots=block.dots.get(code))
        elif refusal := refusal or code_refusal:
            plan.strays[refusal] += 1
    if seen is not None:
        plan.mark_stale(seen)
    return plan


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

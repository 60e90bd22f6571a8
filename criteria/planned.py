"""From texts in cells to changes of scores, or why there is none; nothing is written here.

One way for the grid, for workbooks and for whatever else brings a text for a line.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import gettext as _

from accounts.refusals import Refused
from criteria import wording
from criteria.cells import KEPT, Dots, Keep, Said, read_cell
from criteria.checks import fault_in
from criteria.grid.reading import Found, Row, finding_text
from criteria.readings import Unreadable, Why
from criteria.rules import Verdict
from criteria.scoring import Change
from criteria.sheets import Line
from criteria.typed import read_text_of

# The key of an assessment and the code of a line.
Key = tuple[int, str]
# The version that somebody has seen.
Seen = dict[Key, int]


@dataclass(slots=True)
class Cell:
    """A cell that was typed: what was there, and the change or why there is none.

    `where` leads a refusal: the commune, or the place in a file; its words are made when asked
    for. A blank text keeps the finding, as `KEPT` keeps the note.
    """

    key: Key
    row: Row
    line: Line
    typed: str
    note: str | Keep
    where: object
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
    """All that would be done. `strays` counts cells by the sentence that refuses them."""

    cells: list[Cell] = field(default_factory=list)
    strays: Counter = field(default_factory=Counter)
    questions: dict[str, list[tuple[Cell, tuple[str, str]]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    met: set[Key] = field(default_factory=set)

    def add(
        self,
        row: Row,
        code: str,
        typed: str,
        *,
        note: str | Keep = KEPT,
        where: object = None,
        dots: Dots | None = None,
    ) -> Cell:
        """Work out what a text makes of a cell; `dots` answers what "1.234" means."""
        line = row.lines[code]
        key = (row.assessment.pk, code)
        cell = Cell(key, row, line, typed, note, where or row.commune, row.found(line))
        self.cells.append(cell)
        try:
            self._refuse_second(cell)
            change = _change(cell, dots)
        except Unreadable as error:
            if error.why is Why.EITHER:
                self.questions[code].append((cell, error.choices))
            cell.refusal = _sentence(cell, wording.why_unreadable_cell(error, typed, line))
        except Refused as error:
            cell.refusal = _sentence(cell, str(error))
        else:
            if not change.is_like(cell.was):
                cell.refusal = row.shut
                cell.change = None if row.shut else change
        return cell

    def _refuse_second(self, cell: Cell):
        if cell.key in self.met:
            raise Refused(_("%(code)s: this cell is given twice.") % {"code": cell.line.code})
        self.met.add(cell.key)

    def mark_stale(self, seen: Seen):
        """Mark the changes of what was not seen in its present version."""
        for cell in self.changing:
            cell.is_stale = seen.get(cell.key) != cell.was.version

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


def _change(cell: Cell, dots: Dots | None) -> Change:
    unit = cell.line.indicator.unit if cell.line.indicator else ""
    said = read_cell(cell.typed, unit, dots) if cell.typed.strip() else Said()
    return change_of(cell.row, cell.line, said, cell.note, typed=cell.typed)


def change_of(row: Row, line: Line, said: Said, note: str | Keep, *, typed: str) -> Change:
    """The finding that something said makes of a line; what it does not say stays.

    `typed` is how it was said, for the sentence of a refusal. Raises Refused.
    """
    was = row.found(line)
    value = was.value if said.value is KEPT else said.value
    verdict = was.verdict if said.verdict is KEPT else said.verdict
    if said.verdict is KEPT and verdict == Verdict.NOT_APPLICABLE and value is not None:
        verdict = None
    note = was.note if note is KEPT else read_text_of(line.code, note)
    change = Change(row.assessment, line, value, verdict, note=note, version=was.version)
    _refuse_impossible(line, change.value, typed)
    if said.verdict in {Verdict.MET, Verdict.NOT_MET} and change.verdict != said.verdict:
        raise Refused(wording.why_number_decides(typed, line))
    return change


def _refuse_impossible(line: Line, value: Decimal | None, typed: str):
    if value is not None and not line.is_measured:
        raise Refused(wording.why_no_verdict(typed, line))
    if fault := fault_in(value, line.kind):
        raise Refused(wording.why_impossible(fault, value, line))


def _sentence(cell: Cell, sentence: str) -> str:
    return f"{cell.where}, {sentence}"

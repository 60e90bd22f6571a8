"""What a workbook of scores remembers about itself, out of sight.

Each sheet to be filled in has a hidden first row and first column: what they say together of a
cell is what it is about, wherever its row was moved to. A sheet that Excel offers nobody to show
keeps which template it is, and what each cell held when it was made.
"""

from dataclasses import dataclass
from typing import NamedTuple

FORMAT = "ntm-tracker-scores-1"
MEMORY = "_ntm"
MARK = "#ntm"
# Where the memory says which period and set it is of; its cells follow below.
FIRST_MEMORY_ROW = 2
SEPARATOR = "|"


class What(NamedTuple):
    """What an input is about: a line's finding, or the note on it."""

    assessment: int
    code: str
    is_note: bool


class Kept(NamedTuple):
    """What a line held when the template was made."""

    version: int = 0
    text: str = ""
    note: str = ""

    @property
    def as_text(self) -> str:
        return SEPARATOR.join([str(self.version), self.text, self.note]) if self != KEPT else ""


KEPT = Kept()


@dataclass(frozen=True)
class Part:
    """The period and set that a template is of, by their codes."""

    province: str
    period: str
    criteria_set: str

    @property
    def cells(self) -> list[str]:
        return [FORMAT, self.province, self.period, self.criteria_set]


def part_of(cells: list[str]) -> Part | None:
    """The part that the first row of a memory names; None if it is none of ours."""
    if len(cells) < 4 or cells[0] != FORMAT:
        return None
    return Part(*cells[1:4])


def of_assessment(pk: int) -> str:
    return f"a{pk}"


def of_line(code: str) -> str:
    return f"l{code}"


FINDING, NOTE = "f", "n"


def what(row_says: str, column_says: str) -> What | None:
    """What the hidden row and column together say of a cell; None where it is no input."""
    said = {word[0]: word[1:] for word in f"{row_says} {column_says}".split()}
    pk, code = said.get("a", ""), said.get("l", "")
    if not (pk.isascii() and pk.isdigit() and code) or not said.keys() & {FINDING, NOTE}:
        return None
    return What(int(pk), code, NOTE in said)


def kept_in(text: str) -> Kept:
    """What a cell of the memory says."""
    version, _bar, rest = text.partition(SEPARATOR)
    shown, _bar, note = rest.partition(SEPARATOR)
    return Kept(int(version), shown, note) if version.isascii() and version.isdigit() else KEPT

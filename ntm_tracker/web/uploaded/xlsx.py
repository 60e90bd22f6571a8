"""Workbooks of Excel: values by calamine, and by a look into the XML what calamine leaves out.

That look comes first. It measures the sheets before anything is set aside for them, and finds
errors, formulas without a result, percentages and merged cells.
"""

import io
import posixpath
import re
from dataclasses import dataclass, field

from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from ntm_tracker.web.uploaded import limits
from ntm_tracker.web.uploaded.faults import Fault, Unfit
from ntm_tracker.web.uploaded.sheets import Area, Cell, Kind, Place, Sheet, trimmed
from ntm_tracker.web.uploaded.values import marked_rows
from ntm_tracker.web.uploaded.xml import parse
from ntm_tracker.web.uploaded.zipped import Package

REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
WORKBOOK = "xl/workbook.xml"
PERCENT_FORMATS = {"9", "10"}


@dataclass
class Look:
    """What the XML of a sheet tells besides its values; as a handler of expat."""

    percent_styles: set[int]
    marks: dict[Place, Cell] = field(default_factory=dict)
    percents: set[Place] = field(default_factory=set)
    merged: list[Area] = field(default_factory=list)
    rows: int = 0
    columns: int = 0
    cells: int = 0
    _at: Place = (-1, -1)
    _given: dict = field(default_factory=dict)
    _has_formula: bool = False
    _has_value: bool = False
    _value: str | None = None

    def start(self, name: str, given: dict) -> None:
        if name == "c":
            self._at = _place(given["r"]) if "r" in given else (self._at[0], self._at[1] + 1)
            self._given, self._value = given, None
            self._has_formula = self._has_value = False
        elif name == "row":
            self._at = (int(given["r"]) - 1 if "r" in given else self._at[0] + 1, -1)
        elif name == "v":
            self._value, self._has_value = "", True
        elif name == "f":
            self._has_formula = True
        elif name == "is":
            self._has_value = True
        elif name == "mergeCell":
            self._merge(given.get("ref", ""))

    def text(self, data: str) -> None:
        if self._value is not None:
            self._value += data

    def end(self, name: str) -> None:
        if name == "c":
            self._close_cell()

    def _close_cell(self) -> None:
        kind = self._given.get("t")
        if not (self._has_formula or self._has_value):
            return
        self.cells += 1
        self.rows = max(self.rows, self._at[0] + 1)
        self.columns = max(self.columns, self._at[1] + 1)
        limits.refuse_too_much(self.rows, self.columns, self.cells)
        if kind == "e":
            self.marks[self._at] = Cell(self._value or "", Kind.ERROR)
        elif self._has_formula and not self._value and not (kind == "str" and self._has_value):
            self.marks[self._at] = Cell("", Kind.UNSTORED)
        elif kind in (None, "n") and int(self._given.get("s", 0)) in self.percent_styles:
            self.percents.add(self._at)

    def _merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        self.merged.append((*_place(first), *_place(last or first)))
        if len(self.merged) > limits.CELLS:
            raise Unfit(Fault.TOO_MUCH)


@dataclass
class Styles:
    """The styles of a workbook that show a percentage, by their numbers; as a handler of expat."""

    percents: set[int] = field(default_factory=set)
    _formats: set[str] = field(default_factory=lambda: set(PERCENT_FORMATS))
    _is_inside: bool = False
    _count: int = 0

    def start(self, name: str, given: dict) -> None:
        if name == "numFmt" and "%" in given.get("formatCode", ""):
            self._formats.add(given.get("numFmtId"))
        elif name == "cellXfs":
            self._is_inside = True
        elif name == "xf" and self._is_inside:
            if given.get("numFmtId") in self._formats:
                self.percents.add(self._count)
            self._count += 1

    def end(self, name: str) -> None:
        if name == "cellXfs":
            self._is_inside = False


def read(content: bytes, package: Package) -> list[Sheet]:
    """The sheets of a workbook, hidden ones too."""
    percent_styles = _percent_styles(package)
    looks = {name: _look(package, path, percent_styles) for name, path in _paths(package).items()}
    if sum(look.cells for look in looks.values()) > limits.CELLS:
        raise Unfit(Fault.TOO_MUCH)
    sheets = []
    with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
        for about in book.sheets_metadata:
            if about.typ is SheetTypeEnum.MacroSheet:
                raise Unfit(Fault.MACROS)
            if about.typ is SheetTypeEnum.WorkSheet:
                values = book.get_sheet_by_name(about.name).to_python(skip_empty_area=False)
                sheet = _sheet(about.name, values, looks[about.name])
                sheet.is_hidden = about.visible is not SheetVisibleEnum.Visible
                sheets.append(sheet)
    return sheets


def _sheet(name: str, values: list[list], look: Look) -> Sheet:
    rows = marked_rows(values, look.marks, look.percents)
    return Sheet(name, trimmed(rows), look.merged)


def _look(package: Package, path: str, percent_styles: set[int]) -> Look:
    look = Look(percent_styles)
    parse(package.pieces(path), look.start, look.end, look.text)
    return look


def _paths(package: Package) -> dict[str, str]:
    """Where the sheets of a workbook lie in its package, by their names."""
    targets, sheets = {}, {}

    def relation(name, given):
        if name == "Relationship" and given.get("Type", "").endswith("/worksheet"):
            targets[given.get("Id")] = posixpath.normpath(
                posixpath.join("/xl", given.get("Target", ""))
            ).lstrip("/")

    def sheet(name, given):
        if name == "sheet":
            identity = next((v for k, v in given.items() if k.endswith(":id")), None)
            if identity in targets:
                sheets[given.get("name", "")] = targets[identity]

    parse(package.pieces("xl/_rels/workbook.xml.rels"), relation)
    parse(package.pieces(WORKBOOK), sheet)
    if len(sheets) > limits.SHEETS:
        raise Unfit(Fault.TOO_MUCH)
    return sheets


def _percent_styles(package: Package) -> set[int]:
    """The numbers of the styles that show a value as a percentage."""
    styles = Styles()
    if "xl/styles.xml" in package:
        parse(package.pieces("xl/styles.xml"), styles.start, styles.end)
    return styles.percents


def _place(reference: str) -> Place:
    found = REFERENCE.fullmatch(reference)
    if found is None:
        raise Unfit(Fault.DAMAGED)
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found[2]) - 1, column - 1

"""What the rows of a summary sheet are about: communes below their districts, totals, the rest."""

import re
from collections import Counter
from dataclasses import dataclass, field, replace

from criteria.summary.known import LIST_MARK, Known, Unit, unit_key
from criteria.summary.roles import Corrections, Row, RowKind, Why
from criteria.summary.words import fold
from ntm_tracker.web.uploaded.sheets import Sheet

ROMAN = re.compile(r"([IVXLC]+|[ABCDE])[.):]?")
ROMAN_BEFORE = re.compile(r"[IVXLC]+\s*[.):/-]\s*\S")
DISTRICT_KIND = re.compile(r"(?:huyện|thành phố|thị xã|tp|tx)\b")
COMMUNE_KIND = re.compile(r"(?:xã|phường|thị trấn|tt|x|p)\b")
TOTAL = re.compile(
    r"(?:tổng|tổng cộng|tổng số|cộng|toàn (?:tỉnh|huyện|thành phố|vùng)|bình quân|trung bình)"
    r"(?:\W.*)?|(?:toàn tỉnh|tổng số|cộng|tổng) .*|tỉnh \w.*|tỷ lệ.*|tỉ lệ.*|số xã .*"
)


@dataclass(frozen=True)
class Label:
    """What names a row: its order ("IV", "12"), its name, its district where a column says it."""

    order: str
    name: str
    district: str = ""

    @property
    def text(self) -> str:
        return self.name or self.order


@dataclass
class Labels:
    """Tells what each row is about, from the top; a heading of a district holds until the next."""

    known: Known
    said: Corrections
    district: str = ""
    _met: Counter = field(default_factory=Counter, init=False)

    def row(self, number: int, label: Label, *, has_more: bool) -> Row:
        """The role of a row; `has_more` tells whether anything stands beside its label."""
        if label.district:
            self.district = self.known.district_called(label.district)
        key = self._key(label)
        row = Row(number, label.text, key, RowKind.UNKNOWN, district=self.district)
        if not label.text:
            return replace(row, why=Why.NO_NAME) if has_more else replace(row, kind=RowKind.BLANK)
        if said := self.said.get(key):
            return self._corrected(row, said)
        return self._understood(row, label, has_more=has_more)

    def _key(self, label: Label) -> str:
        key = f"r:{fold(self.district)}|{unit_key(label.text)}"
        self._met[key] += 1
        return f"{key} #{self._met[key]}" if self._met[key] > 1 else key

    def _understood(self, row: Row, label: Label, *, has_more: bool) -> Row:
        units = self.known.units_called(label.text)
        called_district = self.known.district_called(label.text)
        is_heading = bool(ROMAN.fullmatch(label.order) or ROMAN_BEFORE.match(label.text))
        name = fold(LIST_MARK.sub("", label.text))
        is_commune = bool(COMMUNE_KIND.match(name)) or label.order.rstrip(".)").isdigit()
        if not units and not called_district and TOTAL.fullmatch(name):
            return replace(row, kind=RowKind.TOTAL)
        if is_heading or DISTRICT_KIND.match(name):
            return self._heading(row, called_district)
        is_below_its_own = any(u.district == self.district == called_district for u in units)
        if called_district and not is_commune and not is_below_its_own:
            if units and has_more:
                return replace(row, why=Why.DISTRICT_OR_COMMUNE)
            return self._heading(row, called_district)
        return self._unit(row, units)

    def _heading(self, row: Row, district: str) -> Row:
        """A row that begins a district, which may not be one of the province."""
        self.district = district
        if not district:
            return replace(row, why=Why.NO_SUCH_DISTRICT, district="")
        return replace(row, kind=RowKind.DISTRICT, district=district)

    def _unit(self, row: Row, units: list[Unit]) -> Row:
        if not units:
            return replace(row, why=Why.NO_SUCH_UNIT)
        inside = [u for u in units if not self.district or u.district == self.district]
        if not inside:
            return replace(row, why=Why.OTHER_DISTRICT)
        if len(inside) > 1:
            return replace(row, why=Why.SEVERAL_UNITS)
        return replace(row, kind=RowKind.UNIT, unit=inside[0].key)

    def _corrected(self, row: Row, said: str) -> Row:
        kind, _, what = said.partition(":")
        if kind == RowKind.DISTRICT:
            return self._heading(row, self.known.district_called(what))
        if kind == RowKind.UNIT:
            coded = [u for u in self.known.units.values() if u.code == what]
            if not coded:
                return replace(row, why=Why.NO_SUCH_UNIT)
            return replace(row, kind=RowKind.UNIT, unit=coded[0].key)
        return replace(row, kind=RowKind(kind))


def first_of_body(sheet: Sheet, names: int, known: Known) -> int:
    """The first row below the headings: of a commune, or of the totals and district above it."""
    rows = range(len(sheet.rows))
    first = next(n for n in rows if known.units_called(sheet.cell(n, names).text))
    while first and _may_lead(label_of(sheet, first - 1, names), known):
        first -= 1
    return first


def label_of(sheet: Sheet, number: int, names: int, district: int | None = None) -> Label:
    """The label of a row; merged over the first columns it stands before the names."""
    name = sheet.cell(number, names).text
    is_of_district = district is not None and bool(name)
    before = [
        sheet.cell(number, column).text
        for column in range(names)
        if not (is_of_district and column == district)
    ]
    order = " ".join(filter(None, before))
    return Label(order, name, sheet.cell(number, district).text if is_of_district else "")


def each_once(rows: list[Row]) -> list[Row]:
    """Rows of the same commune are not understood, as only one can be meant."""
    often = Counter(row.unit for row in rows if row.kind is RowKind.UNIT)
    return [
        replace(row, kind=RowKind.UNKNOWN, unit=None, why=Why.UNIT_TWICE)
        if row.kind is RowKind.UNIT and often[row.unit] > 1
        else row
        for row in rows
    ]


def _may_lead(label: Label, known: Known) -> bool:
    """May a row above the first commune be of its district or a total?"""
    if not label.text:
        return False
    name = fold(LIST_MARK.sub("", label.text))
    return bool(
        known.district_called(label.text)
        or TOTAL.fullmatch(name)
        or (label.name and ROMAN.fullmatch(label.order) and len(label.name.split()) > 1)
        or ROMAN_BEFORE.match(label.text)
    )

"""A criteria set read from an uploaded table, in the columns of `criteria.set_table`."""

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.translation import gettext as _

from communes.models import AreaGroup
from criteria import set_table
from criteria.models import Criterion, Indicator
from ntm_tracker.web.uploaded.sheets import UNREAD, Cell, Kind, Sheet, address

LANGUAGES = ("vi", "en")
LONGEST_WORDS = 250
Kinds, Directions = Indicator.Kind, Indicator.Direction
NEEDED = (
    set_table.NUMBER,
    set_table.CRITERION,
    set_table.CODE,
    set_table.INDICATOR,
    set_table.KIND,
)


@dataclass(frozen=True)
class Mistake:
    """What is wrong in a file, and where: a row or cell as the spreadsheet names it."""

    place: str
    text: str


@dataclass
class SetContent:
    """What a file holds: criteria by number, each with its indicators, as plain values.

    `left_out` are rows that hold no criterion, such as notes below the table.
    """

    criteria: dict[int, dict] = field(default_factory=dict)
    mistakes: list[Mistake] = field(default_factory=list)
    left_out: list[Mistake] = field(default_factory=list)

    @property
    def indicators(self) -> list[dict]:
        return [row for criterion in self.criteria.values() for row in criterion["indicators"]]

    @property
    def thresholds(self) -> int:
        return sum(len(row["thresholds"]) for row in self.indicators)


def read_set(sheets: list[Sheet], groups: list[AreaGroup]) -> SetContent:
    """The set in the first sheet with a header of ours; mistakes say what could not be read."""
    for sheet in sheets:
        for number, row in enumerate(sheet.rows):
            columns = _columns(row, groups)
            if set_table.NUMBER in columns:
                return _Reader(sheet, number, columns).read()
    sentence = _(
        "No header row was found. Download a set as a file and fill that in; its first column "
        "is “%(name)s”."
    )
    words = {"name": set_table.COLUMNS[set_table.NUMBER]}
    return SetContent(mistakes=[Mistake("", sentence % words)])


def _columns(row: list[Cell], groups: list[AreaGroup]) -> dict:
    """Where each column stands, by the header in either language; thresholds by their group."""
    known = {}
    for language in LANGUAGES:
        with translation.override(language):
            known |= {_plain(str(name)): key for key, name in set_table.COLUMNS.items()}
            known |= {
                _plain(set_table.THRESHOLD % {"group": group.name}): group.pk for group in groups
            }
    found = {}
    for place, cell in enumerate(row):
        key = known.get(_plain(cell.text))
        if key is not None:
            found.setdefault(key, place)
    return found


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def _named(labels: Callable[[], dict]) -> dict[str, str]:
    """What each label means, in either language."""
    found = {}
    for language in LANGUAGES:
        with translation.override(language):
            found |= {_plain(str(label)): value for value, label in labels().items()}
    return found


class _Reader:
    """Reads the rows below a header."""

    def __init__(self, sheet: Sheet, header: int, columns: dict):
        self.sheet, self.header, self.columns = sheet, header, columns
        self.found = SetContent()
        self.codes = set()
        self.kinds = _named(lambda: dict(Kinds.choices))
        self.directions = _named(lambda: dict(Directions.choices))
        self.answers = _named(lambda: {True: _("yes"), False: _("no")}) | {"": False, "x": True}

    def read(self) -> SetContent:
        for key in NEEDED:
            if key not in self.columns:
                self.mistake(
                    self.header,
                    None,
                    _("The column “%(name)s” is missing.") % {"name": set_table.COLUMNS[key]},
                )
        if not self.found.mistakes:
            for row in range(self.header + 1, len(self.sheet.rows)):
                self.read_row(row)
            if not self.found.criteria:
                self.mistake(self.header, None, _("There is no criterion below the header."))
        return self.found

    def mistake(self, row: int, key, text: str):
        place = self.columns.get(key)
        where = str(row + 1) if place is None else address(row, place)
        self.found.mistakes.append(Mistake(where, text))

    def text(self, row: int, key) -> str:
        return self.cell(row, key).text if key in self.columns else ""

    def cell(self, row: int, key) -> Cell:
        cell = self.sheet.cell(row, self.columns[key])
        if cell.kind in UNREAD:
            self.mistake(row, key, _("The cell holds an error, or a formula without a result."))
        return cell

    def read_row(self, row: int):
        filled = [cell for cell in self.sheet.rows[row] if cell.kind is not Kind.BLANK]
        if not filled:
            return
        number = _whole(self.text(row, set_table.NUMBER))
        if number is None and len(filled) == 1:
            self.found.left_out.append(Mistake(str(row + 1), filled[0].text))
        elif number is None:
            self.mistake(row, set_table.NUMBER, _("Give the criterion's number, from 1 on."))
        else:
            criterion = self.criterion(row, number)
            if any(self.text(row, key) for key in (set_table.CODE, set_table.INDICATOR)):
                self.indicator(row, criterion)

    def criterion(self, row: int, number: int) -> dict:
        said = {
            "name": self.text(row, set_table.CRITERION),
            "name_en": self.text(row, set_table.CRITERION_EN),
            "group": self.text(row, set_table.GROUP),
        }
        known = self.found.criteria.get(number)
        if known is None:
            self.check(row, Criterion(number=number, **said), ["criteria_set"], CRITERION_COLUMNS)
            known = self.found.criteria[number] = said | {"indicators": []}
        elif said["name"] and said["name"] != known["name"]:
            self.mistake(
                row,
                set_table.CRITERION,
                _("Criterion %(number)s is called “%(name)s” further up.")
                % {"number": number, "name": known["name"]},
            )
        return known

    def indicator(self, row: int, criterion: dict):
        kind = self.choice(row, set_table.KIND, self.kinds)
        is_judged = kind == Kinds.VERDICT
        direction = "" if is_judged else self.choice(row, set_table.DIRECTION, self.directions)
        said = {
            "code": self.text(row, set_table.CODE),
            "name": self.text(row, set_table.INDICATOR),
            "name_en": self.text(row, set_table.INDICATOR_EN),
            "kind": kind,
            "unit": self.text(row, set_table.UNIT),
            "direction": direction,
            "is_delegated": self.choice(row, set_table.DELEGATED, self.answers),
            "note": self.text(row, set_table.NOTE),
            "position": len(criterion["indicators"]) + 1,
        }
        if said["code"] in self.codes:
            self.mistake(
                row,
                set_table.CODE,
                _("Indicator %(code)s stands further up already.") % {"code": said["code"]},
            )
        self.codes.add(said["code"])
        if None not in said.values():
            self.check(row, Indicator(**said), ["criterion"], INDICATOR_COLUMNS)
        thresholds = {
            key: found
            for key in self.columns
            if isinstance(key, int) and (found := self.threshold(row, key, kind))
        }
        criterion["indicators"].append(said | {"thresholds": thresholds})

    def choice(self, row: int, key, known: dict):
        """What the words of a cell stand for; None, and a mistake, where they are none of ours."""
        text = self.text(row, key)
        if _plain(text) in known:
            return known[_plain(text)]
        words = [word for word in known if word]
        self.mistake(
            row,
            key,
            _("“%(found)s” is not understood; write one of: %(known)s.")
            % {"found": text, "known": ", ".join(dict.fromkeys(words))},
        )
        return None

    def threshold(self, row: int, key: int, kind: str | None) -> list | None:
        """A number and words, one of them; None for a blank cell."""
        text = self.cell(row, key).text
        if not text:
            return None
        value = None if kind == Kinds.VERDICT else _number(text)
        if value is None:
            if len(text) > LONGEST_WORDS:
                self.mistake(row, key, _("The words of a threshold are too long."))
            return [None, text]
        if value < 0 or (kind == Kinds.PERCENT and value > 100):
            self.mistake(row, key, _("A percentage lies between 0 and 100; no number is below 0."))
        return [str(value), ""]

    def check(self, row: int, line, without: list[str], columns: dict):
        """Add what the fields of a criterion or an indicator do not take."""
        try:
            line.clean_fields(exclude=[*without, "source"])
        except ValidationError as error:
            for name, sentences in error.message_dict.items():
                self.mistake(row, columns.get(name), " ".join(sentences))


CRITERION_COLUMNS = {
    "number": set_table.NUMBER,
    "name": set_table.CRITERION,
    "name_en": set_table.CRITERION_EN,
    "group": set_table.GROUP,
}
INDICATOR_COLUMNS = {
    "code": set_table.CODE,
    "name": set_table.INDICATOR,
    "name_en": set_table.INDICATOR_EN,
    "unit": set_table.UNIT,
    "note": set_table.NOTE,
}


def _whole(text: str) -> int | None:
    text = text.strip().rstrip(".")
    is_number = text.isascii() and text.isdigit() and len(text) <= 3
    return int(text) or None if is_number else None


def _number(text: str) -> Decimal | None:
    """A number as officers type it, "14,5" or "80 %"; None for words."""
    plain = text.removesuffix("%").strip().replace(",", ".")
    if plain.count(".") > 1 or not plain.removeprefix("-").replace(".", "").isdigit():
        return None
    try:
        value = Decimal(plain)
    except InvalidOperation:
        return None
    return value if abs(value) < 10**10 else None

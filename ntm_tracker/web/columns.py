"""Rows of an uploaded table, by the headings of their columns, and the values in their cells."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from ntm_tracker.web.tables import FORMULA_STARTS
from ntm_tracker.web.uploaded.sheets import UNREAD, Sheet, address

MOST_ROWS = 2000
NUMBER = re.compile(r"-?[0-9]{1,15}([.,][0-9]{1,15})?")
DAYS_AS = ["%Y-%m-%d", "%d/%m/%Y"]


class Unreadable(Exception):
    """A table, or a cell of it, that is not understood. Its text says what is expected."""


@dataclass(frozen=True)
class Found:
    """A row with its number in the sheet, counted from 1, and the text under each heading."""

    number: int
    cells: Mapping[str, str]


def rows_of(
    sheets: list[Sheet], headings: Mapping[str, str], needed: Iterable[str]
) -> list[Found]:
    """The rows below the headings, up to the first empty one.

    `headings` maps names to headings, which may stand in any order and any language of the
    site; columns that are not in it are passed over. Those in `needed` must be there.
    """
    known = _known(headings)
    for sheet in sheets:
        for number, row in enumerate(sheet.rows):
            places = {
                known[key]: n for n, cell in enumerate(row) if (key := _key(cell.text)) in known
            }
            if set(needed) <= set(places):
                return _below(sheet, number + 1, places)
    wanted = ", ".join(f"“{headings[name]}”" for name in needed)
    raise Unreadable(_("No row has the headings %(wanted)s.") % {"wanted": wanted})


def _known(headings: Mapping[str, str]) -> dict[str, str]:
    known = {}
    for language, _name in settings.LANGUAGES:
        with override(language):
            known |= {_key(str(heading)): name for name, heading in headings.items()}
    return known


def _key(text: str) -> str:
    return " ".join(text.split()).casefold()


def _below(sheet: Sheet, first: int, places: dict[str, int]) -> list[Found]:
    found = []
    for number, row in enumerate(sheet.rows[first:], start=first):
        if not any(cell.text for cell in row):
            _refuse_rows_after(sheet, number)
            break
        for column in places.values():
            if sheet.cell(number, column).kind in UNREAD:
                words = {"cell": address(number, column)}
                raise Unreadable(
                    _("Cell %(cell)s holds an error, or a formula without a result.") % words
                )
        cells = {name: _bare(sheet.cell(number, column).text) for name, column in places.items()}
        found.append(Found(number + 1, cells))
    if len(found) > MOST_ROWS:
        words = {"found": len(found), "most": MOST_ROWS}
        raise Unreadable(_("The table has %(found)d rows; at most %(most)d are taken.") % words)
    if not found:
        raise Unreadable(_("There is no row below the headings."))
    return found


def _refuse_rows_after(sheet: Sheet, empty: int):
    """Below an empty row only notes may stand, a cell each; rows there would be dropped."""
    for number, row in enumerate(sheet.rows[empty:], start=empty):
        if sum(bool(cell.text) for cell in row) > 1:
            words = {"empty": empty + 1, "row": number + 1}
            raise Unreadable(
                _("Row %(empty)d is empty, and row %(row)d follows. Delete the empty row.") % words
            )


def _bare(text: str) -> str:
    """A text without the apostrophe that files of ours put before what looks like a formula."""
    return text[1:] if text[:1] == "'" and text[1:].startswith(FORMULA_STARTS) else text


def day_in(text: str) -> date | None:
    if not text:
        return None
    for form in DAYS_AS:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007
        except ValueError:
            continue
    raise Unreadable(
        _("“%(found)s” is no day; expected is one like 31/12/2025.") % {"found": text}
    )


def number_in(text: str) -> Decimal | None:
    """A number with a comma or a dot before its decimals, and no marks between thousands."""
    if not text:
        return None
    if not NUMBER.fullmatch(text):
        raise Unreadable(
            _("“%(found)s” is no number; expected is one like 12,7 or 1234.") % {"found": text}
        )
    return Decimal(text.replace(",", "."))


def whole_in(text: str) -> int | None:
    number = number_in(text)
    if number is not None and number != int(number):
        raise Unreadable(_("“%(found)s” is no whole number.") % {"found": text})
    return None if number is None else int(number)


def choice_in(text: str, choices: Iterable[tuple[str, str]]) -> str:
    """The value whose name in any language of the site stands there."""
    choices = list(choices)
    for language, _name in settings.LANGUAGES:
        with override(language):
            for value, name in choices:
                if _key(str(name)) == _key(text):
                    return value
    names = ", ".join(f"“{name}”" for _value, name in choices)
    raise Unreadable(_("“%(found)s” is none of %(names)s.") % {"found": text, "names": names})

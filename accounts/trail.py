"""What was done to a row that keeps history, field by field."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from itertools import pairwise

from django.db.models import Field, Model, QuerySet
from django.utils.translation import gettext as _

from communes.reasons import reason_of
from ntm_tracker.web.numbers import day, number


@dataclass(frozen=True)
class Change:
    """`parts` are (field, before, after) in words; `about` names the row, `via` how it came."""

    at: datetime
    by: object
    what: str
    parts: Sequence[tuple[str, str, str]]
    reason: str
    about: str = ""
    via: str = ""


@dataclass(frozen=True)
class Told:
    """How a field is told where its own name and value do not do: `says(row)` is its value."""

    label: str
    says: Callable[[Model], str]


Fields = Mapping[str, Told | None]


def changes_in(history: QuerySet, fields: Fields, *, about: Callable = str) -> list[Change]:
    """The changes in some history rows, newest first; two queries.

    What stood before comes from the older rows of the same objects.
    """
    rows = list(history.select_related("history_user"))
    older = history.model.objects.filter(id__in={row.id for row in rows})
    older = older.order_by("id", "-history_date", "-history_id")
    before = {later.pk: earlier for later, earlier in pairwise(older) if later.id == earlier.id}
    changes = (_change(row, before.get(row.pk), fields, about) for row in rows)
    return [change for change in changes if change.parts or change.what != _("Changed")]


def _change(row, older, fields: Fields, about: Callable) -> Change:
    what = {"+": _("Entered"), "~": _("Changed"), "-": _("Removed")}[row.history_type]
    return Change(
        at=row.history_date,
        by=row.history_user,
        what=what,
        parts=list(_parts(row, older, fields)) if row.history_type == "~" else [],
        reason=reason_of(row),
        about=about(row),
        via=getattr(row, "came_from", ""),
    )


def _parts(row, older, fields: Fields) -> Iterable[tuple[str, str, str]]:
    for name, told in fields.items():
        field = row._meta.get_field(name)
        if older is None or getattr(older, field.attname) == getattr(row, field.attname):
            continue
        told = told or Told(str(field.verbose_name), partial(_said, field=field))
        yield str(told.label), told.says(older) or "–", told.says(row) or "–"


def _said(row: Model, field: Field) -> str:
    value = getattr(row, field.attname)
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, date):
        return day(value)
    if field.choices:
        return str(getattr(row, f"get_{field.name}_display")())
    if field.get_internal_type() == "DecimalField":
        places = max(0, -value.normalize().as_tuple().exponent)
        return number(value, places)
    return str(value)

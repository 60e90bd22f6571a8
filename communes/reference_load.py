"""Writing reference tables: adds and changes rows, each with its history, and removes none."""

from pathlib import Path
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from communes.reference_files import BadFile, Fault, Row, Table, read_table

CHANGE_REASON = "load_reference"
ROWS_AT_ONCE = 500


class Outcome(NamedTuple):
    """How many rows of a file were added, changed, already right, or kept as edited here."""

    file: str
    added: int
    changed: int
    left: int
    kept: int

    @property
    def is_change(self):
        return bool(self.added or self.changed)


def load_table(folder: Path, table: Table) -> Outcome:
    """Bring the rows of one table in step with its file.

    A row that somebody edited since it was loaded is kept as it is, one that somebody took
    away stays away.
    """
    rows = read_table(folder, table)
    existing = _existing(table)
    taken_away = _taken_away(table)
    added, differing, gone = [], {}, 0
    for row in rows:
        old = existing.get(table.key_of(row.obj))
        if old is None and table.key_of(row.obj) in taken_away:
            gone += 1
        elif old is None:
            added.append(row)
        elif table.values_of(old) != table.values_of(row.obj):
            differing[old.pk] = row, old
    edited = _edited_here(table.model, differing)
    changed = [_onto(table, *pair) for pk, pair in differing.items() if pk not in edited]
    _write(table, changed, added)
    left = len(rows) - len(added) - len(differing) - gone
    return Outcome(table.file, len(added), len(changed), left, len(edited) + gone)


def _existing(table):
    rows = table.model._default_manager.all() if table.existing is None else table.existing
    return {table.key_of(obj): obj for obj in rows.order_by("-pk")}


def _edited_here(model, pks) -> set:
    """Of some rows, those whose last change was not made by loading reference data."""
    history = getattr(model, "history", None)
    if history is None or not pks:
        return set()
    changes = history.filter(id__in=list(pks)).order_by("history_date", "history_id")
    last_reason = dict(changes.values_list("id", "history_change_reason"))
    return {pk for pk, reason in last_reason.items() if reason != CHANGE_REASON}


def _taken_away(table) -> set:
    """The keys of rows that a person deleted; commands that clean up are nobody."""
    history = getattr(table.model, "history", None)
    if history is None:
        return set()
    deleted = history.filter(history_type="-", history_user__isnull=False)
    return {table.key_of(row.instance) for row in deleted}


def _onto(table, row, old) -> Row:
    """The row with what it says set on the stored object, whose other fields stay."""
    for name, value in table.values_of(row.obj).items():
        setattr(old, name, value)
    return Row(row.line, old)


def _write(table, changed, added):
    """Changes first: a unit must end before the next one takes over its code."""
    if table.prepare:
        for row in [*changed, *added]:
            table.prepare(row.obj)
    try:
        with transaction.atomic():
            _update(table, [row.obj for row in changed])
            _create(table, [row.obj for row in added])
    except IntegrityError as error:
        raise BadFile(table.file, list(_blame(table, [*changed, *added], error))) from error


def _update(table, objs):
    model, fields = table.model, [*table.fields, *table.derived]
    if hasattr(model, "history"):
        bulk_update_with_history(
            objs,
            model,
            fields,
            batch_size=ROWS_AT_ONCE,
            default_change_reason=CHANGE_REASON,
            manager=model._default_manager,
        )
    else:
        model._default_manager.bulk_update(objs, fields, batch_size=ROWS_AT_ONCE)


def _create(table, objs):
    model = table.model
    if hasattr(model, "history"):
        bulk_create_with_history(
            objs, model, batch_size=ROWS_AT_ONCE, default_change_reason=CHANGE_REASON
        )
    else:
        model._default_manager.bulk_create(objs, batch_size=ROWS_AT_ONCE)


def _blame(table, rows, error):
    """Which rows break a constraint of the database; else what the database said."""
    blamed = False
    for row in rows:
        for constraint in table.model._meta.constraints:
            if not isinstance(constraint, models.CheckConstraint):
                continue
            try:
                constraint.validate(table.model, row.obj)
            except ValidationError as broken:
                blamed = True
                yield Fault(row.line, "", " ".join(broken.messages))
    if not blamed:
        yield Fault(0, "", _("the database refuses it: %(error)s") % {"error": error})

"""Many rows into a table in few statements.

An object for each row, as `bulk_create` asks for, takes three times as long; that counts where
a pasted block writes 20,000 rows while somebody waits.
"""

from collections.abc import Sequence
from itertools import chain

from django.db import connection
from django.db.models import Model

BATCH = 5000


def insert(model: type[Model], columns: Sequence[str], rows: Sequence[tuple]):
    """Insert the rows; values as the database takes them, defaults not filled in."""
    with connection.cursor() as cursor:
        for batch in _batches(columns, rows):
            cursor.execute(_statement(model, columns, len(batch)), list(chain(*batch)))


def upsert(
    model: type[Model], columns: Sequence[str], rows: Sequence[tuple], *, unique: Sequence[str]
) -> list[int]:
    """Insert the rows, or update those that are there by `unique`; their primary keys in order."""
    names = [_quoted(column) for column in columns if column not in unique]
    ending = (
        f" ON CONFLICT ({', '.join(map(_quoted, unique))})"
        f" DO UPDATE SET {', '.join(f'{name} = EXCLUDED.{name}' for name in names)}"
        f" RETURNING {_quoted(model._meta.pk.column)}"
    )
    found = []
    with connection.cursor() as cursor:
        for batch in _batches(columns, rows):
            cursor.execute(_statement(model, columns, len(batch)) + ending, list(chain(*batch)))
            found += [pk for (pk,) in cursor.fetchall()]
    return found


def _batches(columns: Sequence[str], rows: Sequence[tuple]):
    size = (connection.features.max_query_params or BATCH * len(columns)) // len(columns)
    return (rows[start : start + size] for start in range(0, len(rows), size))


def _statement(model: type[Model], columns: Sequence[str], count: int) -> str:
    one = f"({', '.join(['%s'] * len(columns))})"
    return (
        f"INSERT INTO {_quoted(model._meta.db_table)} ({', '.join(map(_quoted, columns))})"
        f" VALUES {', '.join([one] * count)}"
    )


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)

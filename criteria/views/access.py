"""What a page may show or change of an assessment; somebody else's is a 404."""

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from criteria.models import Assessment


def locked_or_404(assessments: QuerySet, pk: int) -> Assessment:
    """An assessment for a write, locked to the end of the transaction; one query.

    On PostgreSQL the row is locked; on SQLite a transaction lets in no other writer anyway.
    """
    rows = assessments.with_names().select_for_update(of=["self"])
    return get_object_or_404(rows, pk=pk)

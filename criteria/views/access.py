"""What a page may show or change of an assessment; somebody else's is a 404."""

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from criteria.models import Assessment


def locked_or_404(assessments: QuerySet, pk: int) -> Assessment:
    """An assessment for a write, locked to the end of the transaction; one query.

    On PostgreSQL the row is locked; on SQLite a transaction lets in no other writer anyway.
    """
    return get_object_or_404(locked(assessments), pk=pk)


def locked_or_refused(user, allowed: QuerySet, pk: int) -> Assessment:
    """As `locked_or_404`; one of the user's own area that is not among the `allowed` is a 403."""
    found = locked(allowed).filter(pk=pk).first()
    if found is None:
        get_object_or_404(Assessment.objects.followed_by(user), pk=pk)
        raise PermissionDenied
    return found


def locked(assessments: QuerySet) -> QuerySet:
    return assessments.with_names().select_for_update(of=["self"])

"""What a page may show or change of an assessment; somebody else's is a 404."""

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from criteria.models import Assessment
from criteria.sheets import Line, layout_of


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


def line_or_404(assessment: Assessment, code: str) -> Line:
    """The line of an assessment (read `with_names`) that an address names."""
    line = layout_of(assessment).line(assessment.commune, code)
    if line is None:
        raise Http404
    return line

"""What a page may show or change of an assessment; somebody else's is a 404."""

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from criteria.models import Assessment
from criteria.sheets import Line, layout_of


def locked_or_404(assessments: QuerySet, pk: int) -> Assessment:
    """An assessment for a write, locked to the end of the transaction; one query.

    On PostgreSQL the row is locked; on SQLite a transaction lets in no other writer anyway.
    """
    rows = assessments.with_names().select_for_update(of=["self"])
    return get_object_or_404(rows, pk=pk)


def line_or_404(assessment: Assessment, code: str) -> Line:
    """The line of an assessment (read `with_names`) that an address names."""
    line = layout_of(assessment).line(assessment.commune, code)
    if line is None:
        raise Http404
    return line

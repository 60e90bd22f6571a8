"""The form of one assessment."""

from django.shortcuts import get_object_or_404, render

from criteria.entry import read_entry
from criteria.models import Assessment


def assessment_page(request, pk):
    """Every line of the assessment, to be filled in or read."""
    assessment = get_object_or_404(
        Assessment.objects.followed_by(request.user).with_names(), pk=pk
    )
    context = {"entry": read_entry(assessment), "province": assessment.commune.province}
    return render(request, "criteria/assessment.html", context)

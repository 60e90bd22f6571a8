"""Assessments that begin when somebody asks for them."""

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from accounts.refusals import Refused
from communes.models import Commune
from criteria import opening
from criteria.models import Grade, ReportingPeriod


class StartForm(forms.Form):
    """Which assessment: its period and commune by primary key, and the grade."""

    period = forms.IntegerField()
    commune = forms.IntegerField()
    grade = forms.ChoiceField(choices=Grade)


@require_POST
def start_assessment(request):
    """Begin an assessment, or go to the one that is there."""
    form = StartForm(request.POST)
    if not form.is_valid():
        raise Http404
    asked = form.cleaned_data
    commune = get_object_or_404(Commune, pk=asked["commune"])
    period = get_object_or_404(
        ReportingPeriod.objects.entered_by(request.user, commune), pk=asked["period"]
    )
    try:
        assessment = opening.start(commune, period, Grade(asked["grade"]))
    except Refused as error:
        messages.error(request, str(error))
        return redirect("criteria:work")
    return redirect(assessment)

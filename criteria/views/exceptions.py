"""Exceptions to closed periods: granted and withdrawn."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.decorators import in_province
from accounts.forms.reason import ReasonForm
from accounts.refusals import Refused
from communes.scope import Action
from criteria import opening
from criteria.forms.periods import ExceptionForm
from criteria.models import PeriodException
from criteria.views.period import locked_period, render_period
from criteria.views.trails import below_period
from ntm_tracker.web.numbers import moment


@require_POST
@in_province(Action.DECIDE)
def grant_exception(request, province, year, quarter):
    """Let one unit write in a closed period."""
    try:
        with transaction.atomic():
            period = locked_period(province, year, quarter)
            form = ExceptionForm(request.POST, instance=PeriodException(period=period))
            if form.is_valid():
                opening.grant(form.instance, by=request.user)
    except Refused as error:
        messages.error(request, str(error))
    else:
        if form.errors:
            return render_period(request, province, year, quarter, granting=form)
        words = {"unit": form.instance.unit, "until": moment(form.instance.until)}
        messages.success(request, _("%(unit)s may write until %(until)s.") % words)
    return redirect(period)


@in_province(Action.DECIDE)
def withdraw_exception(request, province, pk):
    """Ask, saying what will happen; then end an exception before its time."""
    ours = PeriodException.objects.filter(period__province=province)
    named = ours.select_related("period__province", "commune", "district")
    exception = get_object_or_404(named, pk=pk)
    form = ReasonForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        context = {
            "province": province,
            "trail": below_period(exception.period),
            "period": exception.period,
            "exception": exception,
            "form": form,
        }
        return render(request, "criteria/withdrawing.html", context)
    try:
        with transaction.atomic():
            locked = ours.select_for_update(of=["self"]).get(pk=pk)
            opening.withdraw(locked, by=request.user, reason=form.cleaned_data["reason"])
    except Refused as error:
        messages.error(request, str(error))
    else:
        words = {"unit": exception.unit}
        messages.success(request, _("The exception for %(unit)s was withdrawn.") % words)
    return redirect(exception.period)

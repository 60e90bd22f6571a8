"""The reporting periods of a province: listed and added, with the limits for entered values."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.decorators import in_province
from communes.models import Province
from communes.scope import Action
from criteria import opening
from criteria.duties import counted
from criteria.forms.periods import LimitsForm, NewPeriodForm
from criteria.models import EntryLimits, ReportingPeriod
from criteria.views.trails import below_work


@in_province(Action.DECIDE)
def periods_page(request, province):
    return _render(request, province)


@require_POST
@in_province(Action.DECIDE)
@transaction.atomic
def add_period(request, province):
    _lock(province)
    form = NewPeriodForm(request.POST, instance=ReportingPeriod(province=province))
    if not form.is_valid():
        return _render(request, province, new=form)
    opening.save_recorded(form.instance, by=request.user)
    messages.success(request, _("%(period)s was added.") % {"period": form.instance})
    return redirect(form.instance)


@require_POST
@in_province(Action.DECIDE)
@transaction.atomic
def change_limits(request, province):
    _lock(province)
    form = LimitsForm(request.POST, instance=_limits_of(province))
    if not form.is_valid():
        return _render(request, province, limits=form)
    if form.has_changed():
        opening.save_recorded(form.instance, by=request.user)
    messages.success(request, _("The limits for entered values were saved."))
    return redirect("criteria:periods", province=province.code)


def _render(request, province, new=None, limits=None):
    """The list and its two forms, one of which may come back with what was typed."""
    context = {
        "province": province,
        "trail": below_work(),
        "periods": counted(province.periods).order_by("-year", "-quarter"),
        "new": new or NewPeriodForm(instance=opening.next_period(province)),
        "limits": limits or LimitsForm(instance=_limits_of(province)),
    }
    return render(request, "criteria/periods.html", context)


def _limits_of(province: Province) -> EntryLimits:
    found = EntryLimits.objects.filter(province=province).first()
    return found or EntryLimits(province=province)


def _lock(province: Province):
    """Of two who add the same at once, the second waits and sees what the first did."""
    Province.objects.select_for_update().get(pk=province.pk)

"""One reporting period: opened, changed, closed."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts.decorators import in_province
from accounts.forms.reason import ReasonForm
from accounts.refusals import Refused
from communes.models import Province
from communes.scope import Action
from criteria import opening
from criteria.duties import counted
from criteria.forms.periods import ExceptionForm, PeriodForm
from criteria.log.reading import read_page
from criteria.log.sources import Wanted
from criteria.models import PeriodException, ReportingPeriod
from criteria.views.trails import below_period, below_periods


def locked_period(province: Province, year: int, quarter: int) -> ReportingPeriod:
    """A period for a write, locked to the end of the transaction."""
    rows = ReportingPeriod.objects.select_related("province").select_for_update(of=["self"])
    return get_object_or_404(rows, province=province, year=year, quarter=quarter)


@in_province(Action.DECIDE)
def period_page(request, province, year, quarter):
    return render_period(request, province, year, quarter)


def render_period(request, province, year, quarter, *, settings=None, granting=None):
    """The page and its two forms, one of which may come back with what was typed."""
    period = get_object_or_404(counted(province.periods), year=year, quarter=quarter)
    wanted = Wanted(request.user.scope(Action.FOLLOW), province, period=period, kind="setting")
    events, _more = read_page(wanted)
    granted = period.exceptions.select_related("commune__district", "district", "granted_by")
    context = {
        "province": province,
        "trail": below_periods(province),
        "period": period,
        "missing": opening.without_assessment(period).count() if period.is_open else 0,
        "settings": settings or PeriodForm(instance=period),
        "granting": granting or ExceptionForm(instance=PeriodException(period=period)),
        "exceptions": granted,
        "events": events,
        "is_first": True,
    }
    return render(request, "criteria/period.html", context)


@require_POST
@in_province(Action.DECIDE)
def change_period(request, province, year, quarter):
    """Another due day, other steps."""
    try:
        with transaction.atomic():
            period = locked_period(province, year, quarter)
            form = PeriodForm(request.POST, instance=period)
            if form.is_valid():
                opening.change_period(period, by=request.user)
    except Refused as error:
        messages.error(request, str(error))
    else:
        if form.errors:
            return render_period(request, province, year, quarter, settings=form)
        messages.success(request, _("%(period)s was changed.") % {"period": period})
    return redirect(period)


@require_POST
@in_province(Action.DECIDE)
def open_period(request, province, year, quarter):
    def step(period):
        made = opening.open_period(period, by=request.user)
        return ngettext(
            "%(period)s is open; %(count)d assessment was begun.",
            "%(period)s is open; %(count)d assessments were begun.",
            made,
        ) % {"period": period, "count": made}

    return _take(request, province, year, quarter, step)


@require_POST
@in_province(Action.DECIDE)
def complete_period(request, province, year, quarter):
    def step(period):
        made = opening.complete_period(period, by=request.user)
        return ngettext(
            "%(count)d assessment was begun.", "%(count)d assessments were begun.", made
        ) % {"count": made}

    return _take(request, province, year, quarter, step)


@in_province(Action.DECIDE)
def close_period(request, province, year, quarter):
    """Ask, saying what will happen; then close."""

    def step(period, reason):
        opening.close_period(period, by=request.user, reason=reason)
        return _("%(period)s is closed.") % {"period": period}

    form = ReasonForm(request.POST or None, is_needed=False)
    return _asked_first(request, province, year, quarter, form, step, "criteria/closing.html")


@in_province(Action.DECIDE)
def reopen_period(request, province, year, quarter):
    """Ask, saying what will happen; then open again."""

    def step(period, reason):
        opening.reopen_period(period, by=request.user, reason=reason)
        return _("%(period)s is open again.") % {"period": period}

    form = ReasonForm(request.POST or None)
    return _asked_first(request, province, year, quarter, form, step, "criteria/reopening.html")


def _asked_first(request, province, year, quarter, form, step, template):
    """The page that asks, and the step once the answer is there."""
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        return _take(request, province, year, quarter, lambda period: step(period, reason))
    period = get_object_or_404(counted(province.periods), year=year, quarter=quarter)
    context = {
        "province": province,
        "trail": below_period(period),
        "period": period,
        "form": form,
    }
    return render(request, template, context)


def _take(request, province, year, quarter, step):
    """Take a step with the period locked, and say on its page what came of it."""
    try:
        with transaction.atomic():
            said = step(locked_period(province, year, quarter))
    except Refused as error:
        messages.error(request, str(error))
    else:
        messages.success(request, said)
    return redirect("criteria:period", province=province.code, year=year, quarter=quarter)

"""Steps of a plan's life: begun, copied, changed by a document, put in force, thrown away."""

from datetime import date

from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.decorators import in_province
from accounts.forms.reason import ReasonForm
from accounts.refusals import Refused
from communes.models import Province
from communes.scope import Action
from criteria.opening import save_recorded
from targets.models import Plan
from targets.plans import steps
from targets.plans.effect import effect_of
from targets.plans.forms import FactsForm, PlanForm, VersionForm
from targets.plans.shifts import shift_rows
from targets.plans.stored import Stored, locked
from targets.views.plan_editing import locked_plan
from targets.views.plans import below_plan, below_plans, plan_or_404


@in_province(Action.DECIDE)
def plan_add(request, province):
    """A plan from nothing, as a draft."""
    form = PlanForm(request.POST or None, instance=Plan(province=province))
    if form.is_valid():
        steps.begin(form.instance, by=request.user)
        return _begun(request, form.instance)
    return _show_form(request, province, form, below_plans(province), _("Add a plan"))


@in_province(Action.DECIDE)
def plan_copy(request, province, plan):
    """The same lines for other years, as a draft."""
    found = plan_or_404(province, plan)
    form = PlanForm(
        request.POST or None, instance=Plan(province=province), initial=_next_period(found)
    )
    if form.is_valid():
        steps.copy(found, form.instance, by=request.user)
        return _begun(request, form.instance)
    note = _(
        "New ones in a year or in the plan, means and counts per district go along, moved by the "
        "years between. Totals, shares and baselines stay behind: they follow from where the "
        "province will start."
    )
    title = _("Copy the plan to other years")
    return _show_form(request, province, form, below_plan(found), title, note)


@in_province(Action.DECIDE)
def plan_version(request, province, plan):
    """What another document changes, begun as a draft with everything as it is."""
    found = plan_or_404(province, plan)
    version = Plan(province=province, name=found.name)
    form = VersionForm(request.POST or None, instance=version, plan=found)
    try:
        steps.refuse_unless_last(found)
        if form.is_valid():
            with transaction.atomic():
                steps.supersede(locked_plan(province, plan), version, by=request.user)
            return _begun(request, version)
    except Refused as error:
        messages.error(request, str(error))
        return redirect(found)
    note = _(
        "The version begins as a draft with all targets as they are. Once in force, dashboards of "
        "its day and later judge by it; those of earlier days keep the version before."
    )
    title = _("Change the plan by a document")
    return _show_form(request, province, form, below_plan(found), title, note)


@in_province(Action.DECIDE)
@transaction.atomic
def plan_change(request, province, plan):
    """Put name, document and baseline day right."""
    try:
        found = locked_plan(province, plan)
    except Refused as error:
        messages.error(request, str(error))
        return redirect("plan", province=province.code, plan=plan)
    form = FactsForm(request.POST or None, instance=found)
    if form.is_valid():
        if form.has_changed():
            save_recorded(found, by=request.user)
            if not found.is_draft:
                Province.objects.filter(pk=province.pk).raise_data_version()
        messages.success(request, _("%(plan)s was changed.") % {"plan": found})
        return redirect(found)
    return _show_form(request, province, form, below_plan(found), _("Name and document"))


@in_province(Action.DECIDE)
def plan_adopt(request, province, plan):
    """Show what the draft would do to the cards and ask; then put it in force."""

    def step(found, reason):
        steps.put_in_force(found, by=request.user, reason=reason)
        return _("%(plan)s is in force.") % {"plan": found}

    return _asked_first(request, province, plan, step, "targets/plans/adopt.html", _effect)


@in_province(Action.DECIDE)
def plan_drop(request, province, plan):
    """Ask, then delete the draft."""

    def step(found, reason):
        steps.throw_away(found, by=request.user, reason=reason)
        return _("The draft “%(plan)s” was thrown away.") % {"plan": found}

    return _asked_first(request, province, plan, step, "targets/plans/drop.html", lambda found: {})


def _asked_first(request, province, code, step, template, more):
    form = ReasonForm(request.POST or None, is_needed=False)
    if form.is_valid():
        return _take(request, province, code, step, form.cleaned_data["reason"])
    found = plan_or_404(province, code)
    if not found.is_draft:
        messages.error(request, _("%(plan)s is in force already.") % {"plan": found})
        return redirect(found)
    context = {"province": province, "trail": below_plan(found), "plan": found, "form": form}
    return render(request, template, context | more(found))


def _take(request, province, code, step, reason: str):
    try:
        with transaction.atomic():
            found = locked(province, code)
            if found is None:
                raise Http404
            said = step(found, reason)
    except Refused as error:
        messages.error(request, str(error))
    else:
        messages.success(request, said)
    return redirect("plans", province=province.code)


def _effect(plan: Plan) -> dict:
    effect = effect_of(plan.province, plan, Stored.of(plan).values)
    return {
        "effect": effect,
        "changed": shift_rows(effect.changed),
        "unchanged": shift_rows(effect.unchanged),
    }


def _next_period(plan: Plan) -> dict:
    """The years that follow a plan, as many as it has."""
    return {
        "name": plan.name,
        "first_year": plan.last_year + 1,
        "last_year": plan.last_year + len(plan.years),
        "baseline_on": date(plan.last_year, 12, 31),
    }


def _begun(request, plan: Plan):
    messages.success(request, _("The draft is there. Enter its targets, then put it in force."))
    return redirect(plan)


def _show_form(request, province, form, trail, title: str, note: str = ""):
    context = {
        "province": province,
        "trail": trail,
        "form": form,
        "title": title,
        "note": note,
        "back": trail[-1][1],
    }
    return render(request, "targets/plans/form.html", context)

"""Criteria and indicators of a draft: added, changed, taken out."""

from django.contrib import messages
from django.db import transaction
from django.db.models import Max
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts.decorators import in_province
from accounts.refusals import Refused
from communes.models import Province
from communes.scope import Action
from criteria import set_steps
from criteria.forms.sets import CriterionForm, IndicatorForm
from criteria.models import CriteriaSet, Criterion, Indicator
from criteria.views.criteria_set import own_set
from criteria.views.trails import below_set


@in_province(Action.DECIDE)
def criterion_add(request, province, pk):
    def new(criteria_set):
        last = criteria_set.criteria.aggregate(last=Max("number"))["last"] or 0
        return Criterion(criteria_set=criteria_set, number=last + 1)

    return _form(request, province, pk, new, CriterionForm)


@in_province(Action.DECIDE)
def criterion_change(request, province, pk, criterion):
    def find(criteria_set):
        return get_object_or_404(criteria_set.criteria, pk=criterion)

    return _form(request, province, pk, find, CriterionForm)


@in_province(Action.DECIDE)
def indicator_add(request, province, pk, criterion):
    def new(criteria_set):
        of = get_object_or_404(criteria_set.criteria, pk=criterion)
        last = of.indicators.aggregate(last=Max("position"))["last"] or 0
        return Indicator(criterion=of, position=last + 1, code=f"{of.number}.{last + 1}")

    return _form(request, province, pk, new, IndicatorForm)


@in_province(Action.DECIDE)
def indicator_change(request, province, pk, indicator):
    return _form(request, province, pk, _indicator(indicator), IndicatorForm)


@in_province(Action.DECIDE)
def criterion_drop(request, province, pk, criterion):
    def find(criteria_set):
        return get_object_or_404(criteria_set.criteria, pk=criterion)

    return _drop(request, province, pk, find)


@in_province(Action.DECIDE)
def indicator_drop(request, province, pk, indicator):
    return _drop(request, province, pk, _indicator(indicator))


def _indicator(pk: int):
    def find(criteria_set):
        ours = Indicator.objects.filter(criterion__criteria_set=criteria_set)
        return get_object_or_404(ours.select_related("criterion__criteria_set"), pk=pk)

    return find


@transaction.atomic
def _form(request, province: Province, pk: int, find, form_class):
    """The form of a line, which comes back with what was typed, and the step once it is good."""
    criteria_set = own_set(province, pk, is_locked=request.method == "POST")
    line = find(criteria_set)
    form = form_class(request.POST or None, instance=line)
    if request.method == "POST" and form.is_valid():
        return _take(
            request,
            criteria_set,
            lambda: set_steps.save_line(line, criteria_set, by=request.user),
            _("Saved: %(line)s") % {"line": line},
        )
    context = _about(province, criteria_set) | {"form": form, "is_new": line.pk is None}
    return render(request, "criteria/set_line.html", context)


@transaction.atomic
def _drop(request, province: Province, pk: int, find):
    criteria_set = own_set(province, pk, is_locked=request.method == "POST")
    line = find(criteria_set)
    if request.method == "POST":
        return _take(
            request,
            criteria_set,
            lambda: set_steps.delete_line(line, criteria_set, by=request.user),
            _("Taken out: %(line)s") % {"line": line},
        )
    return render(
        request, "criteria/set_line_drop.html", _about(province, criteria_set) | {"line": line}
    )


def _take(request, criteria_set: CriteriaSet, step, said: str):
    try:
        step()
    except Refused as error:
        messages.error(request, str(error))
    else:
        messages.success(request, said)
    place = {"province": criteria_set.province.code, "pk": criteria_set.pk}
    return redirect("criteria:criteria_set", **place)


def _about(province: Province, criteria_set: CriteriaSet) -> dict:
    return {
        "province": province,
        "trail": below_set(criteria_set, province),
        "set": criteria_set,
    }

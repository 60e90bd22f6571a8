"""The register of criteria sets: listed, begun from nothing, copied."""

from urllib.parse import urlencode

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.decorators import in_province
from communes.models import Province
from communes.scope import Action
from criteria import set_steps
from criteria.forms.sets import NewSetForm, SetFilterForm, SetForm
from criteria.models import CriteriaSet
from criteria.opening import save_recorded
from criteria.set_list import narrowed, set_rows, sets_table
from criteria.views.trails import below_registers, below_set, below_sets
from ntm_tracker.web.downloads import answer
from ntm_tracker.web.htmx import render_part


@in_province(Action.DECIDE)
def set_list(request, province):
    form, rows = _found(request, province)
    asked = {name: value for name, value in form.data.items() if value and name in form.fields}
    context = {
        "province": province,
        "trail": below_registers(province),
        "form": form,
        "rows": rows,
        "query": urlencode(asked),
        "clear_url": request.path,
    }
    return render_part(request, "criteria/sets.html", "criteria/_sets.html", context)


@in_province(Action.DECIDE)
def sets_file(request, province, kind):
    _form, rows = _found(request, province)
    notes = [
        _("Taken on %(day)s by %(by)s")
        % {"day": f"{timezone.localdate():%d/%m/%Y}", "by": request.user}
    ]
    return answer(sets_table(province, rows, notes), kind)


@in_province(Action.DECIDE)
def set_add(request, province):
    """A draft without criteria."""
    new = CriteriaSet(province=province, is_draft=True)
    form = NewSetForm(request.POST or None, instance=new)
    if request.method == "POST" and form.is_valid():
        save_recorded(new, by=request.user)
        messages.success(request, _("The draft was made. Add its criteria, or import them."))
        return redirect("criteria:criteria_set", province=province.code, pk=new.pk)
    context = {"province": province, "trail": below_sets(province), "form": form}
    return render(request, "criteria/set_add.html", context)


@in_province(Action.DECIDE)
def set_copy(request, province, pk):
    """A draft of the province with all that is in another set."""
    old = known_set(province, pk)
    new = CriteriaSet(
        level=old.level, grade=old.grade, group_scheme=old.group_scheme, province=province
    )
    initial = {"name": old.name, "name_en": old.name_en, "source": old.source}
    form = SetForm(request.POST or None, instance=new, initial=initial)
    if request.method == "POST" and form.is_valid():
        set_steps.copy_set(new, old, province=province, by=request.user)
        messages.success(request, _("The copy is a draft; it counts once you put it in force."))
        return redirect("criteria:criteria_set", province=province.code, pk=new.pk)
    context = {
        "province": province,
        "trail": below_set(old, province),
        "form": form,
        "set": old,
    }
    return render(request, "criteria/set_copy.html", context)


def known_set(province: Province, pk: int) -> CriteriaSet:
    return get_object_or_404(CriteriaSet.objects.known_to(province), pk=pk)


def locked_set(province: Province, pk: int) -> CriteriaSet:
    """A set of the province's own for a write, locked to the end of the transaction."""
    return get_object_or_404(CriteriaSet.objects.select_for_update(), pk=pk, province=province)


def _found(request, province: Province):
    form = SetFilterForm(request.GET)
    rows = set_rows(province, timezone.localdate()) if form.is_valid() else []
    return form, narrowed(rows, form.cleaned_data)

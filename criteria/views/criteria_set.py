"""One criteria set: read, its head changed, put in force, dropped."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.decorators import in_province
from accounts.forms.reason import ReasonForm
from accounts.refusals import Refused
from communes.models import AreaGroup, Province
from communes.scope import Action
from criteria import set_steps
from criteria.forms.sets import SetForm
from criteria.models import Assessment, CriteriaSet, Indicator
from criteria.set_history import set_events
from criteria.set_list import state_of
from criteria.set_table import set_table
from criteria.views.sets import known_set, locked_set
from criteria.views.trails import below_set, below_sets
from ntm_tracker.web.downloads import answer


@in_province(Action.DECIDE)
def set_page(request, province, pk):
    criteria_set = known_set(province, pk)
    indicators = Indicator.objects.filter(criterion__criteria_set=criteria_set)
    by_criterion = {}
    for row in indicators.order_by("position"):
        by_criterion.setdefault(row.criterion_id, []).append(row)
    others = CriteriaSet.objects.known_to(province).filter(level=criteria_set.level)
    context = {
        "province": province,
        "trail": below_sets(province),
        "set": criteria_set,
        "state": state_of(criteria_set, timezone.localdate()),
        "is_edited": criteria_set.is_edited_by(province),
        "assessments": Assessment.objects.filter(
            criteria_set=criteria_set, commune__province=province
        ).count(),
        "criteria": [(row, by_criterion.get(row.pk, [])) for row in criteria_set.criteria.all()],
        "group": _some_group(criteria_set, province),
        "others": others.exclude(pk=pk).order_by("-valid_from"),
        "events": set_events(criteria_set),
        "is_first": True,
    }
    return render(request, "criteria/criteria_set.html", context)


def _some_group(criteria_set: CriteriaSet, province: Province) -> AreaGroup | None:
    """An area group under which the thresholds of the set are looked at first."""
    if criteria_set.group_scheme == AreaGroup.Scheme.REGION:
        return province.region
    return AreaGroup.objects.filter(scheme=criteria_set.group_scheme).first()


@in_province(Action.DECIDE)
def set_file(request, province, pk, kind):
    """The set with its thresholds, in the columns that an import reads."""
    return answer(set_table(known_set(province, pk), province), kind)


@in_province(Action.DECIDE)
@transaction.atomic
def set_change(request, province, pk):
    criteria_set = own_set(province, pk, is_locked=request.method == "POST")
    form = SetForm(request.POST or None, instance=criteria_set)
    if request.method == "POST" and form.is_valid():
        try:
            set_steps.save_set(criteria_set, by=request.user)
        except Refused as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("“%(set)s” was saved.") % {"set": criteria_set})
        return redirect("criteria:criteria_set", province=province.code, pk=pk)
    context = {
        "province": province,
        "trail": below_set(criteria_set, province),
        "form": form,
        "set": criteria_set,
    }
    return render(request, "criteria/set_change.html", context)


@in_province(Action.DECIDE)
def set_force(request, province, pk):
    """Ask, saying what will happen; then put the draft in force."""
    if request.method == "POST":
        try:
            with transaction.atomic():
                criteria_set = locked_set(province, pk)
                set_steps.put_in_force(criteria_set, by=request.user)
        except Refused as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("“%(set)s” is in force.") % {"set": criteria_set})
        return redirect("criteria:criteria_set", province=province.code, pk=pk)
    criteria_set = own_set(province, pk)
    context = {"followed": set_steps.before(criteria_set)}
    return _question(request, province, criteria_set, "criteria/set_force.html", context)


@in_province(Action.DECIDE)
def set_drop(request, province, pk):
    """Ask why, saying what will be lost; then delete the draft."""
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                reason = form.cleaned_data["reason"]
                set_steps.drop(locked_set(province, pk), by=request.user, reason=reason)
        except Refused as error:
            messages.error(request, str(error))
            return redirect("criteria:criteria_set", province=province.code, pk=pk)
        messages.success(request, _("The draft was deleted."))
        return redirect("criteria:criteria_sets", province=province.code)
    criteria_set = own_set(province, pk)
    return _question(request, province, criteria_set, "criteria/set_drop.html", {"form": form})


def _question(request, province: Province, criteria_set: CriteriaSet, template: str, context):
    context |= {
        "province": province,
        "trail": below_set(criteria_set, province),
        "set": criteria_set,
    }
    return render(request, template, context)


def own_set(province: Province, pk: int, *, is_locked: bool = False) -> CriteriaSet:
    if is_locked:
        return locked_set(province, pk)
    return get_object_or_404(CriteriaSet, pk=pk, province=province)

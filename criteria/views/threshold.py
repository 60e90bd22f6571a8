"""The thresholds of one indicator in one area group: their history, and another one."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from accounts.decorators import in_province
from accounts.refusals import Refused
from communes.models import AreaGroup, Province
from communes.scope import Action
from criteria import verifying
from criteria.effects import effects, setting
from criteria.forms.thresholds import ThresholdForm, initial_of
from criteria.measures import threshold_text
from criteria.models import CriteriaSet, Indicator, Threshold
from criteria.threshold_history import events_of
from criteria.threshold_list import rows_of
from criteria.thresholds import groups_of
from criteria.views.effect_lists import effect_context
from criteria.views.trails import below_thresholds


@in_province(Action.DECIDE)
def threshold_page(request, province, indicator, group):
    indicator, group = find(province, indicator, group)
    rows = rows_in(indicator, group, province)
    context = _about(indicator, group, province) | {
        "rows": rows,
        "trail": below_thresholds(province),
        "events": events_of(indicator, [row.threshold for row in rows if row.threshold], province),
        "is_first": True,
    }
    return render(request, "criteria/threshold.html", context)


@in_province(Action.DECIDE)
def threshold_change(request, province, indicator, group):
    """Ask for the value; where it is the province's, show what it would change; then set it."""
    indicator, group = find(province, indicator, group)
    new = Threshold(indicator=indicator, area_group=group)
    if request.method != "POST":
        form = ThresholdForm(instance=new, initial=_initial(request, indicator, group, province))
        return _form_page(request, province, form)
    form = ThresholdForm(request.POST, instance=new)
    if not form.is_valid() or "edit" in request.POST:
        return _form_page(request, province, form)
    try:
        if verifying.is_own(indicator, province) and "confirmed" not in request.POST:
            return _preview(request, province, form)
        document = form.cleaned_data["document"]
        verifying.set_threshold(new, province=province, by=request.user, document=document)
    except Refused as error:
        form.add_error(None, str(error))
        return _form_page(request, province, form)
    messages.success(request, _("The threshold of %(code)s was saved.") % {"code": indicator.code})
    return redirect(url_of(province, indicator, group))


def _preview(request, province: Province, form: ThresholdForm):
    new = form.instance
    new.province = province
    place = verifying.place_of(new)
    verifying.refuse_unless_changeable(place)
    new.valid_to = place.last_day
    found = effects(province, {new.indicator_id}, setting(new))
    context = _about(new.indicator, new.area_group, province) | {
        "form": form,
        "new": new,
        "value": threshold_text(new, new.indicator),
    }
    return render(
        request,
        "criteria/threshold_preview.html",
        context | effect_context(found) | {"trail": _below(new, province)},
    )


def _form_page(request, province: Province, form: ThresholdForm):
    new = form.instance
    context = _about(new.indicator, new.area_group, province) | {
        "form": form,
        "trail": _below(new, province),
        "back": url_of(province, new.indicator, new.area_group),
    }
    return render(request, "criteria/threshold_change.html", context)


def _about(indicator: Indicator, group: AreaGroup, province: Province) -> dict:
    return {
        "province": province,
        "indicator": indicator,
        "group": group,
        "is_own": verifying.is_own(indicator, province),
    }


def _below(new: Threshold, province: Province) -> list[tuple]:
    address = url_of(province, new.indicator, new.area_group)
    return [*below_thresholds(province), (new.indicator.code, address)]


def _initial(request, indicator, group, province) -> dict:
    """The threshold that begins on the day asked for, to be put right; else the last one."""
    owner = province.pk if verifying.is_own(indicator, province) else None
    known = [row.threshold for row in rows_in(indicator, group, province) if row.threshold]
    rows = [row for row in known if row.province_id == owner]
    asked = parse_day(request.GET.get("from", ""))
    shown = next((row for row in rows if row.valid_from == asked), rows[-1] if rows else None)
    return initial_of(shown, asked or timezone.localdate())


def parse_day(text: str):
    """A day of an address; None where it is none."""
    try:
        return parse_date(text)
    except ValueError:
        return None


def rows_in(indicator: Indicator, group: AreaGroup, province: Province):
    rows = rows_of(indicator.criterion.criteria_set, province, [indicator.pk])
    return [row for row in rows if row.group == group]


def find(province: Province, pk: int, code: str) -> tuple[Indicator, AreaGroup]:
    """An indicator of a set that the province knows, and a group that binds its communes."""
    known = Indicator.objects.filter(
        criterion__criteria_set__in=CriteriaSet.objects.known_to(province)
    )
    indicator = get_object_or_404(known.select_related("criterion__criteria_set"), pk=pk)
    groups = groups_of(indicator.criterion.criteria_set, province)
    group = next((group for group in groups if group.code == code), None)
    if group is None:
        raise Http404
    return indicator, group


def url_of(province: Province, indicator: Indicator, group: AreaGroup) -> str:
    place = {"province": province.code, "indicator": indicator.pk, "group": group.code}
    return reverse("criteria:threshold", kwargs=place)

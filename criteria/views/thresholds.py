"""The register of thresholds: looked up, taken along, confirmed in bulk."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.decorators import in_province
from accounts.forms.reason import ReasonForm
from communes.models import Province
from communes.scope import Action
from criteria import verifying
from criteria.effects import confirming, effects
from criteria.forms.thresholds import ThresholdFilterForm, VerifyForm
from criteria.measures import threshold_text
from criteria.models import CriteriaSet, Threshold
from criteria.threshold_list import narrowed, rows_of
from criteria.threshold_table import threshold_table
from criteria.typed import read_whole
from criteria.views.effect_lists import effect_context
from criteria.views.trails import below_registers, below_thresholds
from ntm_tracker.web.downloads import answer
from ntm_tracker.web.htmx import render_part


@in_province(Action.DECIDE)
def threshold_list(request, province):
    form, rows = _found(request, province)
    chips, query = _chips(request, form)
    context = {
        "province": province,
        "trail": below_registers(province),
        "form": form,
        "set": form.criteria_set,
        "sections": by_criterion(rows),
        "count": len(rows),
        "open_count": sum(row.may_be_confirmed for row in rows),
        "chips": chips,
        "clear_url": f"{request.path}?{urlencode({'set': query.get('set', '')})}",
        "query": urlencode(query),
    }
    return render_part(request, "criteria/thresholds.html", "criteria/_thresholds.html", context)


@in_province(Action.DECIDE)
def thresholds_file(request, province, kind):
    form, rows = _found(request, province)
    if form.criteria_set is None:
        raise Http404
    notes = [
        _("Taken on %(day)s by %(by)s")
        % {"day": f"{timezone.localdate():%d/%m/%Y}", "by": request.user},
        *(words for _name, words in form.in_words),
    ]
    return answer(threshold_table(form.criteria_set, rows, notes), kind)


@in_province(Action.DECIDE)
def threshold_verify(request, province):
    """Ask from which document, showing what it would change; then confirm."""
    rows = chosen(request, province)
    form = VerifyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        document = form.cleaned_data["document"]
        count = verifying.verify(rows, province=province, by=request.user, document=document)
        text = ngettext("%(count)d threshold verified.", "%(count)d thresholds verified.", count)
        messages.success(request, text % {"count": count})
        return redirect(list_url(province, rows))
    context = {"form": form, "rows": [row for row in rows if not row.is_confirmed]}
    revise = confirming({row.pk for row in rows}, is_confirmed=True)
    return _ask(request, province, rows, revise, "criteria/threshold_verify.html", context)


@in_province(Action.DECIDE)
def threshold_unverify(request, province):
    """Ask for the reason, showing what it would change; then take the verifications back."""
    rows = chosen(request, province).filter(verifications__province=province)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        count = verifying.take_back(rows, province=province, by=request.user, reason=reason)
        text = ngettext(
            "%(count)d verification was taken back.",
            "%(count)d verifications were taken back.",
            count,
        )
        messages.success(request, text % {"count": count})
        return redirect(list_url(province, rows))
    context = {"form": form, "rows": rows}
    revise = confirming({row.pk for row in rows}, is_confirmed=False)
    return _ask(request, province, rows, revise, "criteria/threshold_unverify.html", context)


def _ask(request, province, rows, revise, template, context):
    if not context["rows"]:
        messages.warning(
            request, _("Nothing to do was selected. Tick thresholds in the list first.")
        )
        return redirect(list_url(province, rows))
    found = effects(province, {row.indicator_id for row in context["rows"]}, revise)
    context |= {
        "province": province,
        "trail": below_thresholds(province),
        "texts": [(row, threshold_text(row, row.indicator)) for row in context["rows"]],
        "back": list_url(province, rows),
    }
    return render(request, template, context | effect_context(found))


def chosen(request, province: Province):
    """The thresholds that are ticked; one that is not known to the province is a 404."""
    sent = request.POST if request.method == "POST" else request.GET
    pks = {read_whole(text) for text in sent.getlist("chosen")}
    rows = (
        Threshold.objects.known_to(province)
        .filter(
            pk__in=pks,
            indicator__criterion__criteria_set__in=CriteriaSet.objects.known_to(province),
        )
        .select_related("indicator__criterion__criteria_set", "area_group")
        .order_by("indicator__criterion__number", "indicator__position", "valid_from")
    )
    if len(rows) < len(pks):
        raise Http404
    return rows


def list_url(province: Province, rows=()) -> str:
    """The register, at the set of the first of some thresholds."""
    address = reverse("criteria:thresholds", kwargs={"province": province.code})
    first = next(iter(rows), None)
    if first is None:
        return address
    return f"{address}?{urlencode({'set': first.indicator.criterion.criteria_set.code})}"


def sets_with_thresholds(province: Province) -> list[CriteriaSet]:
    """The sets that have indicators: those in force today first, then the newest."""
    today = timezone.localdate()
    known = CriteriaSet.objects.known_to(province).filter(criteria__indicators__isnull=False)
    in_force = set(known.in_force(today, province).values_list("pk", flat=True))
    return sorted(
        known.distinct(),
        key=lambda row: (row.pk not in in_force, -row.valid_from.toordinal(), row.code),
    )


def _found(request, province: Province):
    form = ThresholdFilterForm(request.GET, sets=sets_with_thresholds(province), province=province)
    if form.criteria_set is None or not form.is_valid():
        return form, []
    return form, narrowed(rows_of(form.criteria_set, province), form.cleaned_data)


def by_criterion(rows) -> list[tuple]:
    """The rows by criterion, in their order."""
    found = {}
    for row in rows:
        found.setdefault(row.indicator.criterion, []).append(row)
    return list(found.items())


def _chips(request, form) -> tuple[list, dict]:
    """The filters that are set, each with the address of the page without it; and all of them."""
    asked = {name: form.data[name] for name, _words in form.in_words}
    if form.criteria_set:
        asked["set"] = form.criteria_set.code
    chips = [
        (words, f"{request.path}?{urlencode({k: v for k, v in asked.items() if k != name})}")
        for name, words in form.in_words
    ]
    return chips, asked

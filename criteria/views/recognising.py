"""Writing the register of recognitions: decisions, corrections, revocations, carrying over."""

from datetime import date

from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.decorators import in_province
from accounts.forms.reason import ReasonForm
from accounts.refusals import Refused
from communes.models import Province
from communes.scope import Action
from criteria.forms.decisions import FORMS, CarryForm, CorrectionForm
from criteria.forms.recognitions import CompleteForm, RevocationForm, UnitsOf
from criteria.models import Recognition
from criteria.recognising import acts
from criteria.recognising.carrying import successors_of
from criteria.views.trails import below_recognition, below_recognitions, register_url

Kind = Recognition.Kind
to_keepers = in_province(Action.DECIDE)


@to_keepers
def add(request, province):
    """A decision with several holders, of one kind."""
    kind = request.GET.get("kind", Kind.COMMUNE)
    if kind not in FORMS:
        raise Http404
    on = day_of_units(request)
    with transaction.atomic():
        province = acts.lock(province) if request.method == "POST" else province
        form = FORMS[kind](
            request.POST or None,
            request.FILES or None,
            instance=Recognition(province=province, kind=kind, year=on.year),
            user=request.user,
            on=on,
        )
        if request.method == "POST" and form.is_acceptable():
            rows = form.rows()
            acts.record(province, rows, by=request.user, reason=form.cleaned_data["note"])
            text = ngettext(
                "%(count)d recognition was recorded.",
                "%(count)d recognitions were recorded.",
                len(rows),
            )
            messages.success(request, text % {"count": len(rows)})
            return redirect("criteria:recognitions", province=province.code)
    context = {
        "province": province,
        "trail": below_recognitions(province),
        "form": form,
        "kind": kind,
        "kinds": Kind.choices,
        "units_of": UnitsOf({"on": on.isoformat()}),
        "on": on,
    }
    return render(request, "criteria/recognition_add.html", context)


def day_of_units(request) -> date:
    asked = UnitsOf(request.GET)
    return asked.cleaned_data["on"] if asked.is_valid() else timezone.localdate()


@to_keepers
def correct(request, province, pk):
    """Change what was entered wrongly, with the reason."""

    def make(row, *data):
        return CorrectionForm(*data, instance=row, user=request.user)

    def write(row, form):
        [changed] = form.rows()
        acts.change(changed, by=request.user, reason=form.cleaned_data["note"])
        return changed, _("The recognition was changed.")

    return _decided(request, province, pk, make, write, "criteria/recognition_correct.html")


@to_keepers
def carry(request, province, pk):
    """Carry it over to a commune that took the old one in, by a decision of its own."""

    def make(row, *data):
        if row.commune is None:
            raise Http404
        given = successors_of(row.commune)
        return CarryForm(*data, instance=row, user=request.user, successors=given)

    def write(row, form):
        rows = form.rows()
        acts.record(province, rows, by=request.user, reason=form.cleaned_data["note"])
        return rows[0], _("The recognition was carried over.")

    return _decided(request, province, pk, make, write, "criteria/recognition_carry.html")


def _decided(request, province, pk, make, write, template):
    """A form about one entry, whose warnings are shown before it is written."""
    with transaction.atomic():
        row = _one(province, pk, is_locked=request.method == "POST")
        data = [request.POST, request.FILES] if request.method == "POST" else []
        form = make(row, *data)
        if data and form.is_acceptable():
            written, said = write(row, form)
            messages.success(request, said)
            return redirect(written)
    context = {"province": province, "trail": below_recognition(row), "row": row, "form": form}
    return render(request, template, context)


@to_keepers
def revoke(request, province, pk):
    form = RevocationForm(request.POST or None, row=_one(province, pk))

    def step(row):
        acts.revoke(row, by=request.user, **form.cleaned_data)
        return _("The recognition is revoked.")

    return _asked_first(request, province, pk, form, step, "criteria/recognition_revoke.html")


@to_keepers
def restore(request, province, pk):
    form = ReasonForm(request.POST or None)

    def step(row):
        acts.restore(row, by=request.user, **form.cleaned_data)
        return _("The revocation was taken back.")

    return _asked_first(request, province, pk, form, step, "criteria/recognition_restore.html")


@to_keepers
def remove(request, province, pk):
    form = ReasonForm(request.POST or None)

    def step(row):
        acts.remove(row, by=request.user, **form.cleaned_data)
        return _("The recognition was removed; the history keeps it.")

    return _asked_first(request, province, pk, form, step, "criteria/recognition_remove.html")


def _asked_first(request, province, pk, form, step, template):
    """The page that asks, and the step once the answer is there."""
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                row = _one(province, pk, is_locked=True)
                messages.success(request, step(row))
        except Refused as refusal:
            messages.error(request, str(refusal))
        if not Recognition.objects.filter(pk=pk).exists():
            return redirect("criteria:recognitions", province=province.code)
        return redirect(row)
    row = _one(province, pk)
    context = {
        "province": province,
        "trail": below_recognition(row),
        "row": row,
        "form": form,
        "back": row.get_absolute_url(),
    }
    return render(request, template, context)


def _one(province: Province, pk: int, *, is_locked: bool = False) -> Recognition:
    """An entry; to write, with its province locked, which every write of the register does."""
    if is_locked:
        acts.lock(province)
    rows = Recognition.objects.select_related("commune__district", "district", "file", "province")
    return get_object_or_404(rows, province=province, pk=pk)


@to_keepers
def set_complete(request, province):
    """Say that the register holds all recognitions, or that it does not."""
    form = CompleteForm(
        request.POST or None, initial={"is_complete": not province.register_complete}
    )
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                acts.set_complete(acts.lock(province), by=request.user, **form.cleaned_data)
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("It is recorded whether the register is complete."))
        return redirect("criteria:recognitions", province=province.code)
    context = {
        "province": province,
        "trail": below_recognitions(province),
        "form": form,
        "back": register_url(province),
    }
    return render(request, "criteria/recognition_complete.html", context)

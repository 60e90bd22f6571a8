"""The register of published figures: what officers enter, change and take out."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.decorators import in_province
from accounts.forms.reason import ReasonForm
from accounts.trail import Told, changes_in
from communes.models import Province
from communes.scope import Action
from criteria.views.trails import below_registers
from ntm_tracker.web import downloads
from ntm_tracker.web.numbers import day, number
from targets.models import PublishedFigure
from targets.publishing import writing
from targets.publishing.forms import FigureForm, RegisterForm, TypedFigureForm
from targets.publishing.metrics import name_of, shown
from targets.publishing.sheet import table_of

ROWS = 50
FIELDS = dict.fromkeys(FigureForm.Meta.fields) | {
    "metric": Told(gettext_lazy("What was counted"), lambda row: name_of(row.metric)),
    "district": Told(gettext_lazy("District"), lambda row: str(row.district or "")),
}
to_keepers = in_province(Action.DECIDE)


@to_keepers
def register(request, province):
    form = RegisterForm(request.GET, province=province)
    page = Paginator(form.found(), ROWS).get_page(request.GET.get("page"))
    context = {
        "province": province,
        "trail": trail_of(province)[:-1],
        "form": form,
        "chips": form.chips(request.path),
        "page": page,
        "rows": [_row(figure) for figure in page],
        "files": downloads.links_to("published_file", form.query, province=province.code),
    }
    return render(request, "targets/published_register.html", context)


@to_keepers
def register_file(request, province, kind):
    form = RegisterForm(request.GET, province=province)
    words = [words for _name, words in form.in_words]
    return downloads.answer(table_of(province, form.found(), words), kind)


@to_keepers
def history(request, province):
    """What was entered, changed and taken out, newest first."""
    ordered = PublishedFigure.history.order_by("-history_date", "-history_id")
    page = Paginator(ordered.filter(province=province), ROWS).get_page(request.GET.get("page"))
    shown_rows = ordered.filter(pk__in=[row.pk for row in page]).select_related("district")
    context = {
        "province": province,
        "trail": trail_of(province),
        "page": page,
        "changes": changes_in(shown_rows, FIELDS, about=named),
    }
    return render(request, "targets/published_history.html", context)


@to_keepers
def add(request, province):
    new = PublishedFigure(province=province, kind="result")
    form = TypedFigureForm(request.POST or None, instance=new)
    with transaction.atomic():
        if _is_written(request, province, form):
            messages.success(request, _("The published figure was entered."))
            return redirect("published_register", province=province.code)
    context = {"province": province, "trail": trail_of(province), "form": form}
    return render(request, "targets/published_form.html", context)


@to_keepers
def change(request, province, pk):
    """One figure with its history, to be changed with a reason."""
    with transaction.atomic():
        figure = _one(province, pk, is_locked=request.method == "POST")
        changes = changes_in(figure.history.select_related("district"), FIELDS)
        form = TypedFigureForm(request.POST or None, instance=figure)
        if _is_written(request, province, form):
            messages.success(request, _("The published figure was changed."))
            return redirect("published_register", province=province.code)
    context = {
        "province": province,
        "trail": trail_of(province),
        "form": form,
        "figure": figure,
        "changes": changes,
    }
    return render(request, "targets/published_form.html", context)


def _is_written(request, province: Province, form: TypedFigureForm) -> bool:
    """Save what was typed, if it was and is good; the province is locked."""
    if request.method != "POST":
        return False
    writing.lock(province)
    if not form.is_valid():
        return False
    writing.save(form.instance, by=request.user, reason=form.cleaned_data.get("reason", ""))
    return True


@to_keepers
def remove(request, province, pk):
    """Ask, saying what will happen; then take it out."""
    form = ReasonForm(request.POST or None)
    with transaction.atomic():
        figure = _one(province, pk, is_locked=request.method == "POST")
        if request.method == "POST" and form.is_valid():
            writing.remove(figure, by=request.user, **form.cleaned_data)
            messages.success(request, _("The published figure was removed; the history keeps it."))
            return redirect("published_register", province=province.code)
    context = {
        "province": province,
        "trail": trail_of(province),
        "figure": _row(figure),
        "form": form,
        "back": _address("published_change", province, pk=pk),
    }
    return render(request, "targets/published_remove.html", context)


def _one(province: Province, pk: int, *, is_locked: bool) -> PublishedFigure:
    if is_locked:
        writing.lock(province)
    return get_object_or_404(PublishedFigure, province=province, pk=pk)


def _row(figure: PublishedFigure) -> dict:
    """What a row of the list prints."""
    value = " – ".join(filter(None, [shown(figure.value), shown(figure.high)]))
    base = f"/{number(figure.base)}" if figure.base else ""
    return {
        "figure": figure,
        "metric": name_of(figure.metric),
        "value": f"{value}{base}",
    }


def named(figure) -> str:
    return f"{name_of(figure.metric)}, {day(figure.as_of)}"


def _address(name: str, province: Province, **more) -> str:
    return reverse(name, kwargs={"province": province.code} | more)


def trail_of(province: Province) -> list[tuple]:
    """What lies above a page of the register."""
    figures = (_("Published figures"), _address("published_register", province))
    return [*below_registers(province), figures]

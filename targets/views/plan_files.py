"""The targets of a plan as a file, and a file of targets back in: looked at, then applied."""

from django import forms
from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.decorators import in_province
from accounts.refusals import Refused
from communes.scope import Action
from ntm_tracker.web import downloads
from ntm_tracker.web.uploaded.reading import read_tables
from ntm_tracker.web.uploaded.refusals import BadUpload
from targets.plans.cells import Key
from targets.plans.files import Found, read_rows, table_of
from targets.plans.limits import Limits
from targets.plans.overview import all_keys, label_of
from targets.plans.stored import Stored, districts_of
from targets.plans.typed import SEEN, Typed
from targets.snapshot import snapshot_of
from targets.views.plan_editing import (
    Editing,
    locked_plan,
    nothing_to_save,
    open_plan,
    show_preview,
    typed_in,
    write,
)
from targets.views.plans import plan_or_404


class UploadForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("An Excel workbook (.xlsx, .xls), .ods or CSV."),
    )


@in_province(Action.DECIDE)
def plan_file(request, province, plan, kind):
    found = plan_or_404(province, plan)
    return downloads.answer(table_of(Stored.of(found), districts_of(found)), kind)


@in_province(Action.DECIDE)
def plan_upload(request, province, plan):
    """Choose a file, see what it would change, and apply all of it or nothing."""
    try:
        if request.POST.get("step") == "save":
            with transaction.atomic():
                return _apply(_editing(request, locked_plan(province, plan)))
        return _look(_editing(request, open_plan(province, plan)))
    except Refused as error:
        messages.error(request, str(error))
        return redirect("plan", province=province.code, plan=plan)


def _editing(request, plan) -> Editing:
    stored = Stored.of(plan)
    keys = all_keys(plan, stored.values, districts_of(plan))
    return Editing(request, plan, None, stored, typed_in(request, stored, keys))


def _look(editing: Editing):
    """The page with the form, or the preview of a file that fits."""
    request = editing.request
    form = UploadForm(request.POST or None, request.FILES or None)
    if not form.is_valid():
        return _show(editing, form)
    upload = form.cleaned_data["file"]
    try:
        sheets = read_tables(upload, upload.name)
    except BadUpload as error:
        return _show(editing, form, [str(error)], status=422)
    found = read_rows(sheets, editing.plan, districts_of(editing.plan))
    editing.typed = _typed(editing, found)
    faults = found.faults or _told(found.places, editing.typed)
    if faults:
        return _show(editing, form, faults, status=422)
    if not editing.typed.changes:
        return nothing_to_save(editing)
    return show_preview(editing, can_type=False)


def _typed(editing: Editing, found: Found) -> Typed:
    """The cells of a file as if they were typed on top of what is stored."""
    keys, stored = editing.typed.keys, editing.stored.values
    data = {key.name: text for key, text in found.texts.items()}
    data[SEEN] = Typed.untouched(keys, stored).seen
    limits = Limits(snapshot_of(editing.plan.province), editing.plan)
    return Typed.sent(keys, stored, data, limits)


def _told(places: dict[Key, str], typed: Typed) -> list[str]:
    """The faults of cells with their places in the file, where they stand in it."""
    return [
        ": ".join(filter(None, [places.get(key, ""), label_of(key), sentence]))
        for key, sentence in typed.faults.items()
    ]


def _apply(editing: Editing):
    """Write what was previewed; what somebody changed meanwhile wants another look."""
    typed = editing.typed
    if typed.is_ready:
        return write(editing, can_type=False)
    if not typed.changes and not typed.faults:
        return nothing_to_save(editing)
    meanwhile = _("somebody changed this meanwhile")
    faults = [f"{label_of(key)}: {meanwhile}" for key in typed.contested]
    return _show(editing, UploadForm(), faults or _told({}, typed), status=409)


def _show(editing: Editing, form: UploadForm, faults=(), status=200):
    context = {"form": form, "sentences": faults}
    return editing.answer("targets/plans/upload.html", context, status)

"""A draft filled from a file: uploaded, looked at, then put in as a whole or not at all."""

from django import forms
from django.contrib import messages
from django.core import signing
from django.db import transaction
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.decorators import in_province
from accounts.refusals import Refused
from communes.models import Province
from communes.scope import Action
from criteria.models import CriteriaSet
from criteria.set_filling import fill_set
from criteria.set_reading import SetContent, read_set
from criteria.thresholds import groups_of
from criteria.views.criteria_set import own_set
from criteria.views.sets import locked_set
from criteria.views.trails import below_set
from ntm_tracker.web.uploaded.reading import read_tables
from ntm_tracker.web.uploaded.refusals import BadUpload

HOURS_KEPT = 12


class UploadForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "An Excel workbook (.xlsx), or CSV, in the columns of the download."
        ),
    )


@in_province(Action.DECIDE)
def set_import(request, province, pk):
    """Read a file and show what is in it; or put in what was shown before."""
    criteria_set = own_set(province, pk)
    if "content" in request.POST:
        return _apply(request, province, criteria_set)
    form = UploadForm(request.POST or None, request.FILES or None)
    found = None
    if request.method == "POST" and form.is_valid():
        try:
            file = form.cleaned_data["file"]
            found = read_set(read_tables(file, file.name), groups_of(criteria_set, province))
        except BadUpload as error:
            form.add_error("file", str(error))
    context = {
        "province": province,
        "trail": below_set(criteria_set, province),
        "set": criteria_set,
        "there": criteria_set.criteria.count(),
        "form": form,
        "found": found,
        "content": _signed(criteria_set, found) if found and not found.mistakes else "",
    }
    return render(request, "criteria/set_import.html", context)


def _apply(request, province: Province, criteria_set: CriteriaSet):
    try:
        content = signing.loads(
            request.POST["content"], salt=_salt(criteria_set), max_age=HOURS_KEPT * 3600
        )
        with transaction.atomic():
            fill_set(
                locked_set(province, criteria_set.pk),
                {int(number): said for number, said in content.items()},
                province=province,
                by=request.user,
            )
    except signing.BadSignature:
        messages.error(request, _("What was read is no longer kept. Upload the file again."))
        return redirect("criteria:set_import", province=province.code, pk=criteria_set.pk)
    except Refused as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The criteria of the file are in the draft."))
    return redirect("criteria:criteria_set", province=province.code, pk=criteria_set.pk)


def _signed(criteria_set: CriteriaSet, found: SetContent) -> str:
    """What was read, to be sent back as it was shown."""
    return signing.dumps(found.criteria, salt=_salt(criteria_set), compress=True)


def _salt(criteria_set: CriteriaSet) -> str:
    return f"criteria-set-{criteria_set.pk}"

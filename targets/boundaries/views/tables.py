"""The units and lines of a draft as tables: taken along, and read back in."""

from django import forms
from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.refusals import Refused
from communes.reference_files import BadFile
from ntm_tracker.web.downloads import answer
from ntm_tracker.web.uploaded.reading import read_tables
from ntm_tracker.web.uploaded.refusals import BadUpload
from targets.boundaries.columns import lines_table, units_table
from targets.boundaries.trails import below_draft
from targets.boundaries.upload import fill
from targets.boundaries.views.access import of_draft


class UploadForm(forms.Form):
    file = forms.FileField(label=gettext_lazy("Workbook or CSV"), allow_empty_file=True)


@of_draft
def boundary_upload(request, draft):
    """Read a table into the draft, whole or not at all; faults are listed on the page."""
    form = UploadForm(request.POST or None, request.FILES or None)
    faults = []
    if request.method == "POST" and form.is_valid():
        try:
            units, lines = _fill(draft, form.cleaned_data["file"])
        except (BadUpload, Refused, BadFile) as error:
            faults = str(error).splitlines()
        else:
            words = {"units": units, "lines": lines}
            messages.success(request, _("Read: %(units)d new units and %(lines)d lines.") % words)
            return redirect(draft)
    context = {
        "province": draft.province,
        "trail": below_draft(draft),
        "draft": draft,
        "form": form,
        "faults": faults,
    }
    return render(request, "targets/boundaries/upload.html", context)


@transaction.atomic
def _fill(draft, file):
    return fill(draft, read_tables(file, file.name))


@of_draft
def boundary_units_file(request, draft, kind):
    return answer(units_table(draft), kind)


@of_draft
def boundary_lines_file(request, draft, kind):
    return answer(lines_table(draft), kind)

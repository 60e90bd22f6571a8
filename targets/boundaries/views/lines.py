"""The new units and the lines of a draft: added, changed, removed."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from targets.boundaries.forms import PartForm, UnitForm
from targets.boundaries.models import DraftPart, DraftUnit
from targets.boundaries.trails import below_draft
from targets.boundaries.views.access import of_draft


@of_draft
def boundary_unit_add(request, draft):
    return _form_page(request, draft, UnitForm, DraftUnit(draft=draft), "unit")


@of_draft
def boundary_unit(request, draft, unit):
    return _form_page(request, draft, UnitForm, _own(draft.units, unit, draft), "unit")


@of_draft
def boundary_line_add(request, draft):
    return _form_page(request, draft, PartForm, DraftPart(draft=draft), "line")


@of_draft
def boundary_line(request, draft, line):
    return _form_page(request, draft, PartForm, _own(draft.parts, line, draft), "line")


@require_POST
@of_draft
def boundary_unit_remove(request, draft, unit):
    """With the lines that lead to it."""
    return _remove(request, draft, _own(draft.units, unit, draft))


@require_POST
@of_draft
def boundary_line_remove(request, draft, line):
    return _remove(request, draft, _own(draft.parts, line, draft))


def _own(rows, pk, draft):
    found = get_object_or_404(rows, pk=pk)
    found.draft = draft
    return found


def _form_page(request, draft, form_class, row, template):
    form = form_class(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved: %(row)s.") % {"row": form.instance})
        return redirect(draft)
    context = {
        "province": draft.province,
        "trail": below_draft(draft),
        "draft": draft,
        "row": row if row.pk else None,
        "form": form,
    }
    return render(request, f"targets/boundaries/{template}.html", context)


def _remove(request, draft, row):
    words = str(row)
    row.delete()
    messages.success(request, _("Removed: %(row)s.") % {"row": words})
    return redirect(draft)

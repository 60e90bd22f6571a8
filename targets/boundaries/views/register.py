"""The register of boundary changes, one change of it, and taking it back."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts.decorators import in_province
from accounts.forms.reason import ReasonForm
from accounts.refusals import Refused
from communes.models import BoundaryChange
from communes.scope import Action
from criteria.views.trails import below_registers
from ntm_tracker.web.downloads import answer
from targets.boundaries import steps
from targets.boundaries.forms import RegisterFilter
from targets.boundaries.history import events_in, events_of_change
from targets.boundaries.lines import shown_lines
from targets.boundaries.obstacles import obstacles_to_undo
from targets.boundaries.proposal import Proposal
from targets.boundaries.register import changes_of, file_of, lines_of, notes_of
from targets.boundaries.trails import below_boundaries


@in_province(Action.DECIDE)
def boundaries(request, province):
    form = _filter_of(request, province)
    context = {
        "province": province,
        "trail": below_registers(province),
        "form": form,
        "changes": changes_of(province, **form.asked),
        "drafts": province.boundary_drafts.filter(change=None),
        "events": events_in(province),
    }
    return render(request, "targets/boundaries/list.html", context)


@in_province(Action.DECIDE)
def boundaries_file(request, province, kind):
    """The lines of the changes that the filter leaves."""
    form = _filter_of(request, province)
    changes = changes_of(province, **form.asked)
    return answer(file_of(province, changes, notes_of(form)), kind)


def _filter_of(request, province) -> RegisterFilter:
    days = province.boundary_changes.dates("effective_on", "year", order="DESC")
    return RegisterFilter(request.GET, years=[day.year for day in days])


@in_province(Action.DECIDE)
def boundary(request, province, pk):
    change = _change(province, pk)
    context = {
        "province": province,
        "trail": below_boundaries(province),
        "change": change,
        "draft": getattr(change, "draft", None),
        "lines": shown_lines(lines_of(province.boundary_changes.filter(pk=pk))),
        "events": events_of_change(change),
    }
    return render(request, "targets/boundaries/change.html", context)


@in_province(Action.DECIDE)
def boundary_undo(request, province, pk):
    """Ask, saying what stands in the way; then take the change back."""
    change = _change(province, pk)
    draft = getattr(change, "draft", None)
    if draft is None:
        messages.error(request, _("This change came with the reference data and stays."))
        return redirect("boundary", province=province.code, pk=pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _undo(request, province, draft, form.cleaned_data["reason"])
    context = {
        "province": province,
        "trail": below_boundaries(province),
        "change": change,
        "obstacles": obstacles_to_undo(Proposal.of(draft)),
        "form": form,
    }
    return render(request, "targets/boundaries/undo.html", context)


def _undo(request, province, draft, reason):
    change = draft.change_id
    try:
        with transaction.atomic():
            draft = steps.locked_draft(province, draft.pk)
            steps.undo(draft, by=request.user, reason=reason)
    except Refused as error:
        messages.error(request, str(error))
        return redirect("boundary", province=province.code, pk=change)
    messages.success(request, _("%(change)s was taken back.") % {"change": draft})
    return redirect(draft)


def _change(province, pk) -> BoundaryChange:
    changes = province.boundary_changes.select_related("draft__province")
    return get_object_or_404(changes, pk=pk)

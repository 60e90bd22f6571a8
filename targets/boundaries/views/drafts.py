"""A boundary change in the making: begun, changed, dropped, looked at and applied."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.decorators import in_province
from accounts.refusals import Refused
from communes.scope import Action
from targets.boundaries import steps
from targets.boundaries.checks import faults_of
from targets.boundaries.forms import DraftForm
from targets.boundaries.history import events_of_draft
from targets.boundaries.lines import shown_lines
from targets.boundaries.models import BoundaryDraft
from targets.boundaries.preview import preview_of
from targets.boundaries.proposal import Proposal
from targets.boundaries.trails import below_boundaries, below_draft
from targets.boundaries.views.access import of_draft


@in_province(Action.DECIDE)
@transaction.atomic
def boundary_add(request, province):
    form = DraftForm(request.POST or None, instance=BoundaryDraft(province=province))
    if request.method == "POST" and form.is_valid():
        _save(form, request.user)
        return redirect(form.instance)
    context = {"province": province, "trail": below_boundaries(province), "form": form}
    return render(request, "targets/boundaries/add.html", context)


@of_draft
def boundary_change_draft(request, draft):
    form = DraftForm(request.POST or None, instance=draft)
    if request.method == "POST" and form.is_valid():
        if form.has_changed():
            _save(form, request.user)
        messages.success(request, _("The draft was saved."))
        return redirect(draft)
    context = {"province": draft.province, "trail": below_draft(draft), "form": form}
    return render(request, "targets/boundaries/change_draft.html", context)


def _save(form: DraftForm, by):
    form.instance._history_user = by
    form.save()


@of_draft
def boundary_draft(request, draft):
    proposal = Proposal.of(draft)
    context = {
        "province": draft.province,
        "trail": below_boundaries(draft.province),
        "draft": draft,
        "proposal": proposal,
        "lines": shown_lines(proposal.parts),
        "faults": faults_of(proposal),
        "events": events_of_draft(draft),
    }
    return render(request, "targets/boundaries/draft.html", context)


@of_draft
def boundary_discard(request, draft):
    """Ask; then drop the draft with its lines."""
    if request.method == "POST":
        draft._history_user = request.user
        draft.delete()
        messages.success(request, _("The draft was dropped."))
        return redirect("boundaries", province=draft.province.code)
    context = {"province": draft.province, "trail": below_draft(draft), "draft": draft}
    return render(request, "targets/boundaries/discard.html", context)


@of_draft
def boundary_preview(request, draft):
    proposal = Proposal.of(draft)
    if faults_of(proposal):
        messages.error(request, _("Mend what is listed here, then look at the preview."))
        return redirect(draft)
    context = {
        "province": draft.province,
        "trail": below_draft(draft),
        "draft": draft,
        "preview": preview_of(proposal),
        "seen": steps.fingerprint(proposal),
    }
    return render(request, "targets/boundaries/preview.html", context)


@require_POST
@of_draft
def boundary_apply(request, draft):
    moving = {int(pk) for pk in request.POST.getlist("move") if pk.isdecimal()}
    try:
        with transaction.atomic():
            seen = request.POST.get("seen", "")
            change = steps.apply(draft, by=request.user, seen=seen, moving=moving)
    except Refused as error:
        messages.error(request, str(error))
        return redirect("boundary_preview", province=draft.province.code, pk=draft.pk)
    messages.success(request, _("%(change)s is in effect in the register.") % {"change": change})
    return redirect("boundary", province=draft.province.code, pk=change.pk)

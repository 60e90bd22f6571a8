"""Pages about one draft: found, still open, and locked where something is written."""

from functools import wraps

from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from accounts.decorators import in_province
from communes.models import Province
from communes.scope import Action
from targets.boundaries.models import BoundaryDraft
from targets.boundaries.steps import locked_draft


def of_draft(view):
    """A page about a draft that is not applied; what it posts runs with the draft locked.

    The view gets the `BoundaryDraft`. An applied one leads to its change.
    """

    @in_province(Action.DECIDE)
    @wraps(view)
    @transaction.atomic
    def page(request, province, pk, **kwargs):
        draft = _find(request, province, pk)
        if draft is None:
            raise Http404
        if draft.change_id:
            if request.method == "POST":
                messages.error(request, _("This change has been applied already."))
            return redirect("boundary", province=province.code, pk=draft.change_id)
        return view(request, draft, **kwargs)

    return page


def _find(request, province: Province, pk: int) -> BoundaryDraft | None:
    if request.method == "POST":
        return locked_draft(province, pk)
    drafts = BoundaryDraft.objects.select_related("province")
    return drafts.filter(province=province, pk=pk).first()

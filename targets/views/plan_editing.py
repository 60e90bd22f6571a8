"""The targets of a plan, typed into a grid: what they do is seen before they are saved."""

from dataclasses import dataclass

from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.decorators import in_province
from accounts.forms.reason import ReasonForm
from accounts.refusals import Refused
from communes.models import District, Province
from communes.scope import Action
from targets.models import Plan
from targets.plans.cells import Key, text_of
from targets.plans.effect import effect_of
from targets.plans.limits import Limits
from targets.plans.overview import grid_rows, keys_for, label_of
from targets.plans.shifts import shift_rows
from targets.plans.steps import refuse_unless_open
from targets.plans.stored import Stored, districts_of, locked, save_cells
from targets.plans.typed import Typed
from targets.snapshot import snapshot_of
from targets.views.plans import below_plan, plan_or_404


@dataclass
class Editing:
    """A plan's grid, of the province or of one district, as it is stored and as it was sent."""

    request: object
    plan: Plan
    district: District | None
    stored: Stored
    typed: Typed

    @classmethod
    def of(cls, request, plan: Plan, code: str | None) -> "Editing":
        district = None if code is None else district_or_404(plan, code)
        stored = Stored.of(plan)
        keys = keys_for(plan, stored.values, district)
        return cls(request, plan, district, stored, typed_in(request, stored, keys))

    def answer(self, template: str, context: dict, status=200):
        frame = {
            "province": self.plan.province,
            "trail": below_plan(self.plan),
            "plan": self.plan,
            "district": self.district,
            "typed": self.typed,
        }
        return render(self.request, template, frame | context, status=status)


def typed_in(request, stored: Stored, keys: list[Key]) -> Typed:
    """The cells as a request sent them, else as they are stored."""
    if request.method != "POST":
        return Typed.untouched(keys, stored.values)
    limits = Limits(snapshot_of(stored.plan.province), stored.plan)
    return Typed.sent(keys, stored.values, request.POST, limits)


@in_province(Action.DECIDE)
def plan_edit(request, province, plan, district=None):
    """The grid; a POST shows what the targets would do, goes back to typing, or saves."""
    try:
        if request.POST.get("step") == "save":
            with transaction.atomic():
                return _save(Editing.of(request, locked_plan(province, plan), district))
        editing = Editing.of(request, open_plan(province, plan), district)
        if request.POST.get("step") == "preview":
            return _preview(editing)
        return show_grid(editing)
    except Refused as error:
        messages.error(request, str(error))
        return redirect("plan", province=province.code, plan=plan)


def open_plan(province: Province, code: str) -> Plan:
    """A plan that may be changed; raises Refused for one that was superseded."""
    found = plan_or_404(province, code)
    refuse_unless_open(found)
    return found


def locked_plan(province: Province, code: str) -> Plan:
    """The same, locked to the end of the transaction."""
    found = locked(province, code)
    if found is None:
        raise Http404
    refuse_unless_open(found)
    return found


def district_or_404(plan: Plan, code: str) -> District:
    found = next((one for one in districts_of(plan) if one.code == code), None)
    if found is None:
        raise Http404
    return found


def show_grid(editing: Editing, status=200):
    typed = editing.typed
    labels = {
        **typed.faults,
        **dict.fromkeys(typed.contested, _("somebody changed this meanwhile")),
    }
    context = {
        "rows": grid_rows(editing.plan, typed),
        "faults": [(key.name, label_of(key), sentence) for key, sentence in labels.items()],
    }
    return editing.answer("targets/plans/grid.html", context, status)


def _preview(editing: Editing):
    return show_preview(editing) if editing.typed.is_ready else _not_ready(editing)


def show_preview(editing: Editing, form: ReasonForm | None = None, *, can_type=True):
    """What would be written, what it does to the cards, and the reason that is asked for."""
    plan, typed = editing.plan, editing.typed
    effect = effect_of(plan.province, plan, typed.values)
    context = {
        "changes": changes_of(plan, typed),
        "effect": effect,
        "changed": shift_rows(effect.changed),
        "unchanged": shift_rows(effect.unchanged),
        "form": form or ReasonForm(is_needed=not plan.is_draft),
        "can_type": can_type,
    }
    return editing.answer("targets/plans/preview.html", context)


def changes_of(plan: Plan, typed: Typed) -> list[dict]:
    """What is to be written, in words, and as it is sent along."""
    is_of_districts = any(key.district for key in typed.changes)
    districts = districts_of(plan) if is_of_districts else []
    return [
        {
            "key": key,
            "label": label_of(key, districts),
            "before": text_of(key, typed.stored.get(key)),
            "after": text_of(key, value),
            "text": typed.texts[key],
        }
        for key, value in typed.changes.items()
    ]


def _save(editing: Editing):
    """Write everything or nothing; what somebody else changed meanwhile is shown first."""
    return write(editing) if editing.typed.is_ready else _not_ready(editing)


def write(editing: Editing, *, can_type=True):
    """Write changes that are ready, of a locked plan, once the reason is there."""
    form = ReasonForm(editing.request.POST, is_needed=not editing.plan.is_draft)
    if not form.is_valid():
        return show_preview(editing, form, can_type=can_type)
    changes, reason = editing.typed.changes, form.cleaned_data["reason"]
    save_cells(editing.stored, changes, by=editing.request.user, reason=reason)
    messages.success(editing.request, saved(len(changes)))
    return redirect(editing.plan)


def saved(count: int) -> str:
    return ngettext("%(count)d target was saved.", "%(count)d targets were saved.", count) % {
        "count": count
    }


def _not_ready(editing: Editing):
    if editing.typed.faults:
        return show_grid(editing, status=422)
    if editing.typed.contested:
        return show_grid(editing, status=409)
    return nothing_to_save(editing)


def nothing_to_save(editing: Editing):
    said = _("No target differs from what is stored; there is nothing to save.")
    messages.info(editing.request, said)
    return redirect(editing.plan)

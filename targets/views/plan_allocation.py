"""One target handed on to the districts, with the sum held against the province's number."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from accounts.decorators import in_province
from accounts.forms.reason import ReasonForm
from accounts.refusals import Refused
from communes.scope import Action
from ntm_tracker.web.htmx import wants_part
from targets.plans.cells import Key, Line, catalogue
from targets.plans.overview import Cell, sums_of, texts_of
from targets.plans.stored import Stored, districts_of, save_cells
from targets.views.plan_editing import (
    Editing,
    locked_plan,
    nothing_to_save,
    open_plan,
    saved,
    typed_in,
)


@in_province(Action.DECIDE)
def plan_allocate(request, province, plan, metric, kind):
    """The districts' numbers of one line; a POST checks the sums, or saves."""
    line = Line(metric, kind)
    if line not in catalogue() or not line.is_summed:
        raise Http404
    try:
        if request.POST.get("step") == "save":
            with transaction.atomic():
                return Allocation.of(request, locked_plan(province, plan), line).save()
        return Allocation.of(request, open_plan(province, plan), line).show()
    except Refused as error:
        messages.error(request, str(error))
        return redirect("plan", province=province.code, plan=plan)


class Allocation:
    """A line's cells by district and year."""

    def __init__(self, editing: Editing, line: Line, districts: list):
        self.editing, self.line, self.districts = editing, line, districts
        self.plan, self.typed = editing.plan, editing.typed
        self.sums = sums_of(self.plan, line, self.typed.values)

    @classmethod
    def of(cls, request, plan, line: Line) -> "Allocation":
        districts = districts_of(plan)
        keys = [Key(*line, year, one.pk) for one in districts for year in plan.years]
        stored = Stored.of(plan)
        typed = typed_in(request, stored, keys)
        return cls(Editing(request, plan, None, stored, typed), line, districts)

    @property
    def differing(self) -> list:
        return [found for found in self.sums if found.difference]

    @property
    def rows(self) -> list[tuple]:
        return [
            (district, [self._cell(district, year) for year in self.plan.years])
            for district in self.districts
        ]

    def _cell(self, district, year: int) -> Cell:
        key, typed = Key(*self.line, year, district.pk), self.typed
        fault, now = typed.faults.get(key, ""), typed.contested.get(key)
        return Cell(key, self._label(key, district), typed.texts[key], fault, now)

    def _label(self, key: Key, district) -> str:
        return _("%(district)s, %(year)s") % {"district": district, "year": key.year}

    def show(self, form: ReasonForm | None = None, *, asks=False, status=200):
        cells = [cell for _district, row in self.rows for cell in row]
        sentences = [(cell, cell.fault) for cell in cells if cell.fault]
        meanwhile = _("somebody changed this meanwhile")
        sentences += [(cell, meanwhile) for cell in cells if cell.contested is not None]
        context = {
            "line": self.line,
            "rows": self.rows,
            "asked": texts_of(self.plan, self.line, self.typed.stored, None),
            "sums": self.sums,
            "faults": [(cell.key.name, cell.label, text) for cell, text in sentences],
            "asks": asks,
            "form": form or ReasonForm(is_needed=not self.plan.is_draft),
        }
        is_check = wants_part(self.editing.request)
        template = "targets/plans/_sums.html" if is_check else "targets/plans/allocate.html"
        return self.editing.answer(template, context, status)

    def save(self):
        """Write the numbers; where a sum differs, only once that is said to be meant."""
        request, typed = self.editing.request, self.typed
        form = ReasonForm(request.POST, is_needed=not self.plan.is_draft)
        if typed.faults or typed.contested:
            return self.show(form, status=422 if typed.faults else 409)
        if not typed.changes:
            return nothing_to_save(self.editing)
        is_meant = not self.differing or "differs" in request.POST
        if not form.is_valid() or not is_meant:
            return self.show(form, asks=not is_meant, status=422)
        reason = form.cleaned_data["reason"]
        save_cells(self.editing.stored, typed.changes, by=request.user, reason=reason)
        messages.success(request, saved(len(typed.changes)))
        return redirect(self.plan)

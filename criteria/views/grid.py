"""The grid of many communes: typed into or pasted into, looked at, then applied at once."""

from dataclasses import dataclass

from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.decorators import in_province
from accounts.models import User
from communes.models import Province
from communes.scope import Action
from criteria.grid import inputs, markup, remarks, seen
from criteria.grid.forms import BlockForm, GridForm, State
from criteria.grid.planning import BlockPlan
from criteria.grid.reading import Grid, Row, read_grid
from criteria.models import Assessment, Origin
from criteria.scoring import save_scores
from criteria.views.trails import below_work


@in_province(Action.ENTER)
def grid_page(request, province):
    """The grid; a POST previews what was typed or pasted, or applies what was previewed."""
    mine = Assessment.objects.editable_by(request.user).filter(commune__province=province)
    bar = GridForm(request.GET, assessments=mine)
    if bar.is_empty or not bar.is_valid():
        context = {"province": province, "bar": bar, "trail": below_work()}
        return render(request, "criteria/grid.html", context)
    asked = Asked(request, province, bar, bar.state, bar.state.of(mine))
    steps = {"inputs": _preview_inputs, "preview": _preview_block, "apply": _apply}
    return steps.get(request.POST.get("step"), _show)(asked)


@dataclass
class Asked:
    """A request for a part of the grid; `mine` are its assessments that the user may fill in."""

    request: object
    province: Province
    bar: GridForm
    state: State
    mine: QuerySet

    @cached_property
    def grid(self) -> Grid:
        return read_grid(self.mine)

    @property
    def shown(self) -> list[Row]:
        return self.grid.in_district(self.state.district)

    @property
    def address(self) -> str:
        path = reverse("criteria:grid", kwargs={"province": self.province.code})
        return f"{path}?{self.state.query}"

    def block_form(self, data=None) -> BlockForm:
        columns = self.grid.columns_of(self.state.what)
        first = columns[0].code if columns else ""
        return BlockForm(data, grid=self.grid, shown=self.shown, first_line=first)

    def answer(self, template: str, context: dict, status=200):
        frame = {
            "province": self.province,
            "state": self.state,
            "address": self.address,
            "trail": below_work(),
        }
        return render(self.request, template, frame | context, status=status)


def _show(asked: Asked, form: BlockForm | None = None, status=200):
    """The grid itself, to be typed into as far as it is not too large."""
    rows, columns = asked.shown, asked.grid.columns_of(asked.state.what)
    has_inputs = len(rows) * len(columns) <= inputs.MOST_INPUTS
    cells = markup.input_cells if has_inputs else markup.text_cells
    asked.bar.show(asked.state)
    context = {
        "bar": asked.bar,
        "form": form or asked.block_form(),
        "columns": columns,
        "heads": markup.heads(rows, columns),
        "groups": [
            (district, [(row, cells(row, columns)) for row in own])
            for district, own in markup.by_district(rows)
        ],
        "count": len(rows),
        "has_inputs": has_inputs,
        "can_type": has_inputs and any(not row.shut for row in rows),
        "shown": seen.seal_inputs(rows, columns) if has_inputs else "",
    }
    return asked.answer("criteria/grid.html", context, status)


def _preview_inputs(asked: Asked):
    text, versions = inputs.block_of(asked.request.POST, asked.shown)
    if not text:
        return _nothing_to_save(asked)
    return _preview(asked, {"block": text}, versions)


def _preview_block(asked: Asked):
    return _preview(asked, asked.request.POST)


def _preview(asked: Asked, data, versions: seen.Seen | None = None):
    form = asked.block_form(data)
    plan = form.plan(asked.grid, versions)
    return _show_preview(asked, form, plan) if plan else _show(asked, form, status=422)


def _apply(asked: Asked):
    """Write what was previewed, all of it or nothing; else show anew what there is to see."""
    sent = asked.request.POST
    sealed = sent.get("seen", "")
    with transaction.atomic():
        _lock(asked.mine, seen.assessments_in(sealed))
        form = asked.block_form(sent)
        versions = seen.open_preview(sealed, form.as_block) if form.is_valid() else None
        plan = form.plan(asked.grid, versions)
        if plan is None:
            return _show(asked, form, status=422)
        why = remarks.why_not(plan, versions, leave_out="leave_out" in sent)
        if not why:
            save_scores(plan.changes, by=asked.request.user, origin=Origin.GRID)
    if why:
        return _show_preview(asked, form, plan, why, status=409)
    if not plan.changes:
        return _nothing_to_save(asked)
    messages.success(asked.request, _saved(len(plan.changes)))
    return redirect(asked.address)


def _lock(assessments: QuerySet, pks: list[int]):
    """Keep others from changing them until the transaction ends, in one order for all."""
    rows = assessments.filter(pk__in=pks).order_by("pk")
    list(rows.only("pk").select_for_update(of=["self"]))


def _show_preview(asked: Asked, form: BlockForm, plan: BlockPlan, why: str = "", status=200):
    block = form.as_block
    columns, rows = markup.preview_rows(plan)
    sentences, more = remarks.refusals(plan)
    context = {
        "trail": [*below_work(), (_("Grid"), asked.address)],
        "form": form,
        "plan": plan,
        "why": why,
        "understood": remarks.understood(plan.shape),
        "meanwhile": remarks.meanwhile(plan, User.objects),
        "questions": remarks.questions(plan, block, form.lines),
        "refusals": sentences,
        "more": more,
        "columns": columns,
        "rows": rows,
        "seen": seen.seal_preview(plan, block),
    }
    return asked.answer("criteria/grid_preview.html", context, status)


def _nothing_to_save(asked: Asked):
    messages.info(
        asked.request, _("No cell differs from what is stored; there is nothing to save.")
    )
    return redirect(asked.address)


def _saved(count: int) -> str:
    return ngettext("%(count)d cell was saved.", "%(count)d cells were saved.", count) % {
        "count": count
    }

"""One workbook that came in: looked at, applied, undone."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRefresh

from accounts.decorators import in_province
from accounts.refusals import Refused
from communes.scope import Action
from criteria.excel import remarks, steps, tasks
from criteria.excel.agreeing import AboutStale, Agreed
from criteria.excel.planning import digest, make_plan
from criteria.forms.excel import AgreeForm
from criteria.grid.markup import preview_rows
from criteria.grid.remarks import refusals
from criteria.models import WorkbookImport
from criteria.views.trails import below_excel
from ntm_tracker.web.htmx import render_part, wants_part

State = WorkbookImport.State


def import_or_404(request, province, key) -> WorkbookImport:
    rows = WorkbookImport.objects.editable_by(request.user).with_names()
    return get_object_or_404(rows, province=province, key=key)


@in_province(Action.ENTER)
def excel_import(request, province, key):
    """How far it is, or what it would do, or what it did."""
    workbook = import_or_404(request, province, key)
    if workbook.state == State.MAPPING:
        return redirect(workbook.mapping_url)
    if workbook.is_in_work:
        return _show_progress(request, workbook)
    if wants_part(request):
        return HttpResponseClientRefresh()
    if workbook.state == State.PREVIEWED:
        return _show_preview(request, workbook)
    return render(request, "criteria/excel_import.html", _frame(workbook))


@require_POST
@in_province(Action.ENTER)
def excel_apply(request, province, key):
    """Save what was looked at, all of it or nothing."""
    workbook = import_or_404(request, province, key)
    form = AgreeForm(request.POST)
    if form.is_valid() and workbook.move(
        State.PREVIEWED, State.QUEUED, agreed=form.agreed.as_json, refusal=""
    ):
        tasks.begin_applying(workbook, request.user)
        _say_what_was_saved(request, workbook)
    return redirect(workbook)


@require_http_methods(["GET", "POST"])
@in_province(Action.ENTER)
def excel_undo(request, province, key):
    """Ask, then write back what the import replaced."""
    workbook = import_or_404(request, province, key)
    if request.method == "GET" and workbook.state == State.APPLIED:
        return render(request, "criteria/excel_undoing.html", _frame(workbook))
    if request.method == "POST":
        try:
            steps.undo(workbook, by=request.user)
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("The import was undone."))
    return redirect(workbook)


@require_POST
@in_province(Action.ENTER)
def excel_run(request, province, key):
    """Do here and now what nobody did for a while."""
    workbook = import_or_404(request, province, key)
    if workbook.is_stuck:
        tasks.begin_anew(workbook, request.user)
    return redirect(workbook)


def _frame(workbook: WorkbookImport) -> dict:
    return {
        "province": workbook.province,
        "trail": below_excel(workbook.province),
        "workbook": workbook,
    }


def _show_progress(request, workbook: WorkbookImport):
    return render_part(
        request, "criteria/excel_progress.html", "criteria/_excel_progress.html", _frame(workbook)
    )


def _show_preview(request, workbook: WorkbookImport):
    plan = make_plan(workbook, request.user)
    agreed = Agreed(**workbook.agreed)
    columns, rows = preview_rows(plan)
    sentences, more = refusals(plan)
    warned = remarks.warned(plan)
    context = _frame(workbook) | {
        "plan": plan,
        "agreed": agreed,
        "seen": digest(plan),
        "choices": AboutStale.choices,
        "conflicts": remarks.conflicts(plan, agreed),
        "refusals": [*workbook.faults, *sentences],
        "refused": plan.refused + len(workbook.faults),
        "more": more,
        "warned": warned[: remarks.MOST_SHOWN],
        "warnings": len(warned),
        "notes": remarks.notes(plan),
        "columns": columns,
        "rows": rows,
    }
    return render(request, "criteria/excel_preview.html", context)


def _say_what_was_saved(request, workbook: WorkbookImport):
    workbook.refresh_from_db(fields=["state", "written"])
    if workbook.state == State.APPLIED:
        count = len(workbook.written)
        said = ngettext("%(count)d cell was saved.", "%(count)d cells were saved.", count)
        messages.success(request, said % {"count": count})

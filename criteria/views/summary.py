"""The province's own summary workbook: sent, understood, corrected, and on to the preview."""

from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.decorators import in_province
from accounts.refusals import Refused
from communes.scope import Action
from criteria.excel import summary
from criteria.excel.comparing import MOST_SHOWN, compare
from criteria.excel.summary_words import row_meaning
from criteria.forms.summary import MappingForm, SummaryForm
from criteria.models import Assessment, WorkbookImport
from criteria.summary.roles import RowKind
from criteria.views.excel_import import import_or_404
from criteria.views.trails import below_excel

MOST_NAMED = 50


@require_http_methods(["GET", "POST"])
@in_province(Action.ENTER)
def summary_upload(request, province):
    """Which workbook, and what it is about."""
    mine = Assessment.objects.editable_by(request.user).filter(commune__province=province)
    is_sent = request.method == "POST"
    given = (request.POST, request.FILES) if is_sent else (None, None)
    form = SummaryForm(*given, assessments=mine)
    if is_sent and form.is_valid():
        try:
            workbook = _kept(request, province, form)
        except Refused as refused:
            form.add_error("file", str(refused))
        else:
            return redirect(workbook.mapping_url)
    context = {"province": province, "trail": below_excel(province), "form": form}
    return render(request, "criteria/summary.html", context, status=422 if is_sent else 200)


def _kept(request, province, form: SummaryForm) -> WorkbookImport:
    """The import of a file that speaks of communes; raises Refused for any other."""
    file = form.cleaned_data["file"]
    workbook = WorkbookImport(
        province=province,
        period=form.period,
        criteria_set=form.set,
        kind=WorkbookImport.Kind.SUMMARY,
        state=WorkbookImport.State.MAPPING,
        file=file,
        filename=file.name,
        by=request.user,
    )
    summary.understood(summary.sheets_of(file, file.name), summary.known_for(workbook), {})
    workbook.save()
    return workbook


@require_http_methods(["GET", "POST"])
@in_province(Action.ENTER)
def summary_mapping(request, province, key):
    """How each column and row was understood; corrections are remembered."""
    workbook = import_or_404(request, province, key)
    if workbook.kind != WorkbookImport.Kind.SUMMARY or workbook.state not in summary.MAPPED:
        return redirect(workbook)
    known, said = summary.known_for(workbook), summary.said_for(workbook)
    sheets = summary.stored_sheets(workbook)
    readings = summary.understood(sheets, known, said)
    form = MappingForm(request.POST or None, readings=readings, known=known, said=said)
    if request.method == "POST" and form.is_valid():
        said = summary.remember(workbook, form.changes, by=request.user)
        if "show" in request.POST:
            return redirect(workbook.mapping_url)
        asked = summary.asked_by(workbook, summary.understood(sheets, known, said), known)
        summary.propose(workbook, asked)
        return redirect(workbook)
    unread = {sheet.name for sheet in sheets} - {reading.sheet.name for reading in readings}
    return _show(request, workbook, readings, known, form, sorted(unread))


def _show(request, workbook, readings, known, form, unread_sheets):
    asked = summary.asked_by(workbook, readings, known)
    compared = compare(workbook, asked.claims, request.user)
    communes = [
        (reading.sheet.name, row.number + 1, row.label, row_meaning(row, known))
        for reading in readings
        for row in reading.rows
        if row.kind is RowKind.UNIT
    ]
    context = {
        "province": workbook.province,
        "trail": below_excel(workbook.province),
        "workbook": workbook,
        "form": form,
        "titles": readings[0].titles[:3],
        "unread_sheets": unread_sheets,
        "communes": communes,
        "cells": len(asked.proposals),
        "faults": asked.faults[:MOST_NAMED],
        "more_faults": max(len(asked.faults) - MOST_NAMED, 0),
        "compared": compared,
        "differences": compared.differences[:MOST_SHOWN],
    }
    return render(request, "criteria/summary_mapping.html", context)

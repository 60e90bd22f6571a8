"""The steps of an import: read, applied, undone; each as a whole or not at all."""

from collections.abc import Iterable
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.refusals import Refused
from criteria.excel.agreeing import Agreed
from criteria.excel.filled import Filled, read_filled
from criteria.excel.planning import assessments_of, digest, make_plan
from criteria.models import (
    CriteriaSet,
    Origin,
    ReportingPeriod,
    Score,
    WorkbookImport,
    Written,
)
from criteria.planned import Cell, Plan
from criteria.scoring import Change, save_scores
from criteria.sheets import layout_of
from ntm_tracker.web.uploaded.reading import read_tables
from ntm_tracker.web.uploaded.refusals import BadUpload

State = WorkbookImport.State
MOST_NAMED = 10


def read(workbook: WorkbookImport):
    """Find out what a workbook asks for. Raises Refused where it cannot be told."""
    with workbook.file.open() as file:
        try:
            sheets = read_tables(file, workbook.filename)
        except BadUpload as fault:
            raise Refused(str(fault)) from fault

    def tell(done: int, total: int):
        WorkbookImport.objects.filter(pk=workbook.pk).update(
            done=done, total=total, touched_at=timezone.now()
        )

    filled = read_filled(sheets, tell)
    period, criteria_set = _part(workbook, filled)
    found = {
        "period": period,
        "criteria_set": criteria_set,
        "proposals": filled.proposals,
        "faults": filled.faults,
        "refusal": "",
    }
    workbook.move(State.READING, State.PREVIEWED, **found)


def _part(workbook: WorkbookImport, filled: Filled) -> tuple[ReportingPeriod, CriteriaSet]:
    part = filled.part
    if part.province != workbook.province.code:
        raise Refused(_("This template was made for another province."))
    periods = {row.code: row for row in ReportingPeriod.objects.filter(province=workbook.province)}
    criteria_set = CriteriaSet.objects.filter(code=part.criteria_set).first()
    if part.period not in periods or criteria_set is None:
        raise Refused(
            _("The period or the criteria set of this template is not known. Download a new one.")
        )
    return periods[part.period], criteria_set


@transaction.atomic
def apply(workbook: WorkbookImport, *, by):
    """Write all that was agreed to, or raise Refused and write nothing."""
    agreed = Agreed(**workbook.agreed)
    lock(workbook, by, {proposal.assessment for proposal in workbook.asks})
    plan = make_plan(workbook, by)
    if digest(plan) != agreed.seen:
        raise Refused(
            _(
                "Something changed since you looked at it. Nothing was saved: look at it again, "
                "then save."
            )
        )
    if refused := why_not(workbook, plan, agreed):
        raise Refused(refused)
    taken = [cell for cell in plan.changing if agreed.takes(cell)]
    stored = save_scores([cell.change for cell in taken], by=by, origin=Origin.EXCEL)
    _move_or_refuse(
        workbook,
        State.APPLYING,
        State.APPLIED,
        written=[_written(cell, stored) for cell in taken],
        applied_by=by,
        applied_at=timezone.now(),
        refusal="",
    )


def why_not(workbook: WorkbookImport, plan: Plan, agreed: Agreed) -> str:
    """Why a plan is not applied as agreed; empty where it may be."""
    if (plan.refused or workbook.faults) and not agreed.leaves_out:
        return _(
            "Nothing was saved. Correct the refused cells in the file and send it again, or tick "
            "that they stay as they are."
        )
    if plan.stale and not agreed.about_stale:
        return _("Nothing was saved. Choose what becomes of the cells that somebody changed.")
    if not any(map(agreed.takes, plan.changing)):
        return _("Nothing was saved: no cell is left that would change.")
    return ""


def _written(cell: Cell, stored) -> Written:
    was = cell.was
    now = stored[cell.row.assessment.pk][cell.line.key]
    value = None if was.value is None else str(was.value)
    return Written(*cell.key, value, was.verdict, was.note, was.is_carried, now.version)


@transaction.atomic
def undo(workbook: WorkbookImport, *, by):
    """Write back all that the import replaced, or raise Refused and write nothing."""
    replaced = workbook.replaced
    locked = lock(workbook, by, {row.assessment for row in replaced})
    if {row.assessment for row in replaced} - locked.keys():
        raise Refused(_("The import holds communes that you may not enter scores of."))
    lines = {
        pk: {line.code: line for line in layout_of(of).lines(of.commune)}
        for pk, of in locked.items()
    }
    changes = [_back(row, locked[row.assessment], lines[row.assessment]) for row in replaced]
    _refuse_if_changed_since(changes)
    save_scores(changes, by=by, origin=Origin.EXCEL)
    _move_or_refuse(
        workbook, State.APPLIED, State.UNDONE, undone_by=by, undone_at=timezone.now(), refusal=""
    )


def _back(row: Written, assessment, lines) -> Change:
    if row.code not in lines:
        raise Refused(_("%(code)s is no longer part of the set.") % {"code": row.code})
    value = None if row.value is None else Decimal(row.value)
    return Change(
        assessment, lines[row.code], value, row.verdict, row.note, row.version, row.is_carried
    )


def _refuse_if_changed_since(changes: list[Change]):
    """Raise Refused with the first of the cells that somebody wrote after the import."""
    now = {
        (pk, indicator, criterion): version
        for pk, indicator, criterion, version in Score.objects.filter(
            assessment__in={change.assessment.pk for change in changes}
        ).values_list("assessment", "indicator", "criterion", "version")
    }
    moved = [
        f"{change.assessment.commune} {change.line.code}"
        for change in changes
        if now.get((change.assessment.pk, *change.line.key)) != change.version
    ]
    if moved:
        names = ", ".join(moved[:MOST_NAMED]) + (" …" if len(moved) > MOST_NAMED else "")
        raise Refused(
            ngettext(
                "%(count)d cell was changed after the import, so it is not undone: %(names)s. "
                "Correct it in the form.",
                "%(count)d cells were changed after the import, so it is not undone: %(names)s. "
                "Correct them in the form.",
                len(moved),
            )
            % {"count": len(moved), "names": names}
        )


def lock(workbook: WorkbookImport, user, pks: Iterable[int]) -> dict:
    """The user's assessments among some, locked in one order for all, by key."""
    rows = assessments_of(workbook, user).filter(pk__in=pks).order_by("pk")
    return {row.pk: row for row in rows.with_names().select_for_update(of=["self"])}


def _move_or_refuse(workbook: WorkbookImport, before, after, **changes):
    if not workbook.move(before, after, **changes):
        raise Refused(_("Somebody was quicker: this import is not as you saw it."))

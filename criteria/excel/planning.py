"""What an import would do, as things stand now."""

from dataclasses import dataclass
from hashlib import sha256

from django.utils.translation import gettext as _

from criteria.cells import KEPT
from criteria.excel.filled import place
from criteria.grid.reading import Row, read_grid
from criteria.models import Assessment, Proposal, WorkbookImport
from criteria.planned import Plan


@dataclass(frozen=True, slots=True)
class InFile:
    """Where a cell stands, and for which commune; thousands are planned, few are named."""

    proposal: Proposal
    row: Row

    def __str__(self):
        asked = self.proposal
        return _("%(place)s (%(commune)s)") % {
            "place": place(asked.sheet, asked.row, asked.column),
            "commune": self.row.commune,
        }


def assessments_of(workbook: WorkbookImport, user):
    """Those of the import's part that the user may fill in."""
    return Assessment.objects.editable_by(user).filter(
        commune__province=workbook.province,
        period=workbook.period,
        criteria_set=workbook.criteria_set,
    )


def make_plan(workbook: WorkbookImport, user) -> Plan:
    """Work out every proposal; the queries of `read_grid`, for any number of them."""
    proposals = workbook.asks
    asked = {proposal.assessment for proposal in proposals}
    grid = read_grid(assessments_of(workbook, user).filter(pk__in=asked))
    rows = {row.assessment.pk: row for row in grid.rows}
    plan, seen = Plan(), {}
    for proposal in proposals:
        row = rows.get(proposal.assessment)
        line = row.lines.get(proposal.code) if row else None
        if line is None:
            plan.strays[_why_stray(workbook, proposal, row)] += 1
            continue
        cell = plan.add(
            row,
            proposal.code,
            proposal.text,
            note=KEPT if proposal.note is None else proposal.note,
            where=InFile(proposal, row),
        )
        is_known = proposal.version is not None
        seen[cell.key] = proposal.version if is_known else cell.was.version
    plan.mark_stale(seen)
    return plan


def digest(plan: Plan) -> str:
    """Two plans with the same digest change the same cells from the same to the same."""
    said = [
        (*cell.key, cell.was.version, change.value, change.verdict, change.note, cell.is_stale)
        for cell in plan.cells
        if (change := cell.change)
    ]
    return sha256(repr([said, sorted(plan.refusals.items())]).encode()).hexdigest()


def _why_stray(workbook: WorkbookImport, proposal: Proposal, row: Row | None) -> str:
    if row is None:
        return _(
            "%(place)s: you may not enter scores of this commune. In %(period)s they are entered "
            "by: %(who)s."
        ) % {
            "place": place(proposal.sheet, proposal.row),
            "period": workbook.period,
            "who": workbook.period.get_who_enters_display().lower(),
        }
    return _("%(place)s: %(code)s is no indicator of this set.") % {
        "place": place(proposal.sheet, proposal.row, proposal.column),
        "code": proposal.code,
    }

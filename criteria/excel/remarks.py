"""What the preview of an import says beside its table."""

from dataclasses import dataclass

from accounts.models import User
from criteria.entry import last_verified, limits_of, row_of
from criteria.excel.agreeing import Agreed, key_text
from criteria.models import Score
from criteria.planned import Cell, Plan
from criteria.sheets import key_of
from criteria.wording import why_warned

# Cells that are shown one by one beside the table; there may be thousands.
MOST_SHOWN = 200


@dataclass(frozen=True)
class Conflict:
    """A cell that somebody changed since the workbook was made."""

    cell: Cell
    key: str
    who: User | None
    is_ticked: bool


@dataclass(frozen=True)
class Warned:
    """A cell with what needs an explanation, and whether a note gives one."""

    cell: Cell
    sentences: list[str]

    @property
    def is_explained(self) -> bool:
        return bool(self.cell.change.note)


def conflicts(plan: Plan, agreed: Agreed) -> list[Conflict]:
    """The first of them with who changed them; one query if there are any."""
    shown = plan.stale[:MOST_SHOWN]
    who = User.objects.in_bulk({cell.was.entered_by_id for cell in shown}) if shown else {}
    return [
        Conflict(
            cell, key_text(cell), who.get(cell.was.entered_by_id), key_text(cell) in agreed.mine
        )
        for cell in shown
    ]


def notes(plan: Plan) -> list[Cell]:
    """The first of the cells whose note would change."""
    return [cell for cell in plan.changing if cell.change.note != cell.was.note][:MOST_SHOWN]


def warned(plan: Plan) -> list[Warned]:
    """The cells that the form would ask an explanation for; two queries, or none."""
    changing = plan.changing
    assessments = {cell.row.assessment.pk: cell.row.assessment for cell in changing}
    if not assessments:
        return []
    before = last_verified(assessments.values())
    last = {
        (score.assessment_id, *key_of(score)): score
        for score in Score.objects.filter(assessment__in={of.pk for of in before.values()})
    }
    limits = limits_of(changing[0].row.commune.province)
    found = []
    for cell in changing:
        earlier = before.get(cell.row.assessment.pk)
        score = earlier and last.get((earlier.pk, *cell.line.key))
        row = row_of(cell.row.assessment, cell.line, cell.change, score, limits)
        if row.warnings:
            said = [why_warned(warn, cell.line, cell.change, score) for warn in row.warnings]
            found.append(Warned(cell, said))
    return found

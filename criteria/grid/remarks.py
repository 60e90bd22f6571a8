"""What a preview says beside its table, in sentences."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from criteria.blocks import Shape
from criteria.grid.planning import Block
from criteria.planned import Cell, Plan, Seen
from criteria.sheets import Line
from ntm_tracker.web.numbers import MISSING, day

# Sentences shown of one kind; the table shows all cells anyway.
MOST_SENTENCES = 30
# Communes named beside a question.
MOST_NAMES = 5


@dataclass(frozen=True)
class Question:
    """What the dot in a column's numbers means, with an example of each reading."""

    line: Line
    answer: str
    count: int
    communes: str
    thousands: str
    decimal: str


def understood(shape: Shape) -> str:
    """How the block was read."""
    words = {"column": (shape.names or 0) + 1, "row": (shape.codes or 0) + 1}
    if shape.names is not None and shape.codes is not None:
        text = _("Column %(column)d names the communes, row %(row)d the indicators.")
    elif shape.names is not None:
        text = _(
            "Column %(column)d names the communes; the indicators run on from the column chosen."
        )
    elif shape.codes is not None:
        text = _("Row %(row)d names the indicators; the communes run down from the row chosen.")
    else:
        text = _(
            "No names or numbers of indicators were found in it: the cells run on from the row "
            "and the column chosen."
        )
    return text % words


def refusals(plan: Plan) -> tuple[list[str], int]:
    """The sentences of refused cells, and how many more there are."""
    said = [
        sentence
        if count == 1
        else _("%(sentence)s (%(count)d cells)")
        % {
            "sentence": sentence,
            "count": count,
        }
        for sentence, count in plan.refusals.items()
    ]
    return said[:MOST_SENTENCES], max(0, len(said) - MOST_SENTENCES)


def meanwhile(plan: Plan, users: QuerySet) -> list[str]:
    """Both findings of each cell that somebody else changed; one query if there is one."""
    shown = plan.stale[:MOST_SENTENCES]
    names = users.in_bulk({cell.was.entered_by_id for cell in shown}) if shown else {}
    return [_both(cell, names.get(cell.was.entered_by_id)) for cell in shown]


def _both(cell: Cell, who) -> str:
    return _(
        "%(commune)s, %(code)s: now “%(theirs)s” (%(who)s, %(day)s); yours is “%(mine)s”."
    ) % {
        "commune": cell.row.commune,
        "code": cell.line.code,
        "theirs": cell.old_text or MISSING,
        "who": who or MISSING,
        "day": day(cell.was.entered_at),
        "mine": cell.new_text or MISSING,
    }


def questions(plan: Plan, block: Block, lines: dict[str, Line]) -> list[Question]:
    """The columns with numbers such as “1.234”, also those answered: one may think again."""
    asked = {}
    for code in [*plan.questions, *block.dots]:
        cells = plan.questions.get(code, [])
        thousands, decimal = cells[0][1] if cells else ("1234", "1,234")
        answer = block.dots[code].value if code in block.dots else ""
        named = [str(cell.row.commune) for cell, _choices in cells[:MOST_NAMES]]
        communes = ", ".join(named) + (" …" if len(cells) > MOST_NAMES else "")
        asked[code] = Question(lines[code], answer, len(cells), communes, thousands, decimal)
    return list(asked.values())


def why_not(plan: Plan, seen: Seen | None, *, leave_out: bool) -> str:
    """Why a plan is not applied though somebody asked for it; empty if it may be."""
    if seen is None:
        return _("The block is not the one that was previewed. Look at it again, then save.")
    if count := len(plan.stale):
        return ngettext(
            "%(count)d cell was changed by somebody meanwhile. Nothing was saved: look at both "
            "values, then save again.",
            "%(count)d cells were changed by somebody meanwhile. Nothing was saved: look at both "
            "values, then save again.",
            count,
        ) % {"count": count}
    if {cell.key for cell in plan.cells if cell.refusal} & seen.keys() - plan.versions.keys():
        return _("Cells are refused now that were not before. Nothing was saved.")
    if plan.refused and not leave_out:
        return _(
            "Nothing was saved. Correct the refused cells in the box, or tick that they stay as "
            "they are."
        )
    return ""

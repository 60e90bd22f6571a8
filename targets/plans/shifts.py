"""What would change on the dashboard's cards, in words."""

from django.utils.translation import gettext as _

from ntm_tracker.web.numbers import MISSING, number, signed
from targets.cards import MEANS, show
from targets.plans.effect import Shift
from targets.progress import Status


def shift_rows(shifts: list[Shift]) -> list[dict]:
    """The rows of a table: the card, what was reached, and each figure before and after."""
    return [
        {
            "title": shift.line.title,
            "reached": _reached(shift.row),
            "before": _status(shift.before),
            "after": _status(shift.after),
            "figures": [
                (_shown(figure, shift.before), _shown(figure, shift.after))
                for figure in (_expected, _gap, _pace, _final)
            ],
        }
        for shift in shifts
    ]


def _status(row) -> str:
    return "" if row is None else str(row.status or Status.NO_DATA)


def _shown(figure, row) -> str:
    return MISSING if row is None else figure(row)


def _reached(row) -> str:
    return show(row.value, row.metric, row.kind)


def _expected(row) -> str:
    if row.kind == "share":
        return show(row.expected, row.metric, row.kind)
    return number(row.expected, _places(row))


def _gap(row) -> str:
    return signed(row.gap, _places(row))


def _pace(row) -> str:
    return signed(row.pace_needed, _places(row))


def _final(row) -> str:
    if row.final_year is None:
        return MISSING
    target = show(row.target_final, row.metric, row.kind)
    return _("%(target)s in %(year)s") % {"target": target, "year": row.final_year}


def _places(row) -> int:
    return 2 if row.metric in MEANS else 1

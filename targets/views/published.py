"""Official figures beside what is computed for the same day and the same list of communes."""

from django.utils.translation import gettext as _

from ntm_tracker.web.numbers import number, signed
from targets import trends
from targets.cards import MEANS
from targets.files import table_file_of
from targets.files.published import figures
from targets.models import Metric
from targets.pages import of_province, render_body
from targets.state import state_of
from targets.views.parts import frame_of


@of_province
def published_page(request, province):
    return render_body(
        request,
        province,
        "targets/published_page.html",
        "targets/_published.html",
        lambda snapshot: context_of(request, snapshot),
        swap="targets/_body.html",
    )


published_table = table_file_of({"figures": figures}, state_of)


def context_of(request, snapshot):
    form, at = state_of(request, snapshot)
    rows = trends.published_beside(snapshot, at)
    return frame_of(request, snapshot, form, at) | {
        "title": _("Published and computed figures"),
        "rows": [_row(row) for row in rows.itertuples(index=False)],
    }


def _row(row) -> dict:
    places = 2 if row.metric in MEANS else 0
    differs = row.difference == row.difference and round(row.difference, places) != 0
    return {
        "metric": Metric(row.metric).label,
        "as_of": row.as_of,
        "boundary_on": row.boundary_on,
        "published": _out_of(row.published, row.published_base, places),
        "computed": _out_of(row.computed, row.computed_base, places),
        "difference": signed(row.difference, places) if differs else "",
        "is_known": row.computed == row.computed,
        "is_illustrative": row.is_illustrative,
        "note": row.note,
        "source": row.source,
    }


def _out_of(value, base, places: int) -> str:
    shown = number(value, places)
    return f"{shown}/{number(base)}" if places == 0 and base == base and value == value else shown

"""Communes by criteria, as a table of symbols."""

from django.utils.html import escape
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from ntm_tracker.web.numbers import number
from targets import tables, verdict_tables
from targets.files import table_file_of
from targets.files import units as files
from targets.pages import of_province, render_body
from targets.state import commune_url, criterion_url, query_of, state_of
from targets.views.parts import frame_of

SYMBOLS = {"met": "●", "basically": "◐", "not_met": "○", "not_applicable": "–"}
CLASSES = {"met": "met", "basically": "basically", "not_met": "not-met", "not_applicable": "na"}


@of_province
def matrix_page(request, province):
    return render_body(
        request,
        province,
        "targets/matrix_page.html",
        "targets/_matrix.html",
        lambda snapshot: context_of(request, snapshot),
        swap="targets/_body.html",
    )


matrix_table = table_file_of({"criteria": files.matrix}, state_of)


def context_of(request, snapshot):
    form, at = state_of(request, snapshot)
    query = query_of(request)
    table = verdict_tables.matrix(snapshot, at)
    titles = snapshot.titles(tables.current_set(snapshot, at))
    numbers = [n for n in titles if n in table.columns]
    return frame_of(request, snapshot, form, at) | {
        "title": _("Communes by criteria"),
        "criteria": [(n, titles[n], criterion_url(snapshot, n, query)) for n in numbers],
        "groups": groups(snapshot, table, numbers, query),
        "totals": [int((table[n] == "met").sum()) for n in numbers],
        "count": len(table),
        "width": len(numbers) + 2,
    }


def groups(snapshot, table, numbers, query):
    """Rows by district: (name, number of communes, rows of name, address, cells, total)."""
    cells = _cells()
    found = []
    for district, rows in table.groupby("district", sort=False):
        verdicts = rows[numbers].astype(object).itertuples(index=False, name=None)
        found.append(
            (
                district,
                len(rows),
                [
                    (
                        row.name,
                        commune_url(snapshot, row.code, query),
                        mark_safe("".join([cells.get(v, cells[None]) for v in line])),
                        number(row.counted),
                    )
                    for row, line in zip(
                        rows[["name", "code", "counted"]].itertuples(index=False),
                        verdicts,
                        strict=True,
                    )
                ],
            )
        )
    return found


def _cells():
    """The markup of each verdict's cell, made once for thousands of cells."""
    words = {
        "met": _("met"),
        "basically": _("basically met"),
        "not_met": _("not met"),
        "not_applicable": _("not applicable"),
    }
    cell = '<td class="{}" aria-label="{}">{}</td>'
    cells = {
        verdict: cell.format(CLASSES[verdict], escape(word), SYMBOLS[verdict])
        for verdict, word in words.items()
    }
    return cells | {None: cell.format("none", escape(_("not assessed")), "·")}

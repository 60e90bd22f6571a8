"""A criterion's page: who meets it, who does not, how that has moved."""

from dataclasses import replace

import numpy as np
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from criteria.models import Grade
from criteria.rules import Verdict
from ntm_tracker.web import csp
from ntm_tracker.web.numbers import day
from targets import tables
from targets.criterion_lists import (
    changes,
    criterion_in,
    groups,
    indicator_rows,
    link_to,
    scores,
    verdicts,
)
from targets.files import table_file_of
from targets.files.criterion import TABLES
from targets.pages import of_province, render_body
from targets.state import query_of, state_of, with_query
from targets.unit_wording import criterion_headline, set_line
from targets.views.charts import describe
from targets.views.parts import criteria_links, frame_of


@csp.chart_page
@of_province
def criterion_page(request, province, number):
    return render_body(
        request,
        province,
        "targets/unit_page.html",
        "targets/_criterion.html",
        lambda snapshot: context_of(request, snapshot, number),
    )


def state_of_file(request, snapshot, number):
    form, at = state_of(request, snapshot)
    if criterion_in(snapshot, tables.current_set(snapshot, at), number) is None:
        raise Http404
    return form, replace(at, criterion=number)


criterion_table = table_file_of(TABLES, state_of_file)


def context_of(request, snapshot, asked: int):
    """Everything the page of a criterion prints."""
    form, at = state_of(request, snapshot)
    query = query_of(request)
    set_id = tables.current_set(snapshot, at)
    frame = frame_of(request, snapshot, form, at) | around(snapshot, at, query, asked)
    criterion = criterion_in(snapshot, set_id, asked)
    if criterion is None:
        return frame | not_in_this_set(snapshot, at, asked)
    table = verdicts(snapshot, at, asked)
    found = scores(snapshot, at, asked, set_id)
    link = link_to(snapshot, at, query, asked)
    counts = table["verdict"].value_counts()
    chart_query = query | {"criterion": asked}
    charts = ["movement"]
    if (table["district"] != "").any() and at.district is None:
        charts.append("by-district")
    return frame | {
        "title": criterion_headline(
            criterion, counts.to_dict(), basically_counts=snapshot.basically_counts
        ),
        "criterion": criterion,
        "set_line": set_line(criterion.criteria_set),
        "is_narrowed": at.is_narrowed,
        "is_illustrative": bool(table["is_illustrative"].any()),
        "indicators": indicator_rows(snapshot, at, criterion, table, found),
        "charts": [describe(snapshot.province, name, chart_query, at) for name in charts],
        "names_indicators": bool(len(found)),
        "groups": groups(snapshot, table, found, link),
        "has_verdicts": bool(counts.reindex(list(Verdict)).sum()),
        "changes": changes(snapshot, at, asked, table, link),
    }


def around(snapshot, at, query, asked: int) -> dict:
    """Where the page belongs, and its neighbours in the set."""
    links = criteria_links(snapshot, at, query)
    province = reverse("province", kwargs={"province": snapshot.province.code})
    return {
        "trail": [(snapshot.province.name, with_query(province, query))],
        "previous": next((link for link in reversed(links) if link[0] < asked), None),
        "here": _("Criterion %(number)s") % {"number": asked},
        "following": next((link for link in links if link[0] > asked), None),
        "criteria_links": links,
    }


def not_in_this_set(snapshot, at, asked: int) -> dict:
    """What is said of a criterion that only another set has; 404 for one that none has."""
    standard = snapshot.sets["set_id"][snapshot.sets["grade"] == Grade.STANDARD]
    known = snapshot.criteria["number"][np.isin(snapshot.criteria["set_id"], standard)]
    if asked not in set(known):
        raise Http404
    title = _("The criteria set in use on %(day)s has no criterion %(number)s")
    return {"title": title % {"day": day(at.as_of), "number": asked}, "criterion": None}

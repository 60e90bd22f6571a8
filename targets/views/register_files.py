"""The tables of the registers of plans and published figures as files, besides their own ones."""

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from accounts.decorators import in_province
from accounts.files import changes_table, taken_by
from accounts.trail import changes_in
from communes.scope import Action
from ntm_tracker.web.downloads import Table, answer, builder_or_404
from ntm_tracker.web.numbers import moment
from targets.models import PublishedFigure
from targets.plans.forms import PlanFilter, state_of
from targets.plans.trail import events_of
from targets.views.plans import plan_or_404, plans_of
from targets.views.published_register import FIELDS, named


@in_province(Action.DECIDE)
def plans_table(request, province, table, kind):
    build = builder_or_404({"plans": _plans}, table)
    return answer(build(request, province), kind)


def _plans(request, province) -> Table:
    form = PlanFilter(request.GET)
    states = dict(form.fields["state"].choices)
    return Table(
        name=f"plans-{province.code}",
        title=_("Plans of %(name)s") % {"name": province.full_name},
        header=[
            _("Plan"),
            _("First year"),
            _("Last year"),
            _("State"),
            _("Document"),
            _("Date"),
            _("Holds from"),
        ],
        rows=[
            [
                plan.name,
                plan.first_year,
                plan.last_year,
                str(states[state_of(plan)]),
                plan.document,
                plan.decided_on,
                plan.holds_from,
            ]
            for plan in form.narrow(plans_of(province))
        ],
        notes=[taken_by(request.user)],
    )


@in_province(Action.DECIDE)
def plan_table(request, province, plan, table, kind):
    build = builder_or_404({"history": _history_of_plan}, table)
    return answer(build(request, plan_or_404(province, plan)), kind)


def _history_of_plan(request, plan) -> Table:
    return Table(
        name=f"{plan.code}-history",
        title=_("History: %(what)s") % {"what": plan},
        header=[_("Time"), _("Person"), _("What"), _("Before"), _("After"), _("Reason")],
        rows=[
            [
                moment(event.at),
                str(event.by or ""),
                event.what,
                event.before,
                event.after,
                event.reason,
            ]
            for event in events_of(plan)
        ],
        notes=[taken_by(request.user)],
    )


@in_province(Action.DECIDE)
def published_change_table(request, province, pk, table, kind):
    build = builder_or_404({"history": _history_of_figure}, table)
    figure = get_object_or_404(PublishedFigure, province=province, pk=pk)
    return answer(build(request, figure), kind)


def _history_of_figure(request, figure) -> Table:
    changes = changes_in(figure.history.select_related("district"), FIELDS, about=named)
    title = _("History: %(what)s") % {"what": named(figure)}
    return changes_table(f"published-{figure.pk}-history", title, changes, request.user)


@in_province(Action.DECIDE)
def published_history_table(request, province, table, kind):
    """All that happened, not only the page that is shown."""
    build = builder_or_404({"figures": _history_of_figures}, table)
    return answer(build(request, province), kind)


def _history_of_figures(request, province) -> Table:
    rows = PublishedFigure.history.filter(province=province).select_related("district")
    changes = changes_in(rows.order_by("-history_date", "-history_id"), FIELDS, about=named)
    title = _("Who changed published figures of %(name)s") % {"name": province.full_name}
    return changes_table(f"published-history-{province.code}", title, changes, request.user)

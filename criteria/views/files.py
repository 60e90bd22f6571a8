"""The tables of the pages of entry, review and periods as files: who sees the page gets them."""

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from accounts.decorators import in_province
from communes.scope import Action
from criteria.duties import counted, duties_of, overview
from criteria.entry import read_entry
from criteria.files import assessments, periods
from criteria.files import log as log_file
from criteria.forms.log import LineForm
from criteria.grid.forms import GridForm
from criteria.grid.reading import read_grid
from criteria.log.sources import Wanted
from criteria.models import Assessment
from criteria.review_forms import QueueForm
from criteria.reviewing import read_reviews
from criteria.sheets import layout_of
from ntm_tracker.web.downloads import Table, answer, builder_or_404


def assessment_table(request, pk, table, kind):
    """The lines of an assessment; what was done to it."""
    build = builder_or_404({"lines": _lines, "events": _events_of}, table)
    followed = Assessment.objects.followed_by(request.user)
    return answer(build(request, get_object_or_404(followed.with_names(), pk=pk)), kind)


def _lines(request, assessment):
    return assessments.lines(read_entry(assessment), request.user)


def _events_of(request, assessment) -> Table:
    scope = request.user.scope(Action.FOLLOW)
    form = LineForm(request.GET, lines=layout_of(assessment).lines(assessment.commune))
    wanted = Wanted(scope, assessment.commune.province, assessment=assessment, line=form.chosen)
    return log_file.newest(
        wanted, title=_("History: %(what)s") % {"what": assessment}, user=request.user
    )


@in_province(Action.ENTER)
def grid_table(request, province, table, kind):
    """The communes and lines that the grid shows."""
    build = builder_or_404({"scores": assessments.grid}, table)
    mine = Assessment.objects.editable_by(request.user).filter(commune__province=province)
    bar = GridForm(request.GET, assessments=mine)
    rows, columns, title = [], [], _("Grid")
    if not bar.is_empty and bar.is_valid():
        state = bar.state
        found = read_grid(state.of(mine))
        rows, columns = found.in_district(state.district), found.columns_of(state.what)
        title = f"{state.period}, {state.criteria_set}"
    return answer(build(rows, columns, title=title, user=request.user), kind)


@in_province(Action.CHECK)
def review_queue_table(request, province, table, kind):
    """All that the filters of the queue leave, not only the page that is shown."""
    build = builder_or_404({"queue": assessments.queue}, table)
    form = QueueForm(request.GET, province=province, user=request.user)
    found = form.found().with_names().select_related("submitted_by")
    in_order = found.order_by("commune__district__sort_key", "commune__sort_key", "pk")
    made = build(
        read_reviews(list(in_order), request.user),
        title=_("To be reviewed: %(period)s") % {"period": form.chosen_period or "–"},
        user=request.user,
        filters="; ".join(form.in_words),
    )
    return answer(made, kind)


@in_province(Action.DECIDE)
def periods_table(request, province, table, kind):
    build = builder_or_404({"periods": periods.periods}, table)
    rows = counted(province.periods).order_by("-year", "-quarter")
    title = _("Reporting periods of %(name)s") % {"name": province.full_name}
    return answer(build(rows, title=title, user=request.user), kind)


@in_province(Action.DECIDE)
def period_table(request, province, year, quarter, table, kind):
    """The exceptions to a period; what was done to it."""
    build = builder_or_404({"exceptions": _exceptions, "events": _settings_of}, table)
    period = get_object_or_404(province.periods, year=year, quarter=quarter)
    return answer(build(request, period), kind)


def _exceptions(request, period) -> Table:
    rows = period.exceptions.select_related("commune__district", "district", "granted_by")
    return periods.exceptions(period, rows, request.user)


def _settings_of(request, period) -> Table:
    scope = request.user.scope(Action.FOLLOW)
    wanted = Wanted(scope, period.province, period=period, kind="setting")
    return log_file.newest(
        wanted, title=_("History: %(what)s") % {"what": period}, user=request.user
    )


def work_table(request, table, kind):
    build = builder_or_404({"duties": _duties, "periods": _open_periods}, table)
    return answer(build(request.user), kind)


def _duties(user) -> Table:
    return periods.duties(duties_of(user), user)


def _open_periods(user) -> Table:
    return periods.periods(overview(user), title=_("Open reporting periods"), user=user)

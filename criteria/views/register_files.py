"""The tables of the registers of criteria, and of imports, as files: for whoever keeps them."""

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from accounts.decorators import in_province
from accounts.files import changes_table, taken_by
from accounts.trail import changes_in
from communes.models import Province
from communes.scope import Action
from criteria.files import log
from criteria.models import Recognition, WorkbookImport
from criteria.recognising.checks import holder_name
from criteria.recognising.wording import FIELDS_OF_HISTORY
from criteria.set_history import set_events
from criteria.threshold_history import events_of
from criteria.threshold_table import threshold_table
from criteria.views.sets import known_set
from criteria.views.threshold import find, rows_in
from ntm_tracker.web.downloads import Table, answer, builder_or_404
from ntm_tracker.web.numbers import moment

NEWEST_FIRST = ("-history_date", "-history_id")


@in_province(Action.DECIDE)
def recognition_table(request, province, pk, table, kind):
    build = builder_or_404({"history": _history_of_one}, table)
    return answer(build(request, get_object_or_404(Recognition, province=province, pk=pk)), kind)


def _history_of_one(request, row) -> Table:
    title = _("History: %(what)s") % {"what": row}
    changes = changes_in(row.history.all(), FIELDS_OF_HISTORY, about=holder_name)
    return changes_table(f"recognition-{row.pk}", title, changes, request.user)


@in_province(Action.DECIDE)
def recognitions_history_table(request, province, table, kind):
    """All that happened, not only the page that is shown."""
    builders = {"recognitions": _history_of_all, "register": _history_of_register}
    return answer(builder_or_404(builders, table)(request, province), kind)


def _history_of_all(request, province) -> Table:
    rows = Recognition.history.filter(province=province).order_by(*NEWEST_FIRST)
    rows = rows.select_related("commune__district", "district", "file")
    title = _("Who changed recognitions of %(name)s") % {"name": province.full_name}
    changes = changes_in(rows, FIELDS_OF_HISTORY, about=holder_name)
    return changes_table(f"recognitions-history-{province.code}", title, changes, request.user)


def _history_of_register(request, province) -> Table:
    rows = Province.history.filter(id=province.pk).order_by(*NEWEST_FIRST)
    return changes_table(
        f"register-{province.code}",
        _("Whether the register is complete"),
        changes_in(rows, {"register_complete": None}),
        request.user,
    )


@in_province(Action.DECIDE)
def threshold_page_table(request, province, indicator, group, table, kind):
    build = builder_or_404({"thresholds": _thresholds, "history": _threshold_events}, table)
    indicator, group = find(province, indicator, group)
    return answer(build(request, indicator, rows_in(indicator, group, province), province), kind)


def _thresholds(request, indicator, rows, province) -> Table:
    return threshold_table(indicator.criterion.criteria_set, rows, [taken_by(request.user)])


def _threshold_events(request, indicator, rows, province) -> Table:
    known = [row.threshold for row in rows if row.threshold]
    return log.table_of(
        events_of(indicator, known, province),
        name=f"thresholds-{indicator.code}",
        title=_("History: %(what)s") % {"what": indicator},
        user=request.user,
    )


@in_province(Action.DECIDE)
def criteria_set_table(request, province, pk, table, kind):
    build = builder_or_404({"history": _set_events}, table)
    return answer(build(request, known_set(province, pk)), kind)


def _set_events(request, criteria_set) -> Table:
    title = _("History: %(what)s") % {"what": criteria_set}
    name = f"{criteria_set.code.lower()}-history"
    return log.table_of(set_events(criteria_set), name=name, title=title, user=request.user)


@in_province(Action.ENTER)
def excel_table(request, province, table, kind):
    build = builder_or_404({"imports": _imports}, table)
    return answer(build(request, province), kind)


def _imports(request, province) -> Table:
    rows = WorkbookImport.objects.visible_to(request.user).filter(province=province)
    return Table(
        name=f"imports-{province.code}",
        title=_("Files that came in"),
        header=[_("File"), _("Kind"), _("Period"), _("Sent"), _("By"), _("State")],
        rows=[
            [
                row.filename,
                row.get_kind_display(),
                str(row.period or ""),
                moment(row.at),
                str(row.by),
                row.get_state_display(),
            ]
            for row in rows.with_names().defer("proposals", "faults", "written")
        ],
        notes=[taken_by(request.user)],
    )

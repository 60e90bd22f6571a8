"""The tables of the pages of boundary changes as files, besides the register's own one."""

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from accounts.decorators import in_province
from accounts.files import events_table
from communes.scope import Action
from ntm_tracker.web.downloads import Table, answer, builder_or_404
from targets.boundaries.history import events_in, events_of_change, events_of_draft
from targets.boundaries.register import file_of
from targets.boundaries.views.access import of_draft


@in_province(Action.DECIDE)
def boundaries_table(request, province, table, kind):
    build = builder_or_404({"history": _history_of_register}, table)
    return answer(build(request, province), kind)


def _history_of_register(request, province) -> Table:
    name = f"boundary-changes-history-{province.code}"
    title = _("History: %(what)s") % {"what": _("Boundary changes")}
    return events_table(name, title, events_in(province), request.user)


@in_province(Action.DECIDE)
def boundary_table(request, province, pk, table, kind):
    build = builder_or_404({"lines": _lines, "history": _history_of_change}, table)
    changes = province.boundary_changes.select_related("draft__province")
    return answer(build(request, get_object_or_404(changes, pk=pk)), kind)


def _lines(request, change) -> Table:
    province = change.province
    return file_of(province, province.boundary_changes.filter(pk=change.pk), [])


def _history_of_change(request, change) -> Table:
    title = _("History: %(what)s") % {"what": change.resolution}
    return events_table(
        f"boundary-change-{change.pk}", title, events_of_change(change), request.user
    )


@of_draft
def boundary_draft_table(request, draft, table, kind):
    build = builder_or_404({"history": _history_of_draft}, table)
    return answer(build(request, draft), kind)


def _history_of_draft(request, draft) -> Table:
    title = _("History: %(what)s") % {"what": draft.resolution}
    return events_table(f"boundary-draft-{draft.pk}", title, events_of_draft(draft), request.user)

"""Histories as tables to be taken along."""

from collections.abc import Iterable

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.history import Event
from accounts.trail import Change
from ntm_tracker.web.downloads import Table
from ntm_tracker.web.numbers import moment


def taken_by(user) -> str:
    """Such tables change by the minute, so each says when it was taken and for whom."""
    return _("Taken %(at)s by %(by)s.") % {"at": moment(timezone.now()), "by": user}


def events_table(name: str, title: str, events: Iterable[Event], user) -> Table:
    return Table(
        name=name,
        title=title,
        header=[_("When"), _("What"), _("By whom"), _("Why")],
        rows=[[moment(event.at), event.what, event.by, event.reason] for event in events],
        notes=[taken_by(user)],
    )


def changes_table(name: str, title: str, changes: Iterable[Change], user) -> Table:
    """A line for each field that a change touched, one for a change without such."""
    return Table(
        name=name,
        title=title,
        header=[
            _("Time"),
            _("Person"),
            _("Of"),
            _("What"),
            _("Field"),
            _("Before"),
            _("After"),
            _("Reason"),
        ],
        rows=[
            [moment(one.at), str(one.by or ""), one.about, one.what, *part, one.reason]
            for one in changes
            for part in one.parts or [("", "", "")]
        ],
        notes=[taken_by(user)],
    )

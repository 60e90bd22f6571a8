"""Events of the log as a table."""

from collections.abc import Iterable
from itertools import islice

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.files import taken_by
from criteria.log.events import Event
from criteria.log.reading import read_all
from criteria.log.sources import Wanted
from ntm_tracker.web.downloads import Table
from ntm_tracker.web.numbers import number

# Of a longer log a workbook has the newest; the CSV file, sent while it is read, has all.
MOST_IN_WORKBOOK = 20_000


def header() -> list[str]:
    return [
        _("Time"),
        _("Person"),
        _("Kind of change"),
        _("What"),
        _("District"),
        _("Commune"),
        _("Reporting period"),
        _("No."),
        _("Criterion or indicator"),
        _("Before"),
        _("After"),
        _("Reason"),
        _("From where"),
    ]


def rows(events: Iterable[Event]):
    return map(_row, events)


def _row(event: Event) -> list:
    return [
        f"{timezone.localtime(event.at):%d/%m/%Y %H:%M}",
        str(event.by or ""),
        str(event.kind.label),
        event.what,
        str(event.district or ""),
        str(event.commune or ""),
        str(event.period or ""),
        event.code,
        event.line,
        event.before,
        event.after,
        event.why,
        str(event.origin),
    ]


def name_of(place: str) -> str:
    """The name of a file that is taken today."""
    return f"nhat-ky-{place}-{timezone.localdate():%Y-%m-%d}"


def table_of(events: Iterable[Event], *, name: str, title: str, user) -> Table:
    """Events that are known already."""
    return Table(name, title, header(), rows(events), [taken_by(user)])


def newest(wanted: Wanted, *, title: str, user, filters: Iterable[str] = ()) -> Table:
    """The newest events that are wanted, as many as a workbook holds well."""
    found = list(islice(read_all(wanted), MOST_IN_WORKBOOK + 1))
    cut = _("Only the newest %(most)s are here. The CSV file of the log has all of them.") % {
        "most": number(MOST_IN_WORKBOOK)
    }
    more = [cut] if len(found) > MOST_IN_WORKBOOK else []
    return Table(
        name=name_of(wanted.province.code),
        title=title,
        header=header(),
        rows=rows(found[:MOST_IN_WORKBOOK]),
        notes=[taken_by(user), *filters, *more],
    )

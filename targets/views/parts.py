"""What several dashboards print alike."""

from django.db.models import Max
from django.utils.translation import gettext as _

from criteria.models import Assessment
from ntm_tracker.web.numbers import moment
from targets import tables
from targets.state import chips_of, criterion_url
from targets.wording import boundary_line, illustrative_word, standing_line


def frame_of(request, snapshot, form, at) -> dict:
    """The context around every dashboard: day, boundaries, filters, the illustrative mark."""
    return {
        "request": request,
        "standing_line": standing_line(snapshot.province, at),
        "boundary_line": boundary_line(snapshot, at),
        "as_of": at.as_of,
        "boundary_on": tables.boundary_day(at),
        "is_illustrative": snapshot.is_illustrative,
        "illustrative_note": illustrative_word(snapshot),
        "form": form,
        "chips": chips_of(request, form),
        "clear_url": request.path,
    }


def approved_line(snapshot, at, **area) -> str:
    """When the newest verified assessment up to the day was approved; one query.

    `area` narrows the communes of the province, as in `commune__district=…`.
    """
    official = Assessment.objects.official().filter(
        period__province=snapshot.province, period__ends_on__lte=at.as_of, **area
    )
    newest = official.aggregate(at=Max("decided_at"))["at"]
    if newest is None:
        return ""
    return _("newest assessment approved at %(at)s") % {"at": moment(newest)}


def criteria_links(snapshot, at, query) -> list[tuple[int, str, str]]:
    """Number, name and page of each criterion of the set in use."""
    titles = snapshot.titles(tables.current_set(snapshot, at))
    return [(n, title, criterion_url(snapshot, n, query)) for n, title in titles.items()]

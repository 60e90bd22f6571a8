"""Published figures as a table: its columns, which files that come in have too."""

from collections.abc import Iterable

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communes.models import Province
from ntm_tracker.web.downloads import Table
from ntm_tracker.web.numbers import day
from targets.models import PublishedFigure
from targets.publishing.metrics import name_of, plain

COLUMNS = {
    "metric": gettext_lazy("What was counted"),
    "kind": gettext_lazy("Kind of figure"),
    "as_of": gettext_lazy("As of"),
    "precision": gettext_lazy("Precision of the date"),
    "value": gettext_lazy("Value"),
    "high": gettext_lazy("Upper end of the range"),
    "base": gettext_lazy("Out of"),
    "unit": gettext_lazy("Unit of measure"),
    "text": gettext_lazy("As printed"),
    "district": gettext_lazy("District"),
    "place": gettext_lazy("Other place"),
    "boundaries_on": gettext_lazy("On the boundaries of"),
    "source": gettext_lazy("Source"),
    "note": gettext_lazy("Note"),
}


def table_of(province: Province, rows: Iterable[PublishedFigure], filters: list[str]) -> Table:
    """The figures, read with their districts."""
    words = {"province": province, "day": day(timezone.localdate())}
    return Table(
        name=f"so-lieu-cong-bo-{province.code}-{timezone.localdate():%Y-%m-%d}",
        title=_("Published figures"),
        header=[str(heading) for heading in COLUMNS.values()],
        rows=map(cells_of, rows),
        notes=[_("Published figures of %(province)s, taken on %(day)s") % words, *filters],
    )


def cells_of(row: PublishedFigure) -> list:
    return [
        name_of(row.metric),
        row.get_kind_display(),
        row.as_of,
        row.get_precision_display(),
        plain(row.value),
        plain(row.high),
        row.base,
        row.unit,
        row.text,
        str(row.district or ""),
        row.place,
        row.boundaries_on,
        row.source,
        row.note,
    ]

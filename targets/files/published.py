"""Published beside computed figures as a table of numbers."""

from django.utils.translation import gettext as _

from ntm_tracker.web.downloads import Table
from targets import trends
from targets.files.words import yes_or_empty
from targets.forms import Standpoint
from targets.models import Metric
from targets.snapshot import Snapshot


def figures(snapshot: Snapshot, at: Standpoint) -> Table:
    rows = trends.published_beside(snapshot, at)
    return Table(
        name="published",
        title=_("Published and computed figures"),
        header=[
            _("Figure"),
            _("As of"),
            _("Published"),
            _("Published, out of"),
            _("Computed"),
            _("Computed, out of"),
            _("Difference"),
            _("On the boundaries of"),
            _("Computed from illustrative data"),
            _("Note"),
            _("Source"),
        ],
        rows=[
            [
                Metric(row.metric).label,
                row.as_of,
                row.published,
                row.published_base,
                row.computed,
                row.computed_base,
                row.difference,
                row.boundary_on,
                yes_or_empty(row.is_illustrative),
                row.note,
                row.source,
            ]
            for row in rows.itertuples(index=False)
        ],
    )

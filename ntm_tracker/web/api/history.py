"""When rows were last written, by the history that they keep."""

from django.db.models import OuterRef, Q, Subquery

from ntm_tracker.web.api.query import MomentField, NoFilters


def with_last_change(rows):
    """Give each row `changed_at`; None for a row that was written without history."""
    trail = rows.model.history.filter(id=OuterRef("pk")).order_by("-history_date")
    return rows.annotate(changed_at=Subquery(trail.values("history_date")[:1]))


class SinceQuery(NoFilters):
    """For lists of rows read `with_last_change`."""

    updated_since = MomentField(
        required=False,
        help_text=(
            "Only rows written at this moment or later, and those whose moment is not known. "
            "A change is seen once its transaction ends: begin some minutes before your last "
            "read. Rows that were removed are not told of here."
        ),
    )

    def narrow(self, rows):
        since, rows = self.cleaned_data["updated_since"], super().narrow(rows)
        if since is None:
            return rows
        return rows.filter(Q(changed_at__gte=since) | Q(changed_at__isnull=True))

"""The register as a table: its columns, which files that come in have too."""

from collections.abc import Iterable

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from communes.models import Province
from criteria.models import Recognition
from ntm_tracker.web.downloads import Table
from ntm_tracker.web.numbers import day

# Names of the columns in code, and their headings. `READ` come in, the others only go out.
READ = {
    "kind": pgettext_lazy("recognition", "Kind"),
    "code": gettext_lazy("Code of the unit"),
    "name": gettext_lazy("Name of the unit"),
    "district_name": gettext_lazy("District"),
    "place": pgettext_lazy("recognition", "Place"),
    "grade": pgettext_lazy("recognition", "Grade"),
    "field": gettext_lazy("Field"),
    "year": gettext_lazy("Counts for the year"),
    "decision": gettext_lazy("Decision number"),
    "decided_on": gettext_lazy("Decision date"),
    "evidence": gettext_lazy("How it is known"),
    "source": gettext_lazy("Source"),
}
ONLY_OUT = {
    "revoked_on": gettext_lazy("Revoked on"),
    "revocation": gettext_lazy("Revoked by decision"),
    "revocation_reason": gettext_lazy("Reason for revoking"),
    "carried_to": gettext_lazy("Carried over to"),
    "is_illustrative": gettext_lazy("Illustrative"),
}


def table_of(province: Province, rows: Iterable[Recognition], filters: list[str]) -> Table:
    """The entries, read `with_names`."""
    rows = list(rows)
    notes = [
        _("Recognitions of %(province)s, taken on %(day)s")
        % {"province": province, "day": day(timezone.localdate())},
        *filters,
    ]
    if any(row.is_illustrative for row in rows):
        notes.append(_("Holds illustrative data."))
    if not province.register_complete:
        notes.append(_("The register is not marked as complete."))
    return Table(
        name=f"cong-nhan-{province.code}-{timezone.localdate():%Y-%m-%d}",
        title=_("Recognitions"),
        header=[str(heading) for heading in (READ | ONLY_OUT).values()],
        rows=map(cells_of, rows),
        notes=notes,
    )


def cells_of(row: Recognition) -> list:
    unit = row.unit
    district = row.commune.district if row.commune else None
    return [
        str(row.get_kind_display()),
        unit.code if unit else "",
        str(unit or ""),
        str(district or ""),
        row.place,
        str(row.get_grade_display()),
        row.field,
        row.year,
        row.decision,
        row.decided_on,
        row.evidence,
        row.source,
        row.revoked_on,
        row.revocation,
        row.revocation_reason,
        ", ".join(f"{new.commune} ({new.decision})" for new in row.carried_to.all()),
        _("yes") if row.is_illustrative else "",
    ]

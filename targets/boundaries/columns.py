"""The columns in which the units and lines of a draft leave and come in as tables.

They bear the names of the columns in `fixtures/communes.csv` and
`fixtures/boundary_change_parts.csv`, or what those are called on the page.
"""

from dataclasses import dataclass

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communes.models import BoundaryChangePart, Commune
from ntm_tracker.web.downloads import Table
from targets.boundaries.models import BoundaryDraft
from targets.boundaries.proposal import Proposal

YES, NO = gettext_lazy("yes"), gettext_lazy("no")


@dataclass(frozen=True)
class Columns:
    """Headings by column. Without those `needed` a sheet is none of this kind."""

    headings: dict[str, str]
    needed: tuple[str, ...]
    kinds: list[tuple]

    def header(self) -> list[str]:
        return [str(text) for text in self.headings.values()]

    def by_heading(self) -> dict[str, str]:
        """The column that each heading stands for, in lower case and in every language."""
        found = {name: name for name in self.headings}
        for code, _name in settings.LANGUAGES:
            with translation.override(code):
                found |= {str(text).casefold(): name for name, text in self.headings.items()}
        return found

    def kind_of(self) -> dict[str, str]:
        """The kind that each word for it stands for, likewise."""
        found = {str(kind): str(kind) for kind, _label in self.kinds}
        for code, _name in settings.LANGUAGES:
            with translation.override(code):
                found |= {str(label).casefold(): str(kind) for kind, label in self.kinds}
        return found


UNITS = Columns(
    {
        "code": gettext_lazy("Code"),
        "name": gettext_lazy("Name"),
        "kind": gettext_lazy("Kind"),
        "district": gettext_lazy("District"),
        "latitude": gettext_lazy("Latitude"),
        "longitude": gettext_lazy("Longitude"),
        "area_km2": gettext_lazy("Area (km²)"),
        "population": gettext_lazy("Population"),
        "is_border": gettext_lazy("Border commune"),
        "note": gettext_lazy("Note"),
        "source": gettext_lazy("Source"),
    },
    ("code", "name", "kind"),
    Commune.Kind.choices,
)
LINES = Columns(
    {
        "old_code": gettext_lazy("Old code"),
        "old_name": gettext_lazy("Old unit"),
        "new_code": gettext_lazy("New code"),
        "new_name": gettext_lazy("New unit"),
        "kind": gettext_lazy("What happens"),
        "is_whole": gettext_lazy("As a whole"),
        "share_people": gettext_lazy("Share of people"),
        "share_area": gettext_lazy("Share of area"),
        "population": gettext_lazy("People passed on"),
        "area_km2": gettext_lazy("Area passed on (km²)"),
        "confidence": gettext_lazy("Confidence"),
        "source": gettext_lazy("Source"),
    },
    ("old_code", "old_name", "new_code", "new_name", "kind"),
    BoundaryChangePart.Kind.choices,
)


def units_table(draft: BoundaryDraft) -> Table:
    rows = (
        [
            unit.code,
            unit.name,
            unit.get_kind_display(),
            str(unit.district or ""),
            unit.latitude,
            unit.longitude,
            unit.area_km2,
            unit.population,
            "" if unit.is_border is None else _yes_no(unit.is_border),
            unit.note,
            unit.source,
        ]
        for unit in Proposal.of(draft).units
    )
    title = _("New units of %(draft)s") % {"draft": draft}
    return Table(f"units-{draft.pk}", title, UNITS.header(), rows)


def lines_table(draft: BoundaryDraft) -> Table:
    rows = (
        [
            part.old.code,
            part.old.name,
            part.target.code,
            part.target.name,
            part.get_kind_display(),
            _yes_no(part.is_whole),
            part.share_people,
            part.share_area,
            part.population,
            part.area_km2,
            part.confidence,
            part.source,
        ]
        for part in Proposal.of(draft).parts
    )
    title = _("Lines of %(draft)s") % {"draft": draft}
    return Table(f"lines-{draft.pk}", title, LINES.header(), rows)


def _yes_no(value: bool) -> str:
    return str(YES if value else NO)

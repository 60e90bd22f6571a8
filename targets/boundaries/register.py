"""The register of boundary changes as rows: for the page, and as a file."""

from collections.abc import Iterator

from django.db.models import Count, F, Q
from django.utils.translation import gettext as _

from communes.models import BoundaryChangePart, Province
from communes.names import search_key
from ntm_tracker.web.downloads import Table

Kind = BoundaryChangePart.Kind


def changes_of(province: Province, *, q: str = "", year: int | None = None):
    """The changes that fit, newest first, with `ended` and `formed` units counted; one query."""
    changes = province.boundary_changes.all()
    if q:
        changes = changes.filter(pk__in=_fitting(province, q))
    if year:
        changes = changes.filter(effective_on__year=year)
    return changes.annotate(
        ended=Count("parts__old", filter=~Q(parts__kind=Kind.TRANSFER), distinct=True),
        formed=Count(
            "parts__new", filter=Q(parts__new__valid_from=F("effective_on")), distinct=True
        ),
    ).order_by("-effective_on", "-pk")


def _fitting(province: Province, q: str):
    key = search_key(q)
    by_unit = Q()
    for side in ("parts__old", "parts__new"):
        by_unit |= Q(**{f"{side}__search_key__contains": key}) | Q(**{f"{side}__code": q.strip()})
    by_words = Q(resolution__icontains=q.strip()) | Q(title__icontains=q.strip())
    return province.boundary_changes.filter(by_words | by_unit).values("pk")


def lines_of(changes) -> Iterator:
    """The lines of some changes, newest change first; one query."""
    parts = BoundaryChangePart.objects.filter(change__in=changes.values("pk"))
    ordered = parts.order_by("-change__effective_on", "change", "new__sort_key", "old__sort_key")
    return ordered.select_related("change", "old__district", "new__district")


def file_of(province: Province, changes, notes) -> Table:
    """Every line with its change; codes and names in columns of their own."""
    header = [
        _("In effect from"),
        _("Resolution"),
        _("Old code"),
        _("Old unit"),
        _("Old district"),
        _("New code"),
        _("New unit"),
        _("New district"),
        _("What happens"),
        _("Share of people"),
        _("Share of area"),
        _("People passed on"),
        _("Area passed on (km²)"),
        _("Source"),
    ]
    rows = (
        [
            part.change.effective_on,
            part.change.resolution,
            *_unit(part.old),
            *_unit(part.new),
            part.get_kind_display(),
            part.share_people,
            part.share_area,
            part.population,
            part.area_km2,
            part.source,
        ]
        for part in lines_of(changes)
    )
    return Table(
        name=f"boundary-changes-{province.code}",
        title=_("Boundary changes of %(province)s") % {"province": province.full_name},
        header=header,
        rows=rows,
        notes=notes,
    )


def _unit(unit) -> list[str]:
    return [unit.code, str(unit), str(unit.district or "")]


def notes_of(form) -> list[str]:
    """The filters that are set, in words, for a file."""
    return [f"{form.fields[name].label}: {value}" for name, value in form.asked.items()]

"""What stands in the way of taking a boundary change back, in sentences."""

from collections.abc import Iterator

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import Membership
from communes.models import BoundaryChange, BoundaryChangePart, Commune
from targets.boundaries.checks import names
from targets.boundaries.models import BoundaryDraft, DraftPart, DraftUnit, MovedRole
from targets.boundaries.proposal import Proposal

# Their change or their draft is named.
TOLD_APART = {BoundaryChangePart, DraftPart}


def obstacles_to_undo(proposal: Proposal) -> list[str]:
    """Costs a query for each model that hangs on communes, for any number of units."""
    checks = [_later_changes, _other_drafts, _codes, _entered]
    return [obstacle for check in checks for obstacle in check(proposal)]


def _later_changes(proposal: Proposal) -> Iterator[str]:
    change = proposal.draft.change
    made = [unit.made_id for unit in proposal.units]
    units = [*made, *(unit.pk for unit in proposal.living)]
    later = BoundaryChange.objects.filter(effective_on__gte=change.effective_on).exclude(
        pk=change.pk
    )
    touching = later.filter(Q(parts__old__in=units) | Q(parts__new__in=units)).distinct()
    for other in touching:
        yield _("%(change)s came after it and touches the same units.") % {"change": other}


def _other_drafts(proposal: Proposal) -> Iterator[str]:
    made = [unit.made_id for unit in proposal.units]
    naming = Q(parts__old__in=made) | Q(parts__into__in=made)
    for draft in BoundaryDraft.objects.filter(naming).distinct():
        yield _("The draft %(draft)s names units that this change formed. Drop it first.") % {
            "draft": draft
        }


def _codes(proposal: Proposal) -> Iterator[str]:
    """A code that became free may be borne by another unit now."""
    made = [unit.made_id for unit in proposal.units]
    bearing = Commune.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=proposal.first_day),
        code__in=[unit.code for unit in proposal.ended],
    )
    if others := list(bearing.exclude(pk__in=made)):
        yield _("Codes of units that ended are borne by others now: %(names)s.") % {
            "names": names(others)
        }


def _hanging_on(model) -> list[tuple]:
    """Each model with a foreign key to the given one, and the key's name; histories left out."""
    relations = [
        field
        for field in model._meta.get_fields(include_hidden=True)
        if field.auto_created and (field.one_to_many or field.one_to_one)
    ]
    return [
        (relation.related_model, relation.field.name)
        for relation in relations
        if not hasattr(relation.related_model, "history_type")
    ]


def _entered(proposal: Proposal) -> Iterator[str]:
    """Rows on the new units that applying the change did not make itself."""
    made = [unit.made_id for unit in proposal.units]
    own = {
        DraftUnit: Q(draft=proposal.draft.pk),
        MovedRole: Q(draft=proposal.draft.pk),
        Membership: Q(moved__draft=proposal.draft.pk),
    }
    for model, field in _hanging_on(Commune):
        if model in TOLD_APART:
            continue
        rows = model._base_manager.filter(**{f"{field}__in": made})
        if model in own:
            rows = rows.exclude(pk__in=model._base_manager.filter(own[model]).values("pk"))
        if units := list(Commune.objects.filter(pk__in=rows.values(field))):
            yield _("%(what)s: there are some for %(names)s.") % {
                "what": str(model._meta.verbose_name_plural).capitalize(),
                "names": names(units),
            }

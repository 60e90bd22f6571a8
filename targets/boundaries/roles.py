"""Roles held in units that end: who holds them, and where they would move."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.models import Membership
from communes.models import Commune
from targets.boundaries.models import DraftUnit
from targets.boundaries.proposal import Proposal


@dataclass(frozen=True)
class Held:
    """A role in a unit that ends. `target` is the unit it can move to, None where it stays."""

    membership: Membership
    target: DraftUnit | Commune | None
    why_not: str = ""


def held_in_ended(proposal: Proposal) -> list[Held]:
    """One query more than the two that read the roles, for any number of them."""
    rows = Membership.objects.with_areas().select_related("user").order_by("user__sort_key", "pk")
    of_communes = rows.filter(commune__in=[unit.pk for unit in proposal.ended])
    of_districts = rows.filter(district__in=[unit.pk for unit in proposal.districts_ended])
    living = [unit.pk for unit in proposal.living]
    taken = {(role.user_id, role.role, role.commune) for role in rows.filter(commune__in=living)}
    return [_held(role, proposal, taken) for role in of_communes] + [
        Held(role, None, _("The district ends; an administrator gives another role."))
        for role in of_districts
    ]


def _held(role: Membership, proposal: Proposal, taken: set) -> Held:
    """A person has a role in a unit once: the second that would move there stays behind."""
    target = proposal.heirs.get(role.commune)
    if target is None:
        return Held(role, None, _("The unit is split; an administrator gives another role."))
    key = (role.user_id, role.role, target)
    if key in taken:
        return Held(role, None, _("Has the same role in %(unit)s already.") % {"unit": target})
    taken.add(key)
    return Held(role, target)

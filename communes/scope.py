"""The area somebody may act in, and how a query set is narrowed to it."""

from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Q

# Always true, also joined to another by "or", where an empty Q() would vanish.
ANY_ROW = ~Q(pk__in=[])


class Action(StrEnum):
    """What somebody wants to do in an area."""

    READ = "read"  # official figures, units, plans
    FOLLOW = "follow"  # work that is not official yet
    ENTER = "enter"  # write scores
    CHECK = "check"  # verify for a district what its communes submitted
    DECIDE = "decide"  # approve, return, record decisions
    ADMINISTER = "administer"  # users, settings of the province


@dataclass(frozen=True)
class AreaScope:
    """Provinces, districts and communes (primary keys) that an action is allowed in."""

    everywhere: bool = False
    provinces: frozenset[int] = frozenset()
    districts: frozenset[int] = frozenset()
    communes: frozenset[int] = frozenset()

    def communes_q(self, path: str = "") -> Q:
        """The communes inside; `path` leads to them, as in `"commune__"`."""
        if self.everywhere:
            return ANY_ROW
        return (
            Q(**{f"{path}province__in": self.provinces})
            | Q(**{f"{path}district__in": self.districts})
            | Q(**{f"{path}pk__in": self.communes})
        )

    def districts_q(self) -> Q:
        """The districts that are inside as a whole."""
        if self.everywhere:
            return ANY_ROW
        return Q(province__in=self.provinces) | Q(pk__in=self.districts)

    def provinces_q(self, path: str = "pk") -> Q:
        """The provinces that are inside as a whole."""
        return ANY_ROW if self.everywhere else Q(**{f"{path}__in": self.provinces})


NOWHERE = AreaScope()
EVERYWHERE = AreaScope(everywhere=True)


def scope_of(user, action: Action) -> AreaScope:
    """The area in which `user` may do `action`; nowhere for somebody not signed in."""
    scope = getattr(user, "scope", None)
    return scope(action) if scope else NOWHERE

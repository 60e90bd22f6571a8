"""Who is asked to enter scores of a commune in a period, and who follows its work."""

from django.db.models import Q

from accounts.models import ALLOWED, Membership, User
from communes.models import Commune
from communes.names import sort_key
from communes.scope import Action
from criteria.models import ReportingPeriod
from criteria.models.periods import COMMUNES_ENTER, DISTRICTS_ENTER

ENTERING_ROLES = [role for role, actions in ALLOWED.items() if Action.ENTER in actions]
FOLLOWING_ROLES = [role for role, actions in ALLOWED.items() if Action.FOLLOW in actions]


def entering(period: ReportingPeriod):
    """The roles in communes and districts that enter in a period, of people who can sign in.

    Province-wide roles may enter too, but nobody waits for them to.
    """
    kinds = Q(pk__in=[])
    if period.who_enters in COMMUNES_ENTER:
        kinds |= Q(commune__isnull=False)
    if period.who_enters in DISTRICTS_ENTER:
        kinds |= Q(district__isnull=False)
    return Membership.objects.filter(
        kinds, role__in=ENTERING_ROLES, province=period.province_id, user__is_active=True
    )


def who_enters(commune: Commune, period: ReportingPeriod):
    """The people who enter for one commune."""
    roles = entering(period).filter(
        Q(commune=commune) | Q(district__isnull=False, district=commune.district_id)
    )
    return User.objects.filter(pk__in=roles.values("user"))


def who_enters_any(communes, period: ReportingPeriod):
    """The people who enter for at least one of the communes (a query set)."""
    units = communes.order_by()
    roles = entering(period).filter(
        Q(commune__in=units.values("pk")) | Q(district__in=units.values("district"))
    )
    return User.objects.filter(pk__in=roles.values("user"))


def people_concerned(commune: Commune) -> dict:
    """Who follows the commune's work, with the name of their role; one query."""
    of_province = Q(district__isnull=True, commune__isnull=True)
    of_district = Q(district__isnull=False, district=commune.district_id)
    roles = Membership.objects.filter(
        of_province | of_district | Q(commune=commune.pk),
        role__in=FOLLOWING_ROLES,
        province=commune.province_id,
        user__is_active=True,
    )
    found = {role.user: role.get_role_display() for role in roles.select_related("user")}
    return dict(sorted(found.items(), key=lambda pair: sort_key(str(pair[0]))))

"""What to try an installation with, on one machine only: a user for each role, an open period."""

import secrets
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.models import Membership, Role, User
from communes.models import Commune, District, Province
from criteria import opening
from criteria.models import ReportingPeriod

DAYS_TO_TRY = 10

# user name, full name
USERS = {
    Role.ADMINISTRATOR: ("quantri", "Quản trị viên (dùng thử)"),
    Role.PROVINCIAL_OFFICER: ("canbotinh", "Cán bộ tỉnh (dùng thử)"),
    Role.DISTRICT_STAFF: ("canbohuyen", "Cán bộ huyện (dùng thử)"),
    Role.COMMUNE_STAFF: ("canboxa", "Cán bộ xã (dùng thử)"),
    Role.VIEWER: ("nguoixem", "Người xem (dùng thử)"),
}


class NotHere(Exception):
    """Users with printed passwords have no place in production."""


def somebody_can_sign_in() -> bool:
    return any(
        user.has_usable_password() for user in User.objects.filter(is_active=True).iterator()
    )


@transaction.atomic
def create_demo_users() -> list[tuple[Membership, str]]:
    """Create a user for each role; return the memberships, each with its random password."""
    if settings.IN_PRODUCTION:
        raise NotHere("Demo users are not created in production.")
    province = Province.objects.order_by("pk").first()
    district = province.districts.filter(kind=District.Kind.DISTRICT).first()
    commune = _a_commune(province, district)
    areas = {Role.DISTRICT_STAFF: {"district": district}, Role.COMMUNE_STAFF: {"commune": commune}}
    return [
        _create(role, username, full_name, province=province, **areas.get(role, {}))
        for role, (username, full_name) in USERS.items()
    ]


def _create(role, username, full_name, **area) -> tuple[Membership, str]:
    password = secrets.token_urlsafe(9)
    user = User.objects.create_user(username, full_name=full_name, password=password)
    return Membership.objects.create(user=user, role=role, **area), password


def _a_commune(province: Province, district: District) -> Commune:
    """A commune of the programme that has something to report, else one of the district's last
    day.
    """
    today = timezone.localdate()
    last = district.communes.in_programme().in_force(district.valid_to or today)
    return province.communes.in_programme().in_force(today).first() or last.first()


@transaction.atomic
def open_demo_period(province: Province, *, by: User) -> ReportingPeriod:
    """Open the province's next quarter, due in some days, so that there is something to enter.

    Raises Refused where no criteria are in force then.
    """
    period = opening.next_period(province)
    period.due_on = timezone.localdate() + timedelta(days=DAYS_TO_TRY)
    opening.save_recorded(period, by=by)
    opening.open_period(period, by=by)
    return period

"""Users to try an installation with: one for each role, on one machine only."""

import secrets

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.models import Membership, Role, User
from communes.models import Commune, District, Province

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
    commune = _a_commune_of(district)
    areas = {Role.DISTRICT_STAFF: {"district": district}, Role.COMMUNE_STAFF: {"commune": commune}}
    return [
        _create(role, username, full_name, province=province, **areas.get(role, {}))
        for role, (username, full_name) in USERS.items()
    ]


def _create(role, username, full_name, **area) -> tuple[Membership, str]:
    password = secrets.token_urlsafe(9)
    user = User.objects.create_user(username, full_name=full_name, password=password)
    return Membership.objects.create(user=user, role=role, **area), password


def _a_commune_of(district: District) -> Commune:
    """A commune of the programme as of the district's last day, or of today."""
    day = district.valid_to or timezone.localdate()
    return district.communes.in_programme().in_force(day).first()

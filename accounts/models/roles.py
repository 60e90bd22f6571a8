"""What people may do, and the areas they may do it in."""

from typing import NamedTuple, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from communes.models import Commune, District, Province
from communes.scope import Action, scope_of


class Role(models.TextChoices):
    ADMINISTRATOR = "administrator", _("Administrator")
    PROVINCIAL_OFFICER = "provincial_officer", _("Provincial officer")
    DISTRICT_STAFF = "district_staff", _("District staff")
    COMMUNE_STAFF = "commune_staff", _("Commune staff")
    VIEWER = "viewer", _("Viewer")


ALLOWED = {
    Role.ADMINISTRATOR: set(Action),
    Role.PROVINCIAL_OFFICER: set(Action) - {Action.ADMINISTER},
    Role.DISTRICT_STAFF: {Action.READ, Action.FOLLOW, Action.ENTER, Action.CHECK},
    Role.COMMUNE_STAFF: {Action.READ, Action.FOLLOW, Action.ENTER},
    Role.VIEWER: {Action.READ},
}


class Place(NamedTuple):
    """An area by primary keys: a province, a district of it, or a commune with its district."""

    province: int
    district: int | None = None
    commune: int | None = None

    def holds(self, other: Self) -> bool:
        if self.commune:
            return self.commune == other.commune
        if self.district:
            return self.district == other.district
        return self.province == other.province

    def common(self, other: Self) -> Self | None:
        """What lies in both: of two areas one holds the other, or they have nothing in common."""
        if self.holds(other):
            return other
        return self if other.holds(self) else None


class MembershipQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Roles in the provinces that `user` administers."""
        return self.filter(scope_of(user, Action.ADMINISTER).provinces_q("province"))

    def editable_by(self, user):
        """Those of them that `user` may take away."""
        seen = self.visible_to(user)
        return seen if user.is_superuser else seen.filter(user__is_superuser=False)

    def with_areas(self):
        return self.select_related("province", "district", "commune")


class Membership(models.Model):
    """A role in an area: a province, or one district or commune of it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships")
    role = models.CharField(_("role"), max_length=20, choices=Role)
    province = models.ForeignKey(Province, models.PROTECT, related_name="+")
    district = models.ForeignKey(District, models.PROTECT, related_name="+", null=True, blank=True)
    commune = models.ForeignKey(Commune, models.PROTECT, related_name="+", null=True, blank=True)

    objects = MembershipQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role", "province"],
                condition=Q(district__isnull=True, commune__isnull=True),
                name="membership_once_in_a_province",
            ),
            models.UniqueConstraint(
                fields=["user", "role", "district"], name="membership_once_in_a_district"
            ),
            models.UniqueConstraint(
                fields=["user", "role", "commune"], name="membership_once_in_a_commune"
            ),
            models.CheckConstraint(
                name="membership_area_fits_role",
                condition=(
                    Q(
                        role__in=[Role.ADMINISTRATOR, Role.PROVINCIAL_OFFICER],
                        district__isnull=True,
                        commune__isnull=True,
                    )
                    | Q(role=Role.DISTRICT_STAFF, district__isnull=False, commune__isnull=True)
                    | Q(role=Role.COMMUNE_STAFF, district__isnull=True, commune__isnull=False)
                    | Q(role=Role.VIEWER)
                ),
            ),
        ]

    def __str__(self):
        return f"{self.user}: {self.get_role_display()}, {self.area}"

    @property
    def area(self):
        return self.commune or self.district or self.province

    @property
    def is_province_wide(self):
        return self.district_id is None and self.commune_id is None

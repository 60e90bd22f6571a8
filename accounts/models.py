"""People, their roles and the areas they hold them in."""

from functools import cached_property

from django.contrib.auth.models import AbstractUser, AnonymousUser
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from communes.models import Commune, District, Province
from communes.scope import EVERYWHERE, NOWHERE, Action, AreaScope


class User(AbstractUser):
    """Somebody who signs in. Vietnamese names are kept whole, as their owners write them."""

    first_name = None
    last_name = None
    full_name = models.CharField(_("full name"), max_length=150)
    history = HistoricalRecords(excluded_fields=["password", "last_login"])

    REQUIRED_FIELDS = ["full_name"]

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        ordering = ["username"]

    def __str__(self):
        return self.full_name or self.username

    def get_full_name(self):
        return self.full_name

    def get_short_name(self):
        return self.full_name

    @cached_property
    def roles(self) -> list["Membership"]:
        """This user's memberships, read once per request."""
        return list(self.memberships.all())

    def scope(self, action: Action) -> AreaScope:
        """The area in which this user may do `action`; costs one query for all actions."""
        if not self.is_active:
            return NOWHERE
        if self.is_superuser:
            return EVERYWHERE
        held = [role for role in self.roles if action in ALLOWED[role.role]]
        if action == Action.READ:
            return AreaScope(provinces=frozenset(role.province_id for role in held))
        return AreaScope(
            provinces=frozenset(role.province_id for role in held if role.is_province_wide),
            districts=frozenset(role.district_id for role in held if role.district_id),
            communes=frozenset(role.commune_id for role in held if role.commune_id),
        )

    def may(self, action: Action, province: Province) -> bool:
        """May this user do `action` anywhere in the province?"""
        if not self.is_active or self.is_superuser:
            return self.is_active
        here = [role for role in self.roles if role.province_id == province.pk]
        return any(action in ALLOWED[role.role] for role in here)


class PublicReader(AnonymousUser):
    """Somebody not signed in, where the dashboards are public: reads official figures only."""

    def scope(self, action: Action) -> AreaScope:
        return EVERYWHERE if action == Action.READ else NOWHERE


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


class Membership(models.Model):
    """A role in an area: a province, or one district or commune of it."""

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    role = models.CharField(_("role"), max_length=20, choices=Role)
    province = models.ForeignKey(Province, models.PROTECT, related_name="+")
    district = models.ForeignKey(District, models.PROTECT, related_name="+", null=True, blank=True)
    commune = models.ForeignKey(Commune, models.PROTECT, related_name="+", null=True, blank=True)
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

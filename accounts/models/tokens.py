"""Access tokens: what programs ask the API with, each at most as strong as its owner."""

from datetime import timedelta
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext
from knox.models import AbstractAuthToken, AuthTokenManager
from knox.settings import CONSTANTS

from accounts.models.people import User
from accounts.models.roles import Place
from communes.models import Commune, District, Province
from communes.scope import Action, scope_of

LONGEST_LIFE = 366  # days
USE_WRITTEN_EVERY = timedelta(minutes=5)
WRITES = {Action.ENTER, Action.CHECK, Action.DECIDE}


class AccessTokenQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of people whom `user` administers, unless they are for another province."""
        here = Q(province=None) | scope_of(user, Action.ADMINISTER).provinces_q("province")
        return self.filter(here, user__in=User.objects.visible_to(user))

    def editable_by(self, user):
        """One's own, and those of people for whose account `user` answers."""
        answered_for = User.objects.editable_by(user)
        return self.filter(Q(user=user) | Q(user__in=answered_for))

    def living(self):
        return self.filter(revoked_at=None, expiry__gt=timezone.now())

    def with_names(self):
        return self.select_related("user", "province", "district", "commune", "revoked_by")


class AccessToken(AbstractAuthToken):
    """A named secret that stands for its owner in the API until it expires or is revoked.

    Only its hash is stored. The row is never deleted: it says who made it when, and who ended it.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    digest = models.CharField(max_length=CONSTANTS.DIGEST_LENGTH, unique=True)
    expiry = models.DateTimeField()
    name = models.CharField(max_length=60)
    may_write = models.BooleanField(default=False)
    province = models.ForeignKey(Province, models.PROTECT, related_name="+", null=True)
    district = models.ForeignKey(District, models.PROTECT, related_name="+", null=True)
    commune = models.ForeignKey(Commune, models.PROTECT, related_name="+", null=True)
    last_used_at = models.DateTimeField(null=True)
    last_used_from = models.GenericIPAddressField(null=True)
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True
    )
    revoked_because = models.CharField(max_length=100, blank=True)

    objects = AuthTokenManager.from_queryset(AccessTokenQuerySet)()

    class Meta:
        verbose_name = _("access token")
        verbose_name_plural = _("access tokens")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "name"],
                condition=Q(revoked_at=None),
                name="access_token_name_once_until_revoked",
            ),
            models.CheckConstraint(
                name="access_token_revoked_by_somebody",
                condition=Q(revoked_at=None, revoked_by=None)
                | Q(revoked_at__isnull=False, revoked_by__isnull=False),
            ),
            models.CheckConstraint(
                name="access_token_one_area",
                condition=Q(district=None, commune=None)
                | Q(province__isnull=False, district=None)
                | Q(province__isnull=False, commune=None),
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def area(self):
        """What it is narrowed to; None for all areas of its owner."""
        return self.commune or self.district or self.province

    @property
    def place(self) -> Place | None:
        if self.province_id is None:
            return None
        district = self.commune.district_id if self.commune_id else self.district_id
        return Place(self.province_id, district, self.commune_id)

    def allows(self, action: Action) -> bool:
        """Is this among what the token is for, whatever its owner may do? People never are."""
        if action == Action.ADMINISTER:
            return False
        return self.may_write or action not in WRITES

    @property
    def is_expired(self):
        return self.expiry <= timezone.now()

    @property
    def is_living(self):
        return self.revoked_at is None and not self.is_expired

    @property
    def state(self):
        if self.revoked_at:
            return pgettext("token", "Revoked")
        return pgettext("token", "Expired") if self.is_expired else pgettext("token", "In use")

    @property
    def rights(self):
        return pgettext("token", "Read and write") if self.may_write else pgettext("token", "Read")

    @property
    def beginning(self):
        """The first characters, by which its holder knows it."""
        return f"{self.token_key}…"

    def note_use(self, address: str):
        """Remember when and from where it was last used; now and then, so reads stay reads."""
        now = timezone.now()
        if self.last_used_at is None or now - self.last_used_at >= USE_WRITTEN_EVERY:
            self.last_used_at, self.last_used_from = now, address
            self.save(update_fields=["last_used_at", "last_used_from"])

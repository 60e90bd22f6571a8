"""People who sign in, and those who only read what is public."""

from functools import cached_property

from django.conf import settings
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.contrib.auth.models import AbstractUser, AnonymousUser, UserManager
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext
from simple_history.models import HistoricalRecords

from accounts.models.roles import ALLOWED, Membership, Place
from communes.models import Province
from communes.names import search_key, sort_key
from communes.scope import EVERYWHERE, NOWHERE, Action, AreaScope, scope_of

# Written by signing in, so no matter for the history.
UNRECORDED = {"password", "last_login"}
KEYS = ["sort_key", "search_key"]


def person_key(full_name: str) -> str:
    """How a list of people is ordered in Vietnam: by the given name, which is written last."""
    before, _space, given = " ".join(full_name.split()).rpartition(" ")
    return sort_key(given) + sort_key(before)


class UserQuerySet(models.QuerySet):
    def visible_to(self, user):
        """People with a role in a province that `user` administers."""
        scope = scope_of(user, Action.ADMINISTER)
        if scope.everywhere:
            return self
        return self.filter(_with_role(scope.provinces_q("province")))

    def editable_by(self, user):
        """Those whose account `user` answers for: none of their roles is in another province."""
        scope = scope_of(user, Action.ADMINISTER)
        if scope.everywhere:
            return self
        elsewhere = _with_role(~scope.provinces_q("province"))
        return self.visible_to(user).filter(~elsewhere, is_superuser=False)

    def search(self, text: str):
        """People whose name, user name or address holds `text`, with or without diacritics."""
        return self.filter(search_key__contains=search_key(text))

    def in_state(self, state: str):
        """Closed, waiting (invited or reset, and yet to set a password), or open."""
        if state == "closed":
            return self.filter(is_active=False)
        waiting = Q(password__startswith=UNUSABLE_PASSWORD_PREFIX)
        return self.filter(waiting if state == "waiting" else ~waiting, is_active=True)

    def with_roles_for(self, user):
        """Bring along `roles_shown`: the roles in the provinces that `user` administers."""
        roles = Membership.objects.visible_to(user).with_areas().order_by("pk")
        return self.prefetch_related(models.Prefetch("memberships", roles, "roles_shown"))


def _with_role(condition: Q) -> Exists:
    return Exists(Membership.objects.filter(condition, user=OuterRef("pk")))


class PeopleManager(UserManager.from_queryset(UserQuerySet)):
    use_in_migrations = False


class UserStep(models.TextChoices):
    """What was done to an account, for its history."""

    INVITED = "invited", _("Invited")
    CHANGED = "changed", _("Name or e-mail changed")
    CLOSED = "closed", _("Account closed")
    OPENED = "opened", _("Account opened again")
    PASSWORD_RESET = "password_reset", _("New link to set a password")
    PASSWORD_SET = "password_set", _("Password set")
    FACTOR_RESET = "factor_reset", _("Second step of signing in removed")


class StepRecord(models.Model):
    """What a row of a user's history says besides the user's fields."""

    step = models.CharField(max_length=20, choices=UserStep, blank=True)

    class Meta:
        abstract = True


class User(AbstractUser):
    """Somebody who signs in. Vietnamese names are kept whole, as their owners write them."""

    first_name = None
    last_name = None
    full_name = models.CharField(_("full name"), max_length=150)
    sort_key = models.CharField(max_length=460, editable=False)
    search_key = models.CharField(max_length=560, editable=False)

    objects = PeopleManager()
    history = HistoricalRecords(bases=[StepRecord], excluded_fields=[*UNRECORDED, *KEYS])

    REQUIRED_FIELDS = ["full_name"]

    # The access token that a program asks with, for the time of its request.
    token = None

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        ordering = ["username"]
        constraints = [
            # signing in does not mind capitals
            models.UniqueConstraint(
                Lower("username"),
                name="user_once_whatever_capitals",
                violation_error_message=_("This user name is taken. Choose another."),
            ),
        ]

    def __str__(self):
        return self.full_name or self.username

    def save(self, *args, **kwargs):
        self.set_keys()
        if UNRECORDED.issuperset(kwargs.get("update_fields") or ["every field"]):
            self.skip_history_when_saving = True
        super().save(*args, **kwargs)
        self.__dict__.pop("skip_history_when_saving", None)

    def save_step(self, step: UserStep, *, by: "User", reason: str = ""):
        """Save, and say in the history what was done, by whom and why."""
        self.history_step, self._history_user, self._change_reason = step, by, reason or None
        self.save()
        del self.history_step, self._history_user, self._change_reason

    def set_keys(self):
        self.sort_key = person_key(self.full_name)
        self.search_key = search_key(f"{self.full_name} {self.username} {self.email}")

    def get_full_name(self):
        return self.full_name

    def get_short_name(self):
        return self.full_name

    @property
    def is_waiting(self):
        return self.is_active and not self.has_usable_password()

    @property
    def account_state(self):
        if not self.is_active:
            return pgettext("account", "Closed")
        return _("No password yet") if self.is_waiting else pgettext("account", "Open")

    @property
    def has_second_factor(self):
        """Recovery codes alone are none: they stand in for a lost one."""
        return self.authenticator_set.exclude(type="recovery_codes").exists()

    @property
    def has_passkey(self):
        """One that signs in alone, without the password?"""
        keys = self.authenticator_set.filter(type="webauthn")
        return any(key.wrap().is_passwordless for key in keys)

    @property
    def lacks_second_factor(self):
        """Is one required of this user, who decides or administers, and not set up?"""
        if not settings.REQUIRE_SECOND_FACTOR or self.scope(Action.DECIDE) == NOWHERE:
            return False
        return not self.has_second_factor

    @cached_property
    def is_administrator(self):
        """Does this user manage people anywhere?"""
        return self.scope(Action.ADMINISTER) != NOWHERE

    @property
    def is_officer(self):
        """Does this user keep the registers of a province?"""
        return self.scope(Action.DECIDE) != NOWHERE

    @cached_property
    def roles(self) -> list["Membership"]:
        """This user's memberships, read once per request, with the districts of communes."""
        return list(self.memberships.annotate(commune_district=F("commune__district")))

    def scope(self, action: Action) -> AreaScope:
        """The area in which this user may do `action`; costs one query for all actions.

        With an access token: what of it lies in the token's area, if the token is for that.
        """
        if not self._is_allowed(action):
            return NOWHERE
        if self._is_unlimited:
            return EVERYWHERE
        places = self._places(action)
        return AreaScope(
            provinces=frozenset(p.province for p in places if not p.district and not p.commune),
            districts=frozenset(p.district for p in places if p.district and not p.commune),
            communes=frozenset(p.commune for p in places if p.commune),
        )

    def may(self, action: Action, province: Province) -> bool:
        """May this user do `action` anywhere in the province?"""
        if not self._is_allowed(action):
            return False
        places = [] if self._is_unlimited else self._places(action)
        return self._is_unlimited or any(place.province == province.pk for place in places)

    def _is_allowed(self, action: Action) -> bool:
        return self.is_active and (self.token is None or self.token.allows(action))

    @property
    def _is_unlimited(self) -> bool:
        return self.is_superuser and (self.token is None or self.token.place is None)

    def _places(self, action: Action) -> set[Place]:
        """Where roles allow `action`, cut to the token's area; official figures by province."""
        held = {
            Place(role.province_id, role.district_id or role.commune_district, role.commune_id)
            for role in self.roles
            if action in ALLOWED[role.role]
        }
        limit = self.token and self.token.place
        if action == Action.READ:
            held = {Place(place.province) for place in held}
            limit = limit and Place(limit.province)
        if limit is None:
            return held
        if self.is_superuser:
            return {limit}
        return {place.common(limit) for place in held} - {None}


class PublicReader(AnonymousUser):
    """Somebody not signed in, where the dashboards are public: reads official figures only."""

    def scope(self, action: Action) -> AreaScope:
        return EVERYWHERE if action == Action.READ else NOWHERE

    def may(self, action: Action, province: Province) -> bool:
        return action == Action.READ

"""What is done with access tokens; their rows keep who did it, when and why."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.areas import places_of
from accounts.models import AccessToken, User
from accounts.refusals import Refused

MOST = 30  # living ones of one person


@transaction.atomic
def make(*, by: User, name: str, area, may_write: bool, days: int) -> tuple[AccessToken, str]:
    """A token of one's own, and its text, which is not stored and so shown this once.

    `area` is a province, a district or a commune; None for all areas of its owner. An expired
    token gives its name to the new one.
    """
    User.objects.select_for_update().get(pk=by.pk)
    own = AccessToken.objects.filter(user=by)
    expired = own.filter(name=name, expiry__lte=timezone.now())
    _end(expired, by=by, reason=_("Replaced by a new one of the same name."))
    if own.filter(name=name, revoked_at=None).exists():
        raise Refused(
            _("You have a token named “%(name)s”. Choose another name, or revoke that one first.")
            % {"name": name}
        )
    if own.living().count() >= MOST:
        raise Refused(
            _("You have %(number)d tokens. Revoke those that are not used any more.")
            % {"number": MOST}
        )
    places = places_of(area) if area else {}
    life = timedelta(days=days)
    return AccessToken.objects.create(by, life, name=name, may_write=may_write, **places)


def revoke(token: AccessToken, *, by: User, reason: str = "") -> None:
    if not _end(AccessToken.objects.filter(pk=token.pk), by=by, reason=reason):
        raise Refused(_("The token “%(name)s” is revoked already.") % {"name": token})


def revoke_all(person: User, *, by: User, reason: str) -> None:
    """Whatever programs ask in this person's name stops."""
    _end(AccessToken.objects.filter(user=person), by=by, reason=reason)


def _end(tokens, *, by: User, reason: str) -> int:
    ended = {"revoked_at": timezone.now(), "revoked_by": by, "revoked_because": reason}
    return tokens.filter(revoked_at=None).update(**ended)

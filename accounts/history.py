"""What was done to an account: read from the history rows, newest first."""

from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import AccessToken, Membership, User, UserStep
from communes.reasons import reason_of
from communes.scope import Action, scope_of

FIELDS = {
    "username": gettext_lazy("Username"),
    "full_name": gettext_lazy("Full name"),
    "email": gettext_lazy("E-mail"),
}


@dataclass(frozen=True)
class Event:
    at: datetime
    what: str
    by: str
    reason: str


def record_step(history_instance, instance, **kwargs):
    """Write which step a user's history row stands for; connected in `accounts.apps`."""
    if isinstance(instance, User):
        history_instance.step = getattr(instance, "history_step", "")


def events_of(person: User, *, seen_by: User) -> list[Event]:
    """All that was done to an account; of its roles and tokens, what `seen_by` administers."""
    rows = list(person.history.select_related("history_user"))
    events = [_event(row, _account_words(row, older)) for row, older in pairwise([*rows, None])]
    own = scope_of(seen_by, Action.ADMINISTER).provinces_q("province")
    roles = Membership.history.filter(own, user_id=person.pk)
    roles = roles.select_related("history_user", "province", "district", "commune")
    events += [_event(row, _role_words(row)) for row in roles]
    tokens = AccessToken.objects.visible_to(seen_by).filter(user=person)
    for token in tokens.select_related("user", "revoked_by"):
        events += _token_events(token)
    return sorted((event for event in events if event.what), key=lambda e: e.at, reverse=True)


def _token_events(token: AccessToken) -> list[Event]:
    made = _("Access token made: %(name)s") % {"name": token}
    events = [Event(token.created, made, str(token.user), "")]
    if token.revoked_at:
        ended = _("Access token revoked: %(name)s") % {"name": token}
        by, why = str(token.revoked_by), token.revoked_because
        events.append(Event(token.revoked_at, ended, by, why))
    return events


def _event(row, words) -> Event:
    by = row.history_user
    return Event(
        at=row.history_date,
        what=words,
        by=str(by) if by else "",
        reason=reason_of(row),
    )


def _account_words(row, older) -> str:
    if older is None:
        return UserStep.INVITED.label if row.step else _("Account made")
    changes = [
        _("%(field)s: %(before)s → %(after)s")
        % {
            "field": label,
            "before": getattr(older, name) or "–",
            "after": getattr(row, name) or "–",
        }
        for name, label in FIELDS.items()
        if getattr(older, name) != getattr(row, name)
    ]
    words = [row.get_step_display(), *changes]
    return ". ".join(str(part) for part in words if part)


def _role_words(row) -> str:
    words = {"+": _("Role given: %(role)s, %(area)s"), "-": _("Role taken: %(role)s, %(area)s")}
    area = row.commune or row.district or row.province
    sentence = words.get(row.history_type, _("Role changed: %(role)s, %(area)s"))
    return sentence % {"role": row.get_role_display(), "area": area}

"""What an administrator does to people's accounts and roles, each written with who and why."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.areas import places_of
from accounts.models import Membership, Role, User, UserStep
from accounts.refusals import Refused
from accounts.tokens.steps import revoke_all
from communes.models import Province


def obstacle(person: User, *, by: User) -> str:
    """Why `by` may not change, close, open or reset an account; empty when nothing is."""
    if person.is_superuser and not by.is_superuser:
        return _("This account has rights over every province; only another such one changes it.")
    if not User.objects.editable_by(by).filter(pk=person.pk).exists():
        return _(
            "%(person)s also has a role in another province. Only somebody who administers all "
            "of these provinces may change the name, close the account or reset it. You can "
            "give and take roles in your own province."
        ) % {"person": person}
    return ""


@transaction.atomic
def invite(*, by: User, username, full_name, email, role, area) -> User:
    """Make an account without a password, with its first role."""
    person = User(username=username, full_name=full_name, email=email)
    person.set_unusable_password()
    person.save_step(UserStep.INVITED, by=by)
    give_role(person, by=by, role=role, area=area)
    return person


@transaction.atomic
def change(person: User, *, by: User, full_name, email) -> None:
    person = _answered_for(person, by)
    person.full_name, person.email = full_name, email
    person.save_step(UserStep.CHANGED, by=by)


@transaction.atomic
def give_role(person: User, *, by: User, role, area, reason="") -> Membership:
    if person.is_superuser and not by.is_superuser:
        raise Refused(obstacle(person, by=by))
    membership = Membership(user=person, role=role, **places_of(area))
    _still_administers(by, membership.province_id)
    if Membership.objects.filter(user=person, role=role, **places_of(area)).exists():
        raise Refused(
            _("%(person)s already has this role: %(role)s, %(area)s.")
            % {"person": person, "role": membership.get_role_display(), "area": area}
        )
    membership._history_user, membership._change_reason = by, reason or None
    membership.save()
    return membership


@transaction.atomic
def take_role(membership: Membership, *, by: User, reason) -> None:
    _still_administers(by, membership.province_id)
    person = membership.user
    if person == by and membership.role == Role.ADMINISTRATOR:
        raise Refused(
            _("You cannot take your own administrator role. Another administrator has to do it.")
        )
    if not person.memberships.exclude(pk=membership.pk).exists():
        raise Refused(
            _("This is the only role of %(person)s. Give another one first, or close the account.")
            % {"person": person}
        )
    membership._history_user, membership._change_reason = by, reason
    membership.delete()


@transaction.atomic
def close(person: User, *, by: User, reason) -> None:
    """The account signs in no more and its access tokens end; what it did stays."""
    person = _answered_for_and_not_oneself(person, by)
    if not person.is_active:
        raise Refused(_("The account of %(person)s is closed already.") % {"person": person})
    person.is_active = False
    revoke_all(person, by=by, reason=_("The account was closed."))
    person.save_step(UserStep.CLOSED, by=by, reason=reason)


@transaction.atomic
def open_again(person: User, *, by: User, reason) -> None:
    person = _answered_for_and_not_oneself(person, by)
    if person.is_active:
        raise Refused(_("The account of %(person)s is open already.") % {"person": person})
    person.is_active = True
    person.save_step(UserStep.OPENED, by=by, reason=reason)


@transaction.atomic
def reset_password(person: User, *, by: User, reason) -> User:
    """End the old password, every session, every older link and every access token."""
    person = _answered_for_and_not_oneself(person, by)
    if not person.is_active:
        raise Refused(
            _("The account of %(person)s is closed. Open it before you reset the password.")
            % {"person": person}
        )
    person.set_unusable_password()
    revoke_all(person, by=by, reason=_("The password was reset."))
    person.save_step(UserStep.PASSWORD_RESET, by=by, reason=reason)
    return person


@transaction.atomic
def reset_second_factor(person: User, *, by: User, reason) -> None:
    """For somebody who lost the telephone or the key: the password alone signs in again."""
    person = _answered_for_and_not_oneself(person, by)
    if not person.authenticator_set.all().delete()[0]:
        raise Refused(_("%(person)s has set up no second step.") % {"person": person})
    person.save_step(UserStep.FACTOR_RESET, by=by, reason=reason)


def _answered_for(person: User, by: User) -> User:
    """The account as it is now, locked; refused when `by` does not answer for it."""
    person = User.objects.select_for_update().get(pk=person.pk)
    if why := obstacle(person, by=by):
        raise Refused(why)
    return person


def _answered_for_and_not_oneself(person: User, by: User) -> User:
    if person == by:
        raise Refused(_("You cannot do this to your own account. Another administrator can."))
    return _answered_for(person, by)


def _still_administers(by: User, province_id: int) -> None:
    """Of two administrators who take each other's role at once, the second is told."""
    Province.objects.select_for_update().get(pk=province_id)
    own = Membership.objects.filter(user=by, role=Role.ADMINISTRATOR, province=province_id)
    if by.token or not (by.is_superuser or own.exists()):
        raise Refused(_("You do not administer this province."))

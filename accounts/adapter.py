"""How django-allauth behaves here."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import UserStep


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up on their own: accounts are made by a province's administrator."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": _(
            "The username or the password is wrong. Check both; capital letters count in the "
            "password."
        ),
        "too_many_login_attempts": _(
            "Too many failed attempts with this username. Wait five minutes and try again."
        ),
        "account_inactive": _(
            "This account is closed. Ask your province's administrator to open it."
        ),
        "incorrect_password": _("This is not your password. Type it again."),
        "enter_current_password": _("This is not your current password. Type it again."),
        "rate_limited": _("Too many attempts in a short time. Wait a minute and try again."),
    }

    def is_open_for_signup(self, request):
        return False

    def get_password_change_redirect_url(self, request):
        return reverse("accounts:me")

    def set_password(self, user, password):
        user.set_password(password)
        user.save_step(UserStep.PASSWORD_SET, by=user)


class SecondStepAdapter(DefaultMFAAdapter):
    """How authenticator apps, passkeys and recovery codes speak here."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _(
            "The code or the key was not accepted. Use the newest code of the app, each one once."
        ),
        "cannot_generate_recovery_codes": _(
            "Set up an authenticator app or a passkey first; recovery codes stand in for it."
        ),
    }

    def get_totp_label(self, user):
        return user.username

    def generate_authenticator_name(self, user, type):  # noqa: A002 named by allauth
        number = user.authenticator_set.filter(type=type).count() + 1
        return gettext("Key %(number)d") % {"number": number}

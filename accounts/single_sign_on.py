"""Signing in through an OpenID Connect server, for people who have an account here."""

import logging

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.providers.base.constants import AuthError, AuthProcess
from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from accounts.models import User

logger = logging.getLogger(__name__)


class SingleSignOnAdapter(DefaultSocialAccountAdapter):
    """The server vouches for an address; the one open account with that address signs in.

    Nothing of the server's account is kept, so a new address here counts from the next time on.
    """

    def authenticate_by_email(self, sociallogin):
        """Not allauth's way, which ends the password of the account that it finds."""

    def pre_social_login(self, request, sociallogin):
        sociallogin.state["process"] = AuthProcess.LOGIN  # never connects to who is signed in
        sociallogin.user = self._owner(request, sociallogin.email_addresses)

    def is_open_for_signup(self, request, sociallogin):
        return False

    def on_authentication_error(self, request, provider, error=None, exception=None, **kwargs):
        if error == AuthError.CANCELLED:
            self._refuse(request, _("You broke off signing in with %(server)s."))
        logger.warning("Signing in with OpenID Connect failed: %s %s", error, exception)
        self._refuse(
            request,
            _(
                "Signing in with %(server)s failed. Try again, or sign in with user name and "
                "password."
            ),
        )

    def _owner(self, request, addresses) -> User:
        vouched = [address.email for address in addresses if address.verified in (True, "true")]
        if not vouched:
            self._refuse(
                request,
                _(
                    "%(server)s does not confirm your address. Sign in with user name and "
                    "password."
                ),
            )
        found = User.objects.filter(email__iexact=vouched[0], is_active=True)[:2]
        if len(found) != 1:
            self._refuse(
                request,
                _(
                    "No single account here has the address %(address)s. Ask your province's "
                    "administrator, or sign in with user name and password."
                ),
                address=vouched[0],
            )
        return found[0]

    def _refuse(self, request, sentence, **words):
        messages.error(request, sentence % {"server": settings.OIDC_NAME, **words})
        raise ImmediateHttpResponse(redirect("account_login"))

"""Who asks: a program with a token, whoever is signed in to the pages, or anybody where the
dashboards are public."""

import re

from django.conf import settings
from django.utils.translation import gettext as _
from knox.auth import TokenAuthentication
from knox.crypto import hash_token
from rest_framework.authentication import BaseAuthentication, SessionAuthentication
from rest_framework.exceptions import AuthenticationFailed, PermissionDenied
from rest_framework.permissions import SAFE_METHODS, BasePermission

from accounts.api.throttles import address_of, check, network_of
from accounts.models import AccessToken, PublicReader
from ntm_tracker.web.numbers import moment

LOOKS_LIKE_ONE = re.compile(r"ntm_[0-9a-f]{64}")


class Token(TokenAuthentication):
    """A program with an access token, `Authorization: Bearer ntm_…`; one query.

    Wrong tokens count against their address. One that was good once does not: a forgotten
    program must not shut out its whole office.
    """

    def authenticate(self, request):
        kind, _space, text = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")
        if kind.lower() != self.authenticate_header(request).lower():
            return None
        network = network_of(request)
        check("wrong_token", network, 0)
        try:
            token = self.authenticate_credentials(text.strip())
        except AccessToken.DoesNotExist as error:
            check("wrong_token", network)
            raise AuthenticationFailed(
                _("There is no such access token. Send it whole; if it is lost, make a new one.")
            ) from error
        token.user.token = token
        token.note_use(address_of(request))
        return token.user, token

    def authenticate_credentials(self, text: str) -> AccessToken:
        """Not knox's way, which deletes what has expired."""
        if not LOOKS_LIKE_ONE.fullmatch(text):
            raise AccessToken.DoesNotExist
        rows = AccessToken.objects.select_related("user", "commune")
        token = rows.get(digest=hash_token(text))
        if why := self._what_is_wrong(token):
            raise AuthenticationFailed(why)
        return token

    @staticmethod
    def _what_is_wrong(token: AccessToken) -> str:
        if not token.user.is_active:
            return _("The account that this access token belongs to is closed.")
        if token.revoked_at:
            text = _("The access token “%(name)s” was revoked at %(at)s. Make a new one.")
            return text % {"name": token, "at": moment(token.revoked_at)}
        if token.is_expired:
            text = _("The access token “%(name)s” expired at %(at)s. Make a new one.")
            return text % {"name": token, "at": moment(token.expiry)}
        return ""


class Session(SessionAuthentication):
    """Whoever is signed in to the pages; writes need the CSRF token of the session."""

    def enforce_csrf(self, request):
        try:
            super().enforce_csrf(request)
        except PermissionDenied as error:
            text = _("Writes from a browser need the header X-CSRFToken with the cookie's value.")
            raise PermissionDenied(text) from error


class Public(BaseAuthentication):
    """Nobody in particular, where `PUBLIC_DASHBOARD` lets anybody read official figures."""

    def authenticate(self, request):
        return (PublicReader(), None) if settings.PUBLIC_DASHBOARD else None


class MayRead(BasePermission):
    """Whoever is signed in; anybody reads where the dashboards are public.

    Writing needs a token that may; what its owner may write is asked where it is written.
    """

    def has_permission(self, request, view):
        is_read = request.method in SAFE_METHODS
        if not request.user.is_authenticated:
            return isinstance(request.user, PublicReader) and request.method in {"GET", "HEAD"}
        if request.user.token and not request.user.token.may_write and not is_read:
            text = _("The access token “%s” only reads. Make one that may write.")
            raise PermissionDenied(text % request.user.token)
        return True

"""Who asks: whoever is signed in to the pages, or anybody where the dashboards are public."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from rest_framework.authentication import BaseAuthentication, SessionAuthentication
from rest_framework.exceptions import PermissionDenied
from rest_framework.permissions import BasePermission

from accounts.models import PublicReader


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
    """Whoever is signed in; anybody reads where the dashboards are public."""

    def has_permission(self, request, view):
        if request.user.is_authenticated:
            return True
        return isinstance(request.user, PublicReader) and request.method in {"GET", "HEAD"}

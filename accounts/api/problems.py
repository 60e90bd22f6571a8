"""What the API answers when something is refused or fails."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from rest_framework import exceptions

from accounts.refusals import Refused
from ntm_tracker.web.api.problems import Problem, answer, flat

KIND_OF = {
    exceptions.ParseError: "malformed",
    exceptions.NotAuthenticated: "not-authenticated",
    exceptions.AuthenticationFailed: "not-authenticated",
    exceptions.PermissionDenied: "not-allowed",
    PermissionDenied: "not-allowed",
    exceptions.NotFound: "not-found",
    Http404: "not-found",
    exceptions.MethodNotAllowed: "wrong-method",
    exceptions.NotAcceptable: "not-acceptable",
    exceptions.UnsupportedMediaType: "wrong-media-type",
    exceptions.Throttled: "too-many-requests",
}
# Their own words are Django's or the router's, not meant for people.
WORDLESS = (Http404, PermissionDenied)


def handle(error: Exception, context: dict):
    """The answer to an error, for Django REST framework; None for a fault of ours."""
    request = context["request"]
    if isinstance(error, Refused):
        return answer(request, "refused", str(error))
    if isinstance(error, Problem):
        return answer(request, error.kind, error.detail, errors=error.errors, **error.more)
    if isinstance(error, exceptions.ValidationError):
        return answer(request, "invalid-input", errors=flat(error.detail))
    kind = KIND_OF.get(type(error))
    if kind is None:
        return None
    detail = "" if isinstance(error, WORDLESS) else str(error.detail)
    return answer(request, kind, detail, headers=_headers(error))


def _headers(error) -> dict[str, str]:
    headers = {}
    if getattr(error, "auth_header", None):
        headers["WWW-Authenticate"] = error.auth_header
    if getattr(error, "wait", None):
        headers["Retry-After"] = f"{error.wait:.0f}"
    return headers

"""Errors as RFC 9457 has them: `application/problem+json` with a `type` that never changes."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from django.http import HttpResponse, JsonResponse
from django.utils.encoding import iri_to_uri
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import APIException

from ntm_tracker.web.api.rendering import Encoder

CONTENT_TYPE = "application/problem+json"
API = "/api/"
TYPE = "urn:ntm-tracker:problem:{}"


class Kind(NamedTuple):
    """A kind of problem: the status it has, and its heading in the reader's language."""

    status: int
    title: str


KINDS = {
    "malformed": Kind(400, _("The request could not be read")),
    "invalid-input": Kind(400, _("Something that was sent is not valid")),
    "not-authenticated": Kind(401, _("Sign in, or send a token")),
    "not-allowed": Kind(403, _("You may not do this")),
    "not-found": Kind(404, _("There is no such thing here")),
    "wrong-method": Kind(405, _("This address does not take that method")),
    "not-acceptable": Kind(406, _("The answer does not come in that form")),
    "refused": Kind(409, _("This cannot be done now")),
    "key-used": Kind(409, _("The key of the request was used before")),
    "stale": Kind(412, _("Somebody else changed this meanwhile")),
    "too-large": Kind(413, _("Too much was sent at once")),
    "wrong-media-type": Kind(415, _("This kind of content is not read")),
    "precondition-required": Kind(428, _("Say which version you saw")),
    "too-many-requests": Kind(429, _("Too many requests in a short time")),
    "fault": Kind(500, _("Something went wrong on our side")),
}


class Problem(APIException):
    """A problem of one of `KINDS`; `more` are members of its own, such as both values."""

    def __init__(self, kind: str, detail: str = "", *, errors=(), **more):
        super().__init__(detail or KINDS[kind].title)
        self.kind, self.errors, self.more = kind, list(errors), more
        self.status_code = KINDS[kind].status


def is_asked(request) -> bool:
    """Is it the API that is asked, so that a program reads the answer?"""
    return request.path.startswith(API)


def answer(request, kind: str, detail: str = "", *, errors=(), headers=None, **more):
    """The answer that tells of a problem; `errors` are pairs of a field and a sentence."""
    status, title = KINDS[kind]
    body = {
        "type": TYPE.format(kind),
        "title": str(title),
        "status": status,
        "detail": str(detail or title),
        "instance": iri_to_uri(request.get_full_path()),
    }
    if errors:
        body["errors"] = [{"field": field, "detail": str(text)} for field, text in errors]
    response: HttpResponse = JsonResponse(
        body | more,
        status=status,
        content_type=CONTENT_TYPE,
        encoder=Encoder,
        json_dumps_params={"ensure_ascii": False},
    )
    response.headers["Cache-Control"] = "no-store"
    for name, value in (headers or {}).items():
        response.headers[name] = value
    return response


def flat(detail, path: str = "") -> Iterator[tuple[str, str]]:
    """Pairs of field and sentence from the nested lists and dictionaries of a validation."""
    if isinstance(detail, dict):
        for name, inside in detail.items():
            is_general = name in {"non_field_errors", "__all__"}
            yield from flat(inside, path if is_general else _below(path, name))
    elif isinstance(detail, (list, tuple)):
        yield from _flat_list(detail, path)
    else:
        yield path, str(detail)


def _flat_list(rows: Iterable, path: str) -> Iterator[tuple[str, str]]:
    for index, inside in enumerate(rows):
        nested = isinstance(inside, (dict, list, tuple))
        yield from flat(inside, _below(path, index) if nested else path)


def _below(path: str, name) -> str:
    return f"{path}/{name}" if path else str(name)

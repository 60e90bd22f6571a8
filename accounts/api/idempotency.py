"""A POST done once, however often it is sent: Idempotency-Key."""

import re
from collections.abc import Callable
from functools import wraps
from hashlib import sha256

from django.db import transaction
from django.http import HttpResponse
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError

from accounts.models import KeptAnswer
from ntm_tracker.web.api.problems import Problem

HEADER = "Idempotency-Key"
REPLAYED = "Idempotency-Replayed"
KEY = re.compile(r"[!-~]{8,200}")
HEADERS = ["Content-Type", "Cache-Control", "ETag", "Location"]
# Answers that the state of things gave. Others did nothing and may be asked for better.
KEPT = {200, 201, 409, 412}


def once(post: Callable) -> Callable:
    """Wrap a view's `post`: one transaction, and one answer for all requests under a key.

    What was done and its answer are written together, so a crash leaves neither. Of two at once
    the second waits and is given the answer of the first. A refusal is kept with nothing written.
    """

    @wraps(post)
    def answered(view, request, **kwargs):
        key = _key_of(request)
        content = request.body
        with transaction.atomic():
            if not key:
                return post(view, request, **kwargs)
            kept, is_first = _kept(request, key, content)
            if is_first:
                _keep(kept, _first_answer(view, post, request, kwargs))
            return _answer(kept, is_replay=not is_first)

    answered.is_once = True
    return answered


def _key_of(request) -> str:
    key = request.headers.get(HEADER, "")
    if key and not KEY.fullmatch(key):
        text = _("Expected are 8 to 200 visible characters without spaces, such as a UUID.")
        raise ValidationError({HEADER: [text]})
    return key


def _kept(request, key: str, content: bytes) -> tuple[KeptAnswer, bool]:
    """The row of a key, and whether this request made it."""
    asked = sha256(f"{request.method} {request.get_full_path()}\n".encode() + content).hexdigest()
    own = KeptAnswer.objects.filter(user=request.user.pk, key=key)
    own.outdated().delete()
    row, is_first = own.get_or_create(user_id=request.user.pk, key=key, defaults={"asked": asked})
    if row.asked != asked:
        raise Problem(
            "key-used",
            _("Another request was sent under this key before. Choose a new key."),
        )
    return row, is_first


def _first_answer(view, post, request, kwargs) -> HttpResponse:
    """The answer, with everything that a refused request wrote taken back."""
    try:
        with transaction.atomic():
            response = post(view, request, **kwargs)
    except Exception as error:
        response = view.handle_exception(error)
        if response.status_code not in KEPT:
            raise
    if hasattr(response, "render"):
        response.accepted_renderer = request.accepted_renderer
        response.accepted_media_type = request.accepted_media_type
        response.renderer_context = view.get_renderer_context()
        response.render()
    return response


def _keep(kept: KeptAnswer, response: HttpResponse):
    kept.status, kept.body = response.status_code, response.content
    kept.headers = {name: response.headers[name] for name in HEADERS if name in response.headers}
    kept.save()


def _answer(kept: KeptAnswer, *, is_replay: bool) -> HttpResponse:
    response = HttpResponse(bytes(kept.body), status=kept.status, headers=kept.headers)
    if is_replay:
        response.headers[REPLAYED] = "true"
    return response

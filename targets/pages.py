"""What every dashboard page shares: the province it is about, validators and remembered HTML."""

from functools import wraps
from hashlib import sha256

from django.core.cache import caches
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.utils.http import http_date, quote_etag
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from accounts.decorators import dashboard, province_or_404
from communes.models import Province
from ntm_tracker.web.htmx import VARY_ON, wants_part
from ntm_tracker.web.release import release
from targets.snapshot import snapshot_of

REMEMBERED_FOR = 24 * 60 * 60


def of_province(view):
    """A page about the province that the address names, answered with 304 where it can be.

    The view gets the `Province`; a stranger's province is a 404. The validator hangs on the
    province's data version, on who reads, in which language and theme, and on the release.
    """

    @dashboard
    @wraps(view)
    def page(request, province, **kwargs):
        found = province_or_404(request.user, province)
        etag = etag_of(request, found)
        answer = get_conditional_response(request, etag=etag)
        if answer is None:
            answer = view(request, found, **kwargs)
            # a first visit gets its CSRF secret while the page is made
            etag = etag_of(request, found)
        if answer.status_code in {200, 304}:
            answer.headers["ETag"] = etag
            answer.headers["Last-Modified"] = http_date(found.data_changed_at.timestamp())
            patch_cache_control(answer, private=True, no_cache=True)
            patch_vary_headers(answer, ["Cookie", *VARY_ON])
        return answer

    return page


def etag_of(request, province: Province) -> str:
    """A weak validator: the same CSRF secret is masked anew in each answer.

    Another secret needs another page, or its forms would be refused; so does a message that
    waits to be shown.
    """
    around = [request.COOKIES.get(name, "") for name in ("theme", "messages")]
    secret = request.META.get("CSRF_COOKIE", "")
    parts = [*address_of(request, province), *_reader(request.user), secret, *around]
    return "W/" + quote_etag(digest(parts))


def _reader(user) -> list:
    """What the frame of a page prints of who reads."""
    rights = [getattr(user, name, False) for name in ("is_administrator", "is_officer")]
    return [user.pk, user, *rights]


def address_of(request, province: Province) -> list:
    """What decides the content of a page, whoever reads it."""
    return [
        release(),
        province.pk,
        province.data_version,
        get_language(),
        request.get_full_path(),
        wants_part(request),
    ]


def digest(parts) -> str:
    return sha256("\n".join(map(str, parts)).encode()).hexdigest()[:32]


def remembered(request, province: Province, make, *, kind: str = ""):
    """What `make()` gives for this address and data version, made once and then remembered.

    Only for what every reader of the province may see alike. `kind` tells answers apart that
    one address has for several Accept headers.
    """
    key = f"page:{digest([*address_of(request, province), kind])}"
    pages = caches["pages"]
    kept = pages.get(key)
    if kept is None:
        kept = make()
        pages.set(key, kept, REMEMBERED_FOR)
    return kept


AROUND = ["title", "as_of", "boundary_on"]


def render_body(request, province, page, body, make_context, *, swap="targets/_swap.html"):
    """The page with its body; `swap`, the body alone, for htmx. The body is remembered.

    `make_context(snapshot)` gives the body's context, of which the page around it prints
    what `AROUND` names.
    """

    def make():
        context = make_context(snapshot_of(province)) | {"province": province}
        html = render_to_string(body, context)
        return {"html": html} | {name: context[name] for name in AROUND}

    kept = remembered(request, province, make)
    context = kept | {"province": province, "body": mark_safe(kept["html"])}
    return render(request, swap if wants_part(request) else page, context)

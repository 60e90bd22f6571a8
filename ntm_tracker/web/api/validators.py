"""ETag, Last-Modified and Cache-Control of the answers to reads."""

from hashlib import sha256

from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.utils.http import http_date, quote_etag

VARY_ON = ["Accept", "Authorization", "Cookie"]


def etag_of(*parts) -> str:
    """A weak validator of all that an answer depends on."""
    seen = sha256("\n".join(map(str, parts)).encode()).hexdigest()[:32]
    return "W/" + quote_etag(seen)


def etag_of_content(content: bytes) -> str:
    return "W/" + quote_etag(sha256(content).hexdigest()[:32])


def unchanged(request, etag: str):
    """The answer 304 where the client has seen this; else None.

    Only If-None-Match is heeded: what was visible may change without a newer row.
    """
    if "If-None-Match" not in request.headers:
        return None
    return get_conditional_response(request, etag=etag)


def mark(request, response, etag: str, changed_at=None):
    """Say how fresh an answer to a read is, and that it is asked again before it is used.

    What everybody may read may also be kept by everybody's cache.
    """
    response.headers["ETag"] = etag
    if changed_at:
        response.headers["Last-Modified"] = http_date(changed_at.timestamp())
    whose = "private" if request.user.is_authenticated else "public"
    patch_cache_control(response, no_cache=True, **{whose: True})
    patch_vary_headers(response, VARY_ON)
    return response

"""Addresses of pages for e-mails and for people to pass on."""

from django.conf import settings

ON_THIS_MACHINE = "http://127.0.0.1:8000"


def full_address(path: str, request=None) -> str:
    """The address of a page under `SITE_URL`, or without that as the request came in."""
    if not settings.SITE_URL and request:
        return request.build_absolute_uri(path)
    return f"{settings.SITE_URL or ON_THIS_MACHINE}{path}"

"""One view for the whole page and for the part of it that htmx swaps in."""

from django.shortcuts import render
from django.utils.cache import patch_vary_headers

VARY_ON = ["HX-Request", "HX-History-Restore-Request"]


def wants_part(request) -> bool:
    """Does htmx ask, and for a part? After a missed Back it asks for the whole page again."""
    return bool(request.htmx) and not request.htmx.history_restore_request


def render_part(request, page, part, context=None, *, status=200):
    """Answer an htmx swap with the template `part`, everything else with the whole `page`."""
    template = part if wants_part(request) else page
    response = render(request, template, context, status=status)
    patch_vary_headers(response, VARY_ON)
    return response

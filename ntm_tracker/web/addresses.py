"""Addresses that no page has."""

from urllib.parse import unquote

from ntm_tracker.web.errors import bad_request

NUL = "\0"


def refuse_nul(get_response):
    """Answer 400 to an address with a NUL in it, which PostgreSQL cannot look for."""

    def middleware(request):
        query = request.META.get("QUERY_STRING", "")
        if NUL in request.path or NUL in unquote(query):
            return bad_request(request)
        return get_response(request)

    return middleware

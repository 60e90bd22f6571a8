"""Addresses that no page has."""

from ntm_tracker.web.errors import page_not_found


def refuse_nul(get_response):
    """Answer 404 to a path with a NUL in it, which PostgreSQL cannot look for.

    What stands behind the question mark is for the forms to refuse in words.
    """

    def middleware(request):
        return page_not_found(request) if "\0" in request.path else get_response(request)

    return middleware

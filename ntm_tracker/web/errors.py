"""What is said when a request is refused: a sentence and what to do next.

htmx gets the sentence alone and shows it in place, the API a problem. A fault of ours has a
page that needs neither database nor session: `templates/500.html`.
"""

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views import defaults

from ntm_tracker.web.api import problems
from ntm_tracker.web.htmx import wants_part

TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)

# status or reason: heading, next step
SENTENCES = {
    400: (
        _("This request could not be understood"),
        _("Go back and try again. If you came by a link, the link may be damaged."),
    ),
    403: (
        _("You may not do this"),
        _(
            "Your role does not allow it here. If your work needs it, ask your province's "
            "administrator."
        ),
    ),
    404: (
        _("There is no such page"),
        _(
            "It may have moved, or your area does not reach it. Check the address, or begin at "
            "the first page."
        ),
    ),
    429: (
        _("Too many attempts in a short time"),
        _("Wait a minute, then try again."),
    ),
    "too much": (
        _("Too much was sent at once"),
        _(
            "Nothing was saved. Go back, where what you typed still stands, and send fewer rows "
            "or columns at a time."
        ),
    ),
    "csrf": (
        _("This form is too old to be sent"),
        _(
            "You signed in or out elsewhere meanwhile, or cookies are blocked. Go back, reload "
            "the page and send it again; copy long texts first."
        ),
    ),
}


PROBLEMS = {
    400: "malformed",
    403: "not-allowed",
    404: "not-found",
    413: "too-large",
    429: "too-many-requests",
}


def bad_request(request, exception=None):
    if isinstance(exception, TOO_MUCH):
        return _answer(request, 413, SENTENCES["too much"])
    return _answer(request, 400)


def permission_denied(request, exception=None):
    return _answer(request, 403)


def page_not_found(request, exception=None):
    return _answer(request, 404)


def too_many_requests(request, exception=None):
    return _answer(request, 429)


def csrf_failure(request, reason=""):
    return _answer(request, 403, SENTENCES["csrf"])


def server_error(request):
    if problems.is_asked(request):
        return problems.answer(request, "fault")
    return defaults.server_error(request)


def _answer(request, status, sentences=None):
    heading, step = sentences or SENTENCES[status]
    if problems.is_asked(request):
        return problems.answer(request, PROBLEMS[status], heading)
    # what fails in an early middleware has not met htmx's
    part = hasattr(request, "htmx") and wants_part(request)
    template = "_parts/error.html" if part else "error.html"
    return render(request, template, {"heading": heading, "step": step}, status=status)

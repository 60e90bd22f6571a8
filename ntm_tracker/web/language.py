"""The language of a request: Vietnamese, unless the visitor chose another."""

from django.conf import settings
from django.utils import translation

from ntm_tracker.web.api import problems


def language_middleware(get_response):
    """Take the language from the cookie of the language switch; in the API `?lang=` is stronger.

    Many offices run an English Windows whose browser asks for English pages, for people who
    work in Vietnamese; so what the browser asks for is not heeded.
    """
    offered = dict(settings.LANGUAGES)

    def middleware(request):
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        if problems.is_asked(request):
            chosen = request.GET.get("lang", chosen)
        language = chosen if chosen in offered else settings.LANGUAGE_CODE
        request.LANGUAGE_CODE = language
        with translation.override(language):
            response = get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response

    return middleware

"""Light or dark: the visitor's choice, kept in a cookie that the page's frame reads."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

THEMES = ("system", "light", "dark")
A_YEAR = 60 * 60 * 24 * 365


@login_not_required
@require_POST
def set_theme(request):
    """Remember the theme and go back to where the visitor came from."""
    response = HttpResponseRedirect(_came_from(request))
    theme = request.POST.get("theme")
    if theme in THEMES:
        response.set_cookie(
            "theme",
            theme,
            max_age=A_YEAR,
            secure=request.is_secure(),
            httponly=True,
            samesite="Lax",
        )
    return response


def _came_from(request):
    referer = request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(
        referer, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return referer if ours else "/"

"""All addresses of the site."""

from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language

from ntm_tracker.web import errors, theme

handler400 = errors.bad_request
handler403 = errors.permission_denied
handler404 = errors.page_not_found
handler500 = errors.server_error
handler429 = "ntm_tracker.web.errors.too_many_requests"  # asked for by django-allauth

urlpatterns = [
    path("", include("targets.urls")),
    path("", include("criteria.urls")),
    path("", include("reports.urls")),
    path("accounts/", include("accounts.sign_in_urls")),
    path("accounts/", include("accounts.urls")),
    path("provinces/<str:province>/webhooks/", include("accounts.webhooks.urls")),
    path("api/", include("ntm_tracker.api.urls")),
    path("language/", login_not_required(set_language), name="set_language"),
    path("theme/", theme.set_theme, name="set_theme"),
]

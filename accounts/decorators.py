"""Who may open a page."""

from functools import wraps

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404

from accounts.models import PublicReader
from communes.models import Province
from communes.scope import Action


def dashboard(view):
    """A page of official figures: for whoever is signed in, or for all where that is set.

    `PUBLIC_DASHBOARD` lets anyone read such pages; the visitor then sees what
    `visible_to` gives to a `PublicReader`.
    """

    @login_not_required
    @wraps(view)
    def opened(request, *args, **kwargs):
        if not request.user.is_authenticated:
            if not settings.PUBLIC_DASHBOARD:
                return redirect_to_login(request.get_full_path())
            request.user = PublicReader()
        return view(request, *args, **kwargs)

    return opened


def province_or_404(user, code: str) -> Province:
    """The province of that code, as far as `user` may read its official figures."""
    found = Province.objects.visible_to(user).filter(code=code).last()
    if found is None:
        raise Http404
    return found


def dashboard_of_province(view):
    """A page of official figures of the province that the address names."""

    @dashboard
    @wraps(view)
    def page(request, province, **kwargs):
        return view(request, province_or_404(request.user, province), **kwargs)

    return page


def in_province(action: Action):
    """A page about the province that the address names, for whoever may do `action` there.

    The view gets the `Province`. A stranger's province is a 404, a missing right a 403.
    """

    def decorate(view):
        @wraps(view)
        def page(request, province, **kwargs):
            found = province_or_404(request.user, province)
            if not request.user.may(action, found):
                raise PermissionDenied
            return view(request, found, **kwargs)

        return page

    return decorate


def administrators_only(view):
    """A page for those who manage people somewhere; a 403 for others."""

    @wraps(view)
    def opened(request, *args, **kwargs):
        if not request.user.is_administrator:
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return opened

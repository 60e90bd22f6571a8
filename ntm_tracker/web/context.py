"""What every template may print."""

from django.conf import settings

from ntm_tracker import __version__


def frame(request):
    """The release, for the foot of the page, and whether the reader may search."""
    # what fails in an early middleware has no user
    user = getattr(request, "user", None)
    may_read = settings.PUBLIC_DASHBOARD or (user is not None and user.is_authenticated)
    return {"version": __version__, "may_read_dashboards": may_read}

"""What every template may print."""

from ntm_tracker import __version__


def frame(request):
    """The release, for the foot of the page."""
    return {"version": __version__}

"""What several dashboards print alike."""

from targets import tables
from targets.state import chips_of, criterion_url
from targets.wording import boundary_line, illustrative_word, standing_line


def frame_of(request, snapshot, form, at) -> dict:
    """The context around every dashboard: day, boundaries, filters, the illustrative mark."""
    return {
        "request": request,
        "standing_line": standing_line(snapshot.province, at),
        "boundary_line": boundary_line(snapshot, at),
        "as_of": at.as_of,
        "boundary_on": tables.boundary_day(at),
        "is_illustrative": snapshot.is_illustrative,
        "illustrative_note": illustrative_word(snapshot),
        "form": form,
        "chips": chips_of(request, form),
        "clear_url": request.path,
    }


def criteria_links(snapshot, at, query) -> list[tuple[int, str, str]]:
    """Number, name and page of each criterion of the set in use."""
    titles = snapshot.titles(tables.current_set(snapshot, at))
    return [(n, title, criterion_url(snapshot, n, query)) for n, title in titles.items()]

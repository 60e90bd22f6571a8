"""The lines of a change or a draft, as tables on pages print them."""

from collections.abc import Iterable

from communes.models import BoundaryChangePart
from ntm_tracker.web.numbers import percent
from targets.boundaries.models import DraftPart


def shown_lines(parts: Iterable[BoundaryChangePart | DraftPart]) -> list[dict]:
    return [
        {
            "pk": part.pk,
            "old": part.old,
            "new": part.target if isinstance(part, DraftPart) else part.new,
            "how": part.get_kind_display(),
            "people": _share(part.share_people),
            "area": _share(part.share_area),
        }
        for part in parts
    ]


def _share(share) -> str:
    return percent(None if share is None else share * 100, 2)

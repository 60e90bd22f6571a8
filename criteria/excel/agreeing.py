"""What somebody agrees to who looked at what an import would do."""

from dataclasses import asdict, dataclass, field

from django.db import models
from django.utils.translation import gettext_lazy as _

from criteria.planned import Cell


class AboutStale(models.TextChoices):
    """What becomes of the cells that somebody changed since the workbook was made."""

    THEIRS = "theirs", _("Leave all of them as they are now")
    MINE = "mine", _("Put the values of the file into all of them")
    EACH = "each", _("Put the values of the file into those ticked below")


@dataclass(frozen=True)
class Agreed:
    """`seen` is the digest of the plan that was looked at; `mine` are the cells ticked."""

    seen: str = ""
    leaves_out: bool = False
    about_stale: str = ""
    mine: list[str] = field(default_factory=list)

    @property
    def as_json(self) -> dict:
        return asdict(self)

    def takes(self, cell: Cell) -> bool:
        """Is the cell to be written?"""
        if not cell.is_stale or self.about_stale == AboutStale.MINE:
            return True
        return self.about_stale == AboutStale.EACH and key_text(cell) in self.mine


def key_text(cell: Cell) -> str:
    """How a page names a cell."""
    pk, code = cell.key
    return f"{pk}-{code}"

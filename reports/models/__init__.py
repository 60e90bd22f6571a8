"""Documents that were made, and what stands around their text."""

from reports.models.documents import Document, Format
from reports.models.letterheads import Letterhead

__all__ = ["Document", "Format", "Letterhead"]

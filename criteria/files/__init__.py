"""The tables of entry, review and periods as files."""

from django.utils.translation import gettext as _


def mark_of(assessments) -> str:
    """The mark that goes with figures of which some are made up."""
    is_marked = any(of.is_illustrative for of in assessments)
    return _("Illustrative: made up, not what communes reported.") if is_marked else ""


def said(*notes: str) -> list[str]:
    return [note for note in notes if note]

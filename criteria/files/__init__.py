"""The tables of entry, review and periods as files."""

from django.utils import timezone
from django.utils.translation import gettext as _

from ntm_tracker.web.numbers import moment


def taken_by(user) -> str:
    """Such tables change by the minute, so each says when it was taken and for whom."""
    return _("Taken %(at)s by %(by)s.") % {"at": moment(timezone.now()), "by": user}


def mark_of(assessments) -> str:
    """The mark that goes with figures of which some are made up."""
    is_marked = any(of.is_illustrative for of in assessments)
    return _("Illustrative: made up, not what communes reported.") if is_marked else ""


def said(*notes: str) -> list[str]:
    return [note for note in notes if note]

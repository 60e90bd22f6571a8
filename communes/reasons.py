"""The reason that a row of history gives, in words."""

from django.utils.translation import gettext as _

from communes.reference_load import CHANGE_REASON


def reason_of(row) -> str:
    """Why it was changed, as who did it said; what was loaded says so."""
    reason = row.history_change_reason or ""
    return _("Loaded with the reference data") if reason == CHANGE_REASON else reason

"""Writing the register. Every step wants its province locked in the transaction."""

from datetime import date

from django.db.models import ProtectedError
from django.utils.translation import gettext as _
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from accounts.refusals import Refused
from accounts.via import token_name
from communes.models import Province
from communes.news import News
from criteria.models import Recognition
from criteria.news import recording_of
from criteria.opening import save_recorded
from ntm_tracker.web.numbers import day

# What a table may change of an entry that is there already.
CHANGEABLE = ["field", "decision", "decided_on", "evidence", "source"]


def lock(province: Province) -> Province:
    """Of two who write at once, the second waits and sees what the first did."""
    return Province.objects.select_for_update().get(pk=province.pk)


def record(province: Province, rows: list[Recognition], *, by, reason: str = "", origin=""):
    """Add checked entries."""
    bulk_create_with_history(
        rows,
        Recognition,
        default_user=by,
        default_change_reason=reason or None,
        custom_historical_attrs={"origin": origin, "token": token_name(by)},
    )
    _raise_data_version(province, *recording_of(rows))


def take_in(
    province: Province,
    new: list[Recognition],
    changed: list[Recognition],
    *,
    by,
    reason: str = "",
):
    """Add and change checked entries of a table, all at once."""
    bulk_update_with_history(
        changed,
        Recognition,
        [*CHANGEABLE, "is_illustrative"],
        default_user=by,
        default_change_reason=reason or None,
    )
    record(province, new, by=by, reason=reason)


def change(row: Recognition, *, by, reason: str):
    save_recorded(row, by=by, reason=reason)
    _raise_data_version(row.province)


def revoke(
    row: Recognition, *, by, on: date, decision: str, reason: str, note: str = "", origin=""
):
    if row.revoked_on:
        raise Refused(_("It was revoked already, on %(day)s.") % {"day": day(row.revoked_on)})
    row.revoked_on, row.revocation, row.revocation_reason = on, decision, reason
    row.history_origin = origin
    change(row, by=by, reason=note)


def restore(row: Recognition, *, by, reason: str):
    """Take a revocation back that should not have been entered."""
    if not row.revoked_on:
        raise Refused(_("It is not revoked."))
    row.revoked_on, row.revocation, row.revocation_reason = None, "", ""
    change(row, by=by, reason=reason)


def remove(row: Recognition, *, by, reason: str):
    """Delete what was entered by mistake; the history keeps it."""
    row._history_user, row._change_reason = by, reason
    try:
        row.delete()
    except ProtectedError as error:
        raise Refused(
            _("Another recognition is carried over from this one. Remove that one first.")
        ) from error
    _raise_data_version(row.province)


def set_complete(province: Province, *, is_complete: bool, by, reason: str):
    """Say whether the register holds all recognitions, so that they are counted from it."""
    if province.register_complete == is_complete:
        raise Refused(_("Somebody else has just set this; nothing was changed."))
    province.register_complete = is_complete
    save_recorded(province, by=by, reason=reason)
    _raise_data_version(province)


def record_origin(history_instance, instance, history_user, **kwargs):
    """Write how a single change came; connected in `criteria.apps`."""
    if isinstance(instance, Recognition):
        history_instance.origin = getattr(instance, "history_origin", "")
        history_instance.token = token_name(history_user)


def _raise_data_version(province: Province, *news: News):
    Province.objects.filter(pk=province.pk).raise_data_version(*news)

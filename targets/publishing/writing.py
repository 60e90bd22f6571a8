"""Writing published figures. Every step wants the province locked in the transaction."""

from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from communes.models import Province
from criteria.opening import save_recorded
from targets.models import PublishedFigure
from targets.publishing.forms import FigureForm


def lock(province: Province):
    """Of two who write at once, the second waits and sees what the first did."""
    Province.objects.select_for_update().get(pk=province.pk)


def save(figure: PublishedFigure, *, by, reason: str = ""):
    save_recorded(figure, by=by, reason=reason)
    _raise_data_version(figure.province)


def remove(figure: PublishedFigure, *, by, reason: str):
    figure._history_user, figure._change_reason = by, reason
    figure.delete()
    _raise_data_version(figure.province)


def take_in(
    province: Province,
    new: list[PublishedFigure],
    changed: list[PublishedFigure],
    *,
    by,
    reason="",
):
    """Add and change checked figures of a table, all at once."""
    who = {"default_user": by, "default_change_reason": reason or None}
    bulk_create_with_history(new, PublishedFigure, **who)
    bulk_update_with_history(changed, PublishedFigure, FigureForm.Meta.fields, **who)
    _raise_data_version(province)


def _raise_data_version(province: Province):
    Province.objects.filter(pk=province.pk).raise_data_version()

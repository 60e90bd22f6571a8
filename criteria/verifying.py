"""Thresholds confirmed by a province, set by it where that is its to do, and put right.

Every step raises the data version of the provinces whose verdicts may change with it.
"""

from collections.abc import Collection
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from simple_history.utils import bulk_create_with_history

from accounts.refusals import Refused
from communes.models import Province
from criteria.models import Indicator, Threshold, Verification
from criteria.opening import save_recorded
from ntm_tracker.web.numbers import day


def is_own(indicator: Indicator, province: Province) -> bool:
    """Is the threshold the province's to set: delegated, or of a set that it made itself?"""
    return indicator.is_delegated or indicator.criterion.criteria_set.province_id == province.pk


@transaction.atomic
def verify(thresholds: Collection[Threshold], *, province: Province, by, document: str) -> int:
    """Confirm thresholds for the province from a document; how many were not confirmed before."""
    _lock(province)
    open_ones = list(
        Threshold.objects.known_to(province).filter(
            pk__in=[row.pk for row in thresholds], is_confirmed=False
        )
    )
    now = timezone.now()
    bulk_create_with_history(
        [
            Verification(threshold=row, province=province, document=document, by=by, at=now)
            for row in open_ones
        ],
        Verification,
        default_user=by,
    )
    if open_ones:
        _raise_version_of(province)
    return len(open_ones)


@transaction.atomic
def take_back(thresholds: Collection[Threshold], *, province: Province, by, reason: str) -> int:
    """Take back what the province confirmed itself; how many there were."""
    _lock(province)
    found = list(Verification.objects.filter(threshold__in=thresholds, province=province))
    for row in found:
        row._history_user, row._change_reason = by, reason
        row.delete()
    if found:
        _raise_version_of(province)
    return len(found)


@transaction.atomic
def set_threshold(new: Threshold, *, province: Province, by, document: str):
    """Put a threshold in force from its first day on; the one before ends on the day before.

    The province's own counts at once, confirmed by its document. A national one that nobody has
    confirmed decides nothing anywhere, so whoever has the decision at hand may put it right.
    """
    _lock(province)
    Indicator.objects.select_for_update().get(pk=new.indicator_id)
    new.province = province if is_own(new.indicator, province) else None
    place = place_of(new)
    refuse_unless_changeable(place)
    if place.ended:
        place.ended.valid_to = new.valid_from - timedelta(days=1)
        save_recorded(place.ended, by=by, reason=_("Followed by another"))
    if place.replaced:
        new.pk = place.replaced.pk
    new.valid_to, new.source = place.last_day, document
    save_recorded(new, by=by)
    if new.province_id:
        verify([new], province=province, by=by, document=document)
    else:
        Province.objects.raise_data_version()


class Place:
    """Where a threshold goes among those of its indicator, area group and owner.

    `replaced` begins on the same day, `ended` was in force on it.
    """

    def __init__(self, rows: list[Threshold], first_day: date):
        self.replaced = next((row for row in rows if row.valid_from == first_day), None)
        self.ended = next(
            (row for row in rows if row.is_valid_on(first_day) and row != self.replaced), None
        )
        kept = self.replaced or self.ended
        later = [row.valid_from for row in rows if row.valid_from > first_day]
        self.last_day = (
            kept.valid_to if kept else min(later) - timedelta(days=1) if later else None
        )


def place_of(new: Threshold) -> Place:
    rows = Threshold.objects.filter(
        indicator=new.indicator_id, area_group=new.area_group_id, province=new.province_id
    )
    return Place(list(rows), new.valid_from)


def refuse_unless_changeable(place: Place):
    """Raise Refused where the new threshold would change one that somebody relies on."""
    row = place.replaced
    if row is None and place.ended and place.ended.province_id is None:
        row = place.ended
    if row is None:
        return
    if row.is_verified:
        raise Refused(_("This threshold is national and verified; it is not yours to change."))
    names = Province.objects.filter(pk__in=row.verifications.values("province"))
    if names := ", ".join(str(province) for province in names):
        raise Refused(
            _(
                "Verified by %(provinces)s, in force from %(day)s. Take the verification back "
                "first; a value that the province sets itself may also begin on a later day."
            )
            % {"provinces": names, "day": day(row.valid_from)}
        )


def _lock(province: Province):
    Province.objects.select_for_update().get(pk=province.pk)


def _raise_version_of(province: Province):
    Province.objects.filter(pk=province.pk).raise_data_version()

"""Which threshold an indicator has in an area on a day, and why a verdict is entered by hand."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date
from functools import cached_property

from django.utils.translation import gettext as _

from communes.models import AreaGroup, Commune, CommuneGroup, Province
from communes.models.units import in_force_on
from criteria.models import CriteriaSet, Indicator, Threshold

Revision = Callable[[Iterable[Threshold]], Iterable[Threshold]]


class Thresholds:
    """The thresholds of some criteria sets in a province, for any day; one query.

    `sets` and `groups` are primary keys of criteria sets and area groups. `revise` gives the
    rows as they would be after a change that is only thought of.
    """

    def __init__(
        self,
        *,
        sets: Iterable[int],
        groups: Iterable[int],
        province: Province,
        revise: Revision | None = None,
    ):
        rows = Threshold.objects.known_to(province).filter(
            indicator__criterion__criteria_set__in=list(sets),
            area_group__in=list(groups),
        )
        self._rows = defaultdict(list)
        for row in revise(rows) if revise else rows:
            self._rows[row.indicator_id, row.area_group_id].append(row)

    def on(self, day: date, indicator: int, group: int | None) -> Threshold | None:
        """What was valid on a day; the province's own value comes before the national one."""
        valid = [row for row in self._rows[indicator, group] if row.is_valid_on(day)]
        return max(
            valid, key=lambda row: (row.province_id is not None, row.valid_from), default=None
        )


class GroupOf:
    """Which area group's thresholds bind each commune of a province under a set on a day.

    One query for all of them, none where thresholds differ by region.
    """

    def __init__(self, criteria_set: CriteriaSet, province: Province, day: date):
        self.criteria_set, self.province, self.day = criteria_set, province, day

    def __call__(self, commune: Commune) -> int | None:
        """The key of the group, or None where the commune is in none."""
        if self.criteria_set.group_scheme == AreaGroup.Scheme.REGION:
            return self.province.region_id
        return self._by_commune.get(commune.pk)

    @cached_property
    def _by_commune(self) -> dict[int, int]:
        members = CommuneGroup.objects.filter(
            in_force_on(self.day), commune__province=self.province
        )
        return dict(members.values_list("commune_id", "group_id"))


def groups_of(criteria_set: CriteriaSet, province: Province) -> list[AreaGroup]:
    """The area groups whose thresholds communes of the province may have under a set."""
    if criteria_set.group_scheme == AreaGroup.Scheme.REGION:
        return [province.region]
    return list(AreaGroup.objects.filter(scheme=criteria_set.group_scheme))


def why_by_hand(indicator: Indicator, threshold: Threshold | None) -> str:
    """Why no number decides on the indicator; empty where one does.

    Speaks of an indicator that could be measured, or whose threshold is the province's to set;
    one that is only ever judged needs no reason.
    """
    has_value = threshold is not None and threshold.value is not None
    is_own = threshold is not None and threshold.province_id is not None
    if indicator.is_delegated and not (is_own or has_value):
        return _("threshold delegated to the province and not set")
    if indicator.kind == Indicator.Kind.VERDICT:
        return ""
    if not has_value:
        in_words = threshold is not None and threshold.text
        return _("threshold given in words") if in_words else _("no threshold is known")
    return "" if threshold.is_confirmed else _("threshold not yet verified")

"""Read what the illustration is made from out of the database."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from communes.models import BoundaryChangePart, Commune, Province
from criteria.models import CriteriaSet, Criterion, Recognition, Threshold
from criteria.models import Indicator as IndicatorRow
from targets.illustration.world import (
    Act,
    Anchors,
    CriteriaList,
    DoesNotFit,
    Indicator,
    Unit,
    World,
    key_of,
)
from targets.illustration.world import Criterion as CriterionOfList
from targets.models import PublishedFigure

PROVINCE = "20"
BEFORE_MERGER = date(2019, 12, 31)
# Field of Anchors: metric and day of the published figure it is.
PUBLISHED = {
    "recognised_2015": ("communes_standard", date(2015, 12, 7)),
    "recognised_2019": ("communes_standard", date(2019, 8, 31)),
    "recognised_2020": ("communes_standard", date(2020, 12, 31)),
    "recognised_2021": ("communes_standard", date(2021, 12, 31)),
    "recognised_2025": ("communes_standard", date(2025, 6, 30)),
    "border_recognised_2021": ("border_communes_standard", date(2021, 12, 31)),
    "advanced_2020": ("communes_advanced", date(2020, 12, 31)),
    "advanced_new_2021": ("communes_advanced_new", date(2021, 12, 31)),
    "advanced_2025": ("communes_advanced", date(2025, 6, 30)),
    "model_2025": ("communes_model", date(2025, 6, 30)),
    "mean_2020": ("avg_criteria", date(2020, 12, 31)),
    "mean_2021": ("avg_criteria", date(2021, 12, 31)),
    "mean_2025": ("avg_criteria", date(2025, 6, 30)),
    "border_mean_2021": ("border_avg_criteria", date(2021, 12, 31)),
}
# Which set communes are assessed by, by a day in the time it is used.
SETS = {
    "first": ("standard", date(2020, 12, 31)),
    "second": ("standard", date(2022, 3, 31)),
    "advanced": ("advanced", date(2022, 12, 31)),
}


def read_world(province: Province) -> World:
    """Reads all of it in ten queries; raises DoesNotFit when reference data is missing."""
    rows = list(Commune.objects.filter(province=province).select_related("district"))
    keys = {row.pk: key_of(row.code, row.valid_from) for row in rows}
    units = sorted((_unit(row) for row in rows), key=lambda unit: unit.key)
    parts = BoundaryChangePart.objects.filter(change__province=province, is_whole=True)
    whole = parts.values_list("change__effective_on", "old_id", "new_id")
    acts = Recognition.objects.filter(province=province, is_illustrative=False)
    of_communes = acts.filter(kind=Recognition.Kind.COMMUNE)
    revoked = of_communes.filter(revoked_on__isnull=False).values_list("commune_id", flat=True)
    districts = acts.filter(kind=Recognition.Kind.DISTRICT, revoked_on__isnull=True)
    return World(
        units={unit.key: unit for unit in units},
        whole=sorted((day, keys[old], keys[new]) for day, old, new in whole),
        known=[
            Act(keys[row.commune_id], row.grade, row.year, row.decided_on)
            for row in of_communes.filter(revoked_on__isnull=True)
        ],
        barred=frozenset(keys[pk] for pk in revoked),
        completed_districts=frozenset(
            districts.filter(year__lte=2020).values_list("district__code", flat=True)
        ),
        anchors=_anchors(province),
        sets={name: _criteria_list(province, *spec) for name, spec in SETS.items()},
    )


def _unit(row: Commune) -> Unit:
    return Unit(
        key=key_of(row.code, row.valid_from),
        pk=row.pk,
        code=row.code,
        district=row.district.code if row.district else "",
        valid_from=row.valid_from,
        valid_to=row.valid_to or date.max,
        is_border=bool(row.is_border),
        in_programme=row.is_in_programme,
    )


def _anchors(province: Province) -> Anchors:
    figures = PublishedFigure.objects.filter(province=province, kind="result", value__isnull=False)
    of_province = figures.filter(district__isnull=True)
    values = {name: _figure(of_province, *spec) for name, spec in PUBLISHED.items()}
    metric, day = PUBLISHED["recognised_2020"]
    district_day = date(2024, 11, 30)
    of_district = figures.filter(district__isnull=False).select_related("district")
    district = of_district.filter(metric=metric, as_of=district_day).first()
    if district is None:
        raise _missing(metric, district_day)
    return Anchors(
        **values,
        recognised_2020_before_merger=_figure(of_province, metric, day, BEFORE_MERGER),
        district=district.district.code,
        district_recognised_2024=int(district.value),
    )


def _figure(figures, metric: str, day: date, boundaries_on: date | None = None) -> int | float:
    rows = list(figures.filter(metric=metric, as_of=day))
    # The figure of 2019 was counted on the list of its own year, that of 2020 on two lists.
    if len(rows) > 1 or boundaries_on:
        rows = [row for row in rows if row.boundaries_on == boundaries_on]
    if len(rows) != 1:
        raise _missing(metric, day)
    value = rows[0].value
    return int(value) if value == int(value) else float(value)


def _missing(metric: str, day: date) -> DoesNotFit:
    return DoesNotFit(
        _("The published figure “%(metric)s” of %(day)s is not there or not the only one.")
        % {"metric": metric, "day": f"{day:%d/%m/%Y}"}
    )


def _criteria_list(province: Province, grade: str, day: date) -> CriteriaList:
    found = CriteriaSet.objects.in_force(day, province).filter(
        level=CriteriaSet.Level.COMMUNE, grade=grade, is_scored=True
    )
    criteria_set = found.order_by("valid_from").last()
    if criteria_set is None:
        raise DoesNotFit(
            _("No criteria set for communes is in force on %(day)s.") % {"day": f"{day:%d/%m/%Y}"}
        )
    limits = _limits(province, criteria_set)
    indicators = {}
    for row in IndicatorRow.objects.filter(criterion__criteria_set=criteria_set):
        made = Indicator(
            row.pk, row.code, row.kind, row.direction, row.unit, tuple(limits.get(row.pk, ()))
        )
        indicators.setdefault(row.criterion_id, []).append((row.position, row.code, made))
    criteria = Criterion.objects.filter(criteria_set=criteria_set).order_by("number")
    return CriteriaList(
        criteria_set.pk,
        criteria_set.code,
        tuple(
            CriterionOfList(row.pk, row.number, _in_order(indicators.get(row.pk, [])))
            for row in criteria
        ),
    )


def _in_order(indicators: Iterable[tuple[int, str, Indicator]]) -> tuple[Indicator, ...]:
    return tuple(indicator for _position, _code, indicator in sorted(indicators))


def _limits(province: Province, criteria_set: CriteriaSet) -> dict[int, list]:
    """Thresholds with a number for the province's region, its own values first."""
    rows = Threshold.objects.filter(
        Q(province=province) | Q(province__isnull=True),
        indicator__criterion__criteria_set=criteria_set,
        area_group=province.region,
        value__isnull=False,
    )
    limits = {}
    for row in sorted(rows, key=lambda row: (row.province_id is None, row.valid_from)):
        span = row.valid_from, row.valid_to or date.max, float(row.value)
        limits.setdefault(row.indicator_id, []).append(span)
    return limits

"""What official sources count: names, and which values each may have."""

from decimal import Decimal
from enum import Enum

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ntm_tracker.web.numbers import number
from targets.cards import MEANS
from targets.models import Metric


class Shape(Enum):
    COUNT = "count"
    SHARE = "share"
    NUMBER = "number"
    TEXT = "text"


# Beside the metrics that are computed here too.
OTHERS = {
    "communes_standard_new": (gettext_lazy("Communes newly recognised"), Shape.COUNT),
    "communes_advanced_new": (gettext_lazy("Advanced communes newly recognised"), Shape.COUNT),
    "communes_model_new": (gettext_lazy("Model communes newly recognised"), Shape.COUNT),
    "communes_standard_share": (gettext_lazy("Share of recognised communes"), Shape.SHARE),
    "residential_areas_new": (gettext_lazy("New model residential areas"), Shape.COUNT),
    "residential_areas_per_district": (
        gettext_lazy("Model residential areas per district"),
        Shape.NUMBER,
    ),
    "gardens_per_district": (gettext_lazy("Model gardens per district"), Shape.NUMBER),
    "districts_completed_new": (
        gettext_lazy("Districts that newly completed the programme"),
        Shape.COUNT,
    ),
    "district_criteria_met": (gettext_lazy("Criteria a district met"), Shape.COUNT),
    "criteria_met": (gettext_lazy("Criteria a commune met"), Shape.COUNT),
    "pilot_commune_min_criteria": (
        gettext_lazy("Criteria pilot communes meet at least"),
        Shape.COUNT,
    ),
    "standard_recognised": (gettext_lazy("Communes recognised, by name"), Shape.TEXT),
    "advanced_recognised": (gettext_lazy("Advanced communes recognised, by name"), Shape.TEXT),
    "standard_appraised": (gettext_lazy("Communes appraised, by name"), Shape.TEXT),
    "advanced_appraised": (gettext_lazy("Advanced communes appraised, by name"), Shape.TEXT),
    "model_appraised": (gettext_lazy("Model communes appraised, by name"), Shape.TEXT),
    "commune_level_units": (gettext_lazy("Units at commune level"), Shape.COUNT),
    "villages_ethnic_mountain": (
        gettext_lazy("Villages in ethnic and mountain areas"),
        Shape.COUNT,
    ),
    "border_villages_standard": (
        gettext_lazy("Border villages that meet the standard"),
        Shape.COUNT,
    ),
    "rural_income_ratio_vs_2011": (
        gettext_lazy("Rural income as a multiple of 2011"),
        Shape.NUMBER,
    ),
    "capital_mobilised": (gettext_lazy("Capital mobilised"), Shape.NUMBER),
    "poor_household_reduction": (gettext_lazy("Fall in poor households a year"), Shape.SHARE),
    "ocop_new_3star_up": (gettext_lazy("New OCOP products with 3 stars or more"), Shape.COUNT),
}
LABELS = dict(Metric.choices) | {code: label for code, (label, _shape) in OTHERS.items()}


def name_of(metric: str) -> str:
    return str(LABELS.get(metric, metric))


def shape_of(metric: str) -> Shape:
    if metric in OTHERS:
        return OTHERS[metric][1]
    return Shape.NUMBER if metric in MEANS else Shape.COUNT


def fault_in(metric: str, value: Decimal, base: int | None) -> str:
    """What is wrong with a value; empty when nothing is."""
    shape = shape_of(metric)
    words = {"found": shown(value), "base": number(base)}
    if value < 0:
        return _("%(found)s is below zero.") % words
    if shape is Shape.SHARE and value > 100:
        return _("%(found)s is no share: expected is 0 to 100 per cent.") % words
    if shape is Shape.COUNT and value != int(value):
        return _("%(found)s is no whole number, which a count is.") % words
    if shape is Shape.COUNT and base is not None and value > base:
        return _("%(found)s is more than the %(base)s that it is counted out of.") % words
    return ""


def plain(value: Decimal | None) -> Decimal | None:
    """A number without the zeros that its column in the database adds."""
    return None if value is None else Decimal(f"{value.normalize():f}")


def shown(value: Decimal | None) -> str:
    """A number with the decimals that it was given with."""
    return "" if value is None else number(value, -plain(value).as_tuple().exponent)

"""What lists of criteria sets, their content and periods are narrowed by."""

from django import forms
from django.db.models import Q

from communes.api.asked import ProvinceQuery
from communes.api.filters import CODE_OF_PROVINCE
from communes.models.units import in_force_on
from criteria.models import CriteriaSet, Grade, Indicator, ReportingPeriod
from ntm_tracker.web.api.history import SinceQuery
from ntm_tracker.web.api.query import DayField, Equal, TruthField, choice, code, year

LONGEST_SET = 50


class SetQuery(Equal, SinceQuery):
    province = code("Code of a province: the national sets and its own.")
    level = choice(CriteriaSet.Level.choices, "What is judged by the set.")
    grade = choice(Grade.choices, "What communes or districts are recognised as by the set.")
    as_of = DayField(required=False, help_text="Only sets in force on this day.")
    paths = {"level": "level", "grade": "grade"}

    def narrow(self, rows):
        rows, asked = super().narrow(rows), self.cleaned_data
        if asked["province"]:
            rows = rows.filter(Q(province__isnull=True) | Q(province__code=asked["province"]))
        return rows.filter(in_force_on(asked["as_of"])) if asked["as_of"] else rows


class OfSetQuery(Equal):
    """For rows below a criteria set, which `above` leads to."""

    set = code("Code of a criteria set.", LONGEST_SET)
    level = choice(CriteriaSet.Level.choices, "What is judged by the set.")
    grade = choice(Grade.choices, "What communes or districts are recognised as by the set.")
    as_of = DayField(required=False, help_text="Only of sets in force on this day.")
    above = "criteria_set__"
    paths = {
        "set": "criteria_set__code",
        "level": "criteria_set__level",
        "grade": "criteria_set__grade",
    }

    def narrow(self, rows):
        day, rows = self.cleaned_data["as_of"], super().narrow(rows)
        return rows.filter(in_force_on(day, self.above)) if day else rows


class IndicatorQuery(OfSetQuery):
    criterion = forms.IntegerField(
        required=False, min_value=1, max_value=99, help_text="Number of a criterion."
    )
    kind = choice(Indicator.Kind.choices, "What is entered for it.")
    is_delegated = TruthField(
        required=False, help_text="Is its threshold for the province to set?"
    )
    above = "criterion__criteria_set__"
    paths = {name: f"criterion__{path}" for name, path in OfSetQuery.paths.items()} | {
        "criterion": "criterion__number",
        "kind": "kind",
        "is_delegated": "is_delegated",
    }


class ThresholdQuery(ProvinceQuery, OfSetQuery):
    as_of = DayField(
        required=False, help_text="Only what is in force on this day, and its set as well."
    )
    indicator = code("Code of an indicator, such as 13.1.")
    area_group = code("Code of an area group, such as TDMNPB.", 20)
    is_confirmed = TruthField(
        required=False, help_text="Confirmed for the province, so that numbers decide by it."
    )
    above = "indicator__criterion__criteria_set__"
    paths = {name: f"indicator__criterion__{path}" for name, path in OfSetQuery.paths.items()} | {
        "indicator": "indicator__code",
        "area_group": "area_group__code",
        "is_confirmed": "is_confirmed",
    }

    def narrow(self, rows):
        day, rows = self.cleaned_data["as_of"], super().narrow(rows)
        return rows.filter(in_force_on(day)) if day else rows


class PeriodQuery(Equal, SinceQuery):
    province = code(CODE_OF_PROVINCE)
    year = year("Year of the period.")
    status = choice(ReportingPeriod.Status.choices, "Whether scores are being entered.")
    paths = {"province": "province__code", "year": "year", "status": "status"}

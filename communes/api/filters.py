"""What lists of units and of their changes are narrowed by."""

from django import forms
from django.db.models import Q

from communes.models import Commune, District
from communes.models.units import in_force_on
from communes.search import matching, read
from ntm_tracker.web.api.history import SinceQuery
from ntm_tracker.web.api.query import DayField, Equal, NoFilters, TruthField, choice, code

CODE_OF_PROVINCE = "Code of a province."


class DayQuery(forms.Form):
    """For one unit: codes are used again over time."""

    as_of = DayField(
        required=False,
        help_text="The unit that bears the code on this day, else the last one that bore it; "
        "today unless said.",
    )


class InForceQuery(NoFilters):
    as_of = DayField(
        required=False,
        help_text="Only what is in force on this day; else all there ever was, with its days.",
    )

    def narrow(self, rows):
        day, rows = self.cleaned_data["as_of"], super().narrow(rows)
        return rows.filter(in_force_on(day)) if day else rows


class UnitQuery(InForceQuery, SinceQuery):
    q = forms.CharField(
        required=False,
        max_length=100,
        help_text="Part of the name, with or without diacritics, or the code.",
    )

    def narrow(self, rows):
        text = self.cleaned_data["q"]
        return super().narrow(matching(rows, read(text)) if text else rows)


class DistrictQuery(Equal, UnitQuery):
    province = code(CODE_OF_PROVINCE)
    kind = choice(District.Kind.choices, "Kind of unit.")
    paths = {"province": "province__code", "kind": "kind"}


class CommuneQuery(Equal, UnitQuery):
    province = code(CODE_OF_PROVINCE)
    district = code("Code of a district.")
    kind = choice(Commune.Kind.choices, "Towns and wards stand outside the programme.")
    is_border = TruthField(required=False, help_text="Border communes, or those known not to be.")
    paths = {
        "province": "province__code",
        "district": "district__code",
        "kind": "kind",
        "is_border": "is_border",
    }


class EffectQuery(Equal):
    """For changes by the day of their effect."""

    province = code(CODE_OF_PROVINCE)
    effective_from = DayField(required=False, help_text="In effect from this day or later.")
    effective_to = DayField(required=False, help_text="In effect from this day or earlier.")


class ChangeQuery(EffectQuery, SinceQuery):
    paths = {
        "province": "province__code",
        "effective_from": "effective_on__gte",
        "effective_to": "effective_on__lte",
    }


class LineageQuery(EffectQuery):
    commune = code("Code of the old or the new unit.")
    paths = {
        "province": "change__province__code",
        "effective_from": "change__effective_on__gte",
        "effective_to": "change__effective_on__lte",
    }

    def narrow(self, rows):
        asked, rows = self.cleaned_data["commune"], super().narrow(rows)
        return rows.filter(Q(old__code=asked) | Q(new__code=asked)) if asked else rows

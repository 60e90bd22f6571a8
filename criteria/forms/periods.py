"""What the province sets about its reporting periods."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from communes.models import Commune, District
from criteria.models import EntryLimits, PeriodException, ReportingPeriod
from criteria.opening import communes_of, days_of
from ntm_tracker.web.numbers import day, moment

FIRST_YEAR, LAST_YEAR = 2016, 2100


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self):
        super().__init__(format="%Y-%m-%d")


class PeriodForm(forms.ModelForm):
    """A due day and the steps of a period that is not closed."""

    class Meta:
        model = ReportingPeriod
        fields = ["due_on", "who_enters", "district_verifies"]
        widgets = {"due_on": DateInput}
        help_texts = {"due_on": _("The last day on which assessments are in time.")}

    def clean(self):
        asked = super().clean()
        due_on, first = asked.get("due_on"), self.instance.starts_on
        if due_on and first and due_on < first:
            self.add_error(
                "due_on",
                _("%(found)s lies before the period begins, on %(first)s.")
                % {"found": day(due_on), "first": day(first)},
            )
        return asked


class NewPeriodForm(PeriodForm):
    """A quarter to come; its days follow from year and quarter."""

    quarter = forms.TypedChoiceField(
        label=_("Quarter"), coerce=int, choices=[(number, number) for number in range(1, 5)]
    )
    year = forms.IntegerField(label=_("Year"), min_value=FIRST_YEAR, max_value=LAST_YEAR)

    class Meta(PeriodForm.Meta):
        fields = ["quarter", "year", *PeriodForm.Meta.fields]

    def clean(self):
        if {"year", "quarter"} <= self.cleaned_data.keys():
            self._set_days(self.cleaned_data["year"], self.cleaned_data["quarter"])
        return super().clean()

    def _set_days(self, year: int, quarter: int):
        there = ReportingPeriod.objects.filter(province=self.instance.province)
        if found := there.filter(year=year, quarter=quarter).first():
            self.add_error("quarter", _("%(period)s is in the list already.") % {"period": found})
        self.instance.starts_on, self.instance.ends_on = days_of(year, quarter)


class LimitsForm(forms.ModelForm):
    """From which change on a value needs an explanation."""

    class Meta:
        model = EntryLimits
        fields = ["points", "percent"]
        localized_fields = ["points", "percent"]

    def clean(self):
        asked = super().clean()
        for name in self.fields:
            if name in asked and asked[name] <= 0:
                self.add_error(name, _("Give a number above zero."))
        return asked


class ExceptionForm(forms.ModelForm):
    """Leave for one commune or one district of the period to write until a moment."""

    unit = forms.ChoiceField(
        label=_("For"),
        error_messages={
            "invalid_choice": _("Choose a commune or district of the province from the list.")
        },
    )

    class Meta:
        model = PeriodException
        fields = ["until", "reason"]
        widgets = {
            "until": forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
            "reason": forms.Textarea({"rows": 2}),
        }
        help_texts = {"until": _("Day and hour in Vietnam.")}

    field_order = ["unit", "until", "reason"]

    def __init__(self, data=None, *, instance: PeriodException):
        super().__init__(data, instance=instance)
        communes = list(communes_of(instance.period).select_related("district"))
        districts = {commune.district for commune in communes if commune.district}
        self.units: dict[str, Commune | District] = {
            **{f"district-{district.pk}": district for district in districts},
            **{f"commune-{commune.pk}": commune for commune in communes},
        }
        self.fields["unit"].choices = self._choices(communes, districts)

    def _choices(self, communes: list[Commune], districts: set[District]):
        ordered = sorted(districts, key=lambda district: district.sort_key)
        groups = {district.pk: (str(district), []) for district in ordered}
        rest = (pgettext("units", "Communes"), [])
        for commune in communes:
            _name, members = groups.get(commune.district_id, rest)
            members.append((f"commune-{commune.pk}", str(commune)))
        whole = [
            (f"district-{district.pk}", _("all of %(district)s") % {"district": district})
            for district in ordered
        ]
        named = [(_("Districts"), whole), *groups.values(), rest]
        return [("", "---------"), *(group for group in named if group[1])]

    def clean_until(self):
        until = self.cleaned_data["until"]
        if until <= timezone.now():
            raise forms.ValidationError(
                _("%(found)s has passed already; give a later moment."),
                params={"found": moment(until)},
            )
        return until

    def clean_unit(self):
        unit = self.units[self.cleaned_data["unit"]]
        is_commune = isinstance(unit, Commune)
        self.instance.commune = unit if is_commune else None
        self.instance.district = None if is_commune else unit
        return unit

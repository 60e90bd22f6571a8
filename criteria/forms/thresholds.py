"""Thresholds looked up, confirmed and set."""

from django import forms
from django.utils.translation import gettext_lazy as _

from communes.models import Province
from criteria.forms.log import DayField
from criteria.models import CriteriaSet, Indicator, Threshold
from criteria.thresholds import groups_of
from ntm_tracker.web.numbers import day

LONGEST_DOCUMENT = 250


class ThresholdFilterForm(forms.Form):
    """The query string of the register: which set, and which of its thresholds."""

    STATES = [
        ("", _("All")),
        ("unverified", _("Not verified")),
        ("verified", _("Verified")),
        ("missing", _("Not set")),
    ]
    OWN = [("", _("All")), ("yes", _("By the province")), ("no", _("Nationally"))]

    set = forms.ModelChoiceField(
        CriteriaSet.objects.none(),
        label=_("Criteria set"),
        to_field_name="code",
        required=False,
        empty_label=None,
    )
    criterion = forms.TypedChoiceField(
        label=_("Criterion"), coerce=int, empty_value=None, required=False
    )
    group = forms.ChoiceField(label=_("Area group"), required=False)
    state = forms.ChoiceField(label=_("State"), choices=STATES, required=False)
    own = forms.ChoiceField(label=_("Set"), choices=OWN, required=False)
    on = DayField(label=_("In force on"), required=False)
    q = forms.CharField(label=_("Search"), max_length=100, required=False)

    def __init__(self, data, *, sets: list[CriteriaSet], province: Province):
        chosen = next((row for row in sets if row.code == data.get("set")), None)
        self.criteria_set = chosen or (sets[0] if sets else None)
        super().__init__({**data.dict(), "set": self.criteria_set and self.criteria_set.code})
        known = CriteriaSet.objects.filter(pk__in=[row.pk for row in sets])
        self.fields["set"].queryset = known
        groups = groups_of(self.criteria_set, province) if self.criteria_set else []
        if len(groups) > 1:
            choices = [(group.code, group.name) for group in groups]
            self.fields["group"].choices = [("", _("All")), *choices]
        else:
            del self.fields["group"]
        criteria = self.criteria_set.criteria.all() if self.criteria_set else []
        self.fields["criterion"].choices = [
            ("", _("All")),
            *((row.number, str(row)) for row in criteria),
        ]

    @property
    def in_words(self) -> list[tuple[str, str]]:
        """The filters that are set but for the set itself: the name and the words of each."""
        asked = self.cleaned_data if self.is_valid() else {}
        return [
            (name, f"{self.fields[name].label}: {self._said(name)}")
            for name, value in asked.items()
            if value and name != "set"
        ]

    def _said(self, name: str) -> str:
        field, value = self.fields[name], self.cleaned_data[name]
        if isinstance(field, DayField):
            return day(value)
        return str(dict(field.choices)[value]) if hasattr(field, "choices") else value


class VerifyForm(forms.Form):
    """From which document thresholds are confirmed."""

    document = forms.CharField(
        label=_("Document"),
        max_length=LONGEST_DOCUMENT,
        help_text=_(
            "Where you checked the numbers: the decision with its number and date, and the page."
        ),
    )


class ThresholdForm(forms.ModelForm):
    """A threshold from a day on: a number, or words where it is none."""

    document = forms.CharField(
        label=_("Document"),
        max_length=LONGEST_DOCUMENT,
        help_text=_("The decision that says so, with its number and date."),
    )

    class Meta:
        model = Threshold
        fields = ["value", "text", "valid_from"]
        localized_fields = ["value"]
        widgets = {"valid_from": forms.DateInput({"type": "date"}, format="%Y-%m-%d")}
        help_texts = {
            "value": _("Left empty where the decision gives no number."),
            "text": _("The words of the decision; only a number decides on verdicts."),
            "valid_from": _("Periods that end before this day keep the threshold of their day."),
        }

    def __init__(self, data=None, *, instance: Threshold, **options):
        super().__init__(data, instance=instance, **options)
        indicator = instance.indicator
        if indicator.kind == Indicator.Kind.VERDICT:
            del self.fields["value"]
        elif indicator.unit or indicator.kind == Indicator.Kind.PERCENT:
            self.fields["value"].label = _("Value, in %(unit)s") % {"unit": indicator.unit or "%"}

    def clean(self):
        asked = super().clean()
        if not self.errors and asked.get("value") is None and not asked.get("text"):
            self.add_error(
                next(iter(self.fields)), _("Give the number, or the words of the decision.")
            )
        value, kind = asked.get("value"), self.instance.indicator.kind
        if value is not None and not _is_possible(value, kind):
            self.add_error(
                "value", _("A percentage lies between 0 and 100; no number is below 0.")
            )
        return asked


def _is_possible(value, kind: str) -> bool:
    return value >= 0 and (kind != Indicator.Kind.PERCENT or value <= 100)


def initial_of(threshold: Threshold | None, first_day) -> dict:
    """What the form begins with: the threshold that is to be followed or put right."""
    if threshold is None:
        return {"valid_from": first_day}
    return {
        "value": threshold.value,
        "text": threshold.text,
        "valid_from": first_day,
    }

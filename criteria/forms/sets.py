"""Criteria sets of a province: their head, their criteria and their indicators."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from criteria.forms.log import DayField
from criteria.models import CriteriaSet, Criterion, Indicator
from ntm_tracker.web.numbers import day

DAYS = ["decided_on", "valid_from", "valid_to"]


class SetForm(forms.ModelForm):
    """What a set is called and when it counts."""

    class Meta:
        model = CriteriaSet
        fields = ["code", "name", "name_en", "decision", *DAYS, "source"]
        field_classes = dict.fromkeys(DAYS, DayField)
        widgets = {
            "name": forms.TextInput,
            "name_en": forms.TextInput,
            "source": forms.TextInput,
        } | {name: forms.DateInput({"type": "date"}, format="%Y-%m-%d") for name in DAYS}
        help_texts = {
            "code": _("Letters without marks, digits, - and _; short, for lists and files."),
            "decision": _("The number of the decision, as 318/QĐ-TTg."),
            "source": _("Where the wording was taken from."),
        }

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        code = forms.SlugField(
            label=self.fields["code"].label,
            help_text=self.fields["code"].help_text,
            max_length=50,
        )
        self.fields["code"] = code

    def clean(self):
        asked = super().clean()
        first, last = asked.get("valid_from"), asked.get("valid_to")
        if first and last and last < first:
            self.add_error(
                "valid_to",
                _("The last day, %(last)s, lies before the first, %(first)s.")
                % {"last": day(last), "first": day(first)},
            )
        return asked


class NewSetForm(SetForm):
    """A set from nothing, to be filled by hand or from a file."""

    class Meta(SetForm.Meta):
        fields = ["level", "grade", "group_scheme", *SetForm.Meta.fields]


class CriterionForm(forms.ModelForm):
    class Meta:
        model = Criterion
        fields = ["number", "name", "name_en", "group"]
        widgets = {"name": forms.TextInput, "name_en": forms.TextInput}

    def clean_number(self):
        number = self.cleaned_data["number"]
        beside = self.instance.criteria_set.criteria.exclude(pk=self.instance.pk)
        if beside.filter(number=number).exists():
            raise forms.ValidationError(
                _("The set has a criterion %(number)s already."), params={"number": number}
            )
        return number


class IndicatorForm(forms.ModelForm):
    class Meta:
        model = Indicator
        fields = [
            "code",
            "position",
            "name",
            "name_en",
            "kind",
            "unit",
            "direction",
            "is_delegated",
            "note",
        ]
        widgets = {
            "name": forms.Textarea({"rows": 2}),
            "name_en": forms.Textarea({"rows": 2}),
            "note": forms.Textarea({"rows": 2}),
        }
        help_texts = {
            "direction": _("Which side of the threshold is good; not asked of met or not met.")
        }

    def clean_code(self):
        code = self.cleaned_data["code"]
        criteria_set = self.instance.criterion.criteria_set_id
        beside = Indicator.objects.filter(criterion__criteria_set=criteria_set, code=code)
        if beside.exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(
                _("The set has an indicator %(code)s already."), params={"code": code}
            )
        return code

    def clean(self):
        asked = super().clean()
        if asked.get("kind") == Indicator.Kind.VERDICT:
            asked["direction"] = ""
        elif asked.get("kind") and not asked.get("direction"):
            self.add_error("direction", _("Say which side of the threshold is good."))
        return asked


class SetFilterForm(forms.Form):
    """The query string of the list of sets."""

    STATES = [
        ("", _("All")),
        ("in_force", pgettext_lazy("legal text", "In force")),
        ("draft", _("Drafts")),
        ("past", _("No longer in force")),
        ("coming", _("Not in force yet")),
    ]

    level = forms.ChoiceField(
        label=_("Level"), choices=[("", _("All")), *CriteriaSet.Level.choices], required=False
    )
    state = forms.ChoiceField(label=_("State"), choices=STATES, required=False)
    q = forms.CharField(label=_("Search"), max_length=100, required=False)

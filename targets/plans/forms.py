"""What is said about a plan itself, and how the list of plans is narrowed."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from ntm_tracker.web.numbers import day
from targets.models import Plan

FIRST_YEAR, LAST_YEAR, MOST_YEARS = 2011, 2100, 15


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self):
        super().__init__(format="%Y-%m-%d")


class FactsForm(forms.ModelForm):
    """What may still be put right once a plan is there."""

    class Meta:
        model = Plan
        fields = ["name", "baseline_on", "document", "decided_on"]
        widgets = {"baseline_on": DayInput, "decided_on": DayInput}
        help_texts = {
            "baseline_on": _("The day on which the baselines stand, such as 31/12/2020."),
            "document": _("Number and name of the decision that the plan stands in."),
        }

    def clean(self):
        asked = super().clean()
        baseline_on = asked.get("baseline_on")
        first_year = asked.get("first_year") or self.instance.first_year
        if baseline_on and first_year and baseline_on > date(first_year, 12, 31):
            self.add_error(
                "baseline_on",
                _("%(found)s lies behind the plan's first year, %(year)s.")
                % {"found": day(baseline_on), "year": first_year},
            )
        return asked


class PlanForm(FactsForm):
    """A new plan."""

    class Meta(FactsForm.Meta):
        fields = ["name", "first_year", "last_year", "baseline_on", "document", "decided_on"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("first_year", "last_year"):
            self.fields[name] = forms.IntegerField(
                label=self.fields[name].label, min_value=FIRST_YEAR, max_value=LAST_YEAR
            )

    def clean(self):
        asked = super().clean()
        first, last = asked.get("first_year"), asked.get("last_year")
        if first and last and not first <= last < first + MOST_YEARS:
            self.add_error(
                "last_year",
                _("Give a year from %(first)s to %(last)s, not %(found)s.")
                % {"first": first, "last": first + MOST_YEARS - 1, "found": last},
            )
        return asked


class VersionForm(forms.ModelForm):
    """The document that changes a plan, and the day from which the change holds."""

    class Meta:
        model = Plan
        fields = ["document", "decided_on", "holds_from"]
        widgets = {"decided_on": DayInput, "holds_from": DayInput}
        help_texts = {"document": FactsForm.Meta.help_texts["document"]}

    def __init__(self, *args, plan: Plan, **kwargs):
        super().__init__(*args, **kwargs)
        self.plan = plan
        for field in self.fields.values():
            field.required = True

    def clean_holds_from(self):
        found = self.cleaned_data["holds_from"]
        first = max(date(self.plan.first_year, 1, 1), self.plan.holds_from or date.min)
        last = date(self.plan.last_year, 12, 31)
        if not first < found <= last:
            raise forms.ValidationError(
                _("Give a day after %(first)s and up to %(last)s, not %(found)s."),
                params={"first": day(first), "last": day(last), "found": day(found)},
            )
        return found


class PlanFilter(forms.Form):
    """The filter bar of the list of plans."""

    ALL, IN_FORCE, DRAFT, SUPERSEDED = "", "in_force", "draft", "superseded"
    q = forms.CharField(label=_("Name or document"), required=False, max_length=100)
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[
            (ALL, _("All")),
            (IN_FORCE, _("in force")),
            (DRAFT, _("draft")),
            (SUPERSEDED, _("superseded")),
        ],
    )

    def narrow(self, plans: list[Plan]) -> list[Plan]:
        """The plans that fit, by their name and document and by `state_of`."""
        if not self.is_valid():
            return []
        words, state = self.cleaned_data["q"].casefold(), self.cleaned_data["state"]
        return [
            plan
            for plan in plans
            if words in f"{plan.name} {plan.document}".casefold()
            and state in {self.ALL, state_of(plan)}
        ]


def state_of(plan: Plan) -> str:
    """Whether a plan is a draft, in force or superseded; its successor is known."""
    if plan.is_draft:
        return PlanFilter.DRAFT
    later = getattr(plan, "successor", None)
    return (
        PlanFilter.SUPERSEDED if later is not None and not later.is_draft else PlanFilter.IN_FORCE
    )

"""Published figures as officers type and look for them."""

from calendar import monthrange
from datetime import date

from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.forms.reason import LONGEST_REASON
from accounts.forms.stale import StaleCheck
from communes.models import District, Province
from criteria.forms.log import DayField
from ntm_tracker.web.api.query import FIRST_YEAR, LAST_YEAR, Equal
from ntm_tracker.web.narrowing import NarrowingForm
from ntm_tracker.web.numbers import day
from targets.models import PublishedFigure
from targets.publishing.metrics import LABELS, fault_in, plain

ALL = ("", _("All"))
# What makes two entries the same figure.
IDENTITY = [
    "metric",
    "kind",
    "as_of",
    "value",
    "text",
    "district",
    "place",
    "boundaries_on",
    "source",
]
KINDS = PublishedFigure._meta.get_field("kind").choices


class FigureForm(forms.ModelForm):
    """A figure as its source printed it."""

    metric = forms.ChoiceField(label=_("What was counted"), choices=list(LABELS.items()))
    as_of = DayField(label=_("As of"))
    boundaries_on = DayField(
        label=_("On the boundaries of"),
        required=False,
        help_text=_("A day whose list of communes was counted. Empty: the day itself."),
    )

    class Meta:
        model = PublishedFigure
        fields = [
            "metric",
            "kind",
            "as_of",
            "precision",
            "value",
            "high",
            "base",
            "unit",
            "text",
            "district",
            "place",
            "boundaries_on",
            "source",
            "note",
        ]
        localized_fields = ["value", "high"]
        widgets = {name: forms.Textarea({"rows": 2}) for name in ("text", "source", "note")}
        help_texts = {
            "precision": _("Of a month, half-year or year the last day is taken."),
            "text": _("What the source says in words, where it gives no number."),
            "base": _("How many there are of which the value counts some."),
            "place": _("For a figure of a place that is no district: its name."),
            "source": _("Document or address, and the day it was published."),
        }
        labels = {
            "value": _("Value"),
            "unit": _("Unit of measure"),
            "place": _("Other place"),
        }

    def clean(self):
        asked = super().clean()
        self._check_day(asked)
        self._check_value(asked)
        return asked

    def _check_day(self, asked):
        as_of = asked.get("as_of")
        if as_of is None or "precision" not in asked:
            return
        asked["as_of"] = last_day_of(as_of, asked["precision"])
        today = timezone.localdate()
        if asked.get("kind") == "result" and as_of > today:
            self.add_error(
                "as_of",
                _("A result of %(found)s is not known yet; today is %(today)s.")
                % {"found": day(as_of), "today": day(today)},
            )

    def _check_value(self, asked):
        value, high, base = asked.get("value"), asked.get("high"), asked.get("base")
        for name, found in (("value", value), ("high", high)):
            if found is None or "metric" not in asked:
                continue
            if fault := fault_in(asked["metric"], found, base):
                self.add_error(name, fault)
        if value is None and "value" not in self.errors and not asked.get("text"):
            self.add_error("value", _("Give a value, or what the source says in words."))
        if high is not None and (value is None or high < value):
            self.add_error("high", _("A range ends above the value that it begins with."))


class TypedFigureForm(StaleCheck, FigureForm):
    """A figure typed on its page; a change wants a reason."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("Kept in the history."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        districts = District.objects.filter(province=self.instance.province)
        self.fields["district"].queryset = districts
        self.fields["district"].empty_label = _("The whole province")
        if self.instance.pk is None:
            del self.fields["reason"]
        for name in ("value", "high"):
            self.initial[name] = plain(getattr(self.instance, name))

    def clean(self):
        asked = super().clean()
        if not self.errors and self._is_there(asked):
            self.add_error(None, _("This figure of this source is in the register already."))
        return asked

    def _is_there(self, asked) -> bool:
        same = PublishedFigure.objects.filter(province=self.instance.province)
        same = same.exclude(pk=self.instance.pk)
        for name in IDENTITY:
            given = asked[name]
            same = same.filter(**({f"{name}__isnull": True} if given is None else {name: given}))
        return same.exists()


class RowForm(FigureForm):
    """A figure in a row of an uploaded table, whose district is found before; no queries."""

    class Meta(FigureForm.Meta):
        fields = [name for name in FigureForm.Meta.fields if name != "district"]
        localized_fields = None

    def validate_constraints(self):
        """The form says all that the constraints say."""


def last_day_of(on: date, precision: str) -> date:
    """The last day of the month, half-year or year of a day; a day stands for itself."""
    month = {"month": on.month, "half": 6 if on.month <= 6 else 12, "year": 12}.get(precision)
    return on.replace(month=month, day=monthrange(on.year, month)[1]) if month else on


class FigureFilter(Equal, NarrowingForm):
    """What published figures are narrowed by, on the page and in the API."""

    q = forms.CharField(label=_("Words of the source or note"), max_length=100, required=False)
    metric = forms.CharField(label=_("What was counted"), max_length=60, required=False)
    kind = forms.ChoiceField(label=_("Kind of figure"), choices=[ALL, *KINDS], required=False)
    year = forms.IntegerField(
        label=_("Year"), min_value=FIRST_YEAR, max_value=LAST_YEAR, required=False
    )
    paths = {"metric": "metric", "kind": "kind", "year": "as_of__year"}

    def narrow(self, rows: QuerySet[PublishedFigure]) -> QuerySet[PublishedFigure]:
        """The rows asked for; the form is valid."""
        text, rows = self.cleaned_data["q"], super().narrow(rows)
        if not text:
            return rows
        return rows.filter(
            Q(source__icontains=text) | Q(note__icontains=text) | Q(text__icontains=text)
        )


class RegisterForm(FigureFilter):
    metric = forms.ChoiceField(label=_("What was counted"), required=False)
    year = forms.TypedChoiceField(label=_("Year"), coerce=int, empty_value=None, required=False)

    def __init__(self, data, *, province: Province):
        super().__init__(data)
        self.rows = PublishedFigure.objects.filter(province=province)
        metrics = sorted(
            (str(LABELS.get(code, code)), code)
            for code in self.rows.order_by().values_list("metric", flat=True).distinct()
        )
        years = sorted({on.year for on in self.rows.dates("as_of", "year")}, reverse=True)
        self.fields["metric"].choices = [ALL, *((code, label) for label, code in metrics)]
        self.fields["year"].choices = [ALL, *((year, year) for year in years)]

    def found(self) -> QuerySet[PublishedFigure]:
        """The figures asked for, the newest first; none where the query is no good."""
        if not self.is_valid():
            return self.rows.none()
        rows = self.narrow(self.rows).select_related("district")
        return rows.order_by("-as_of", "metric", "pk")

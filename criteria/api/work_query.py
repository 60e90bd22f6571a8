"""Which assessments, or scores of them, a program asks for."""

import re

from django import forms
from django.core.validators import RegexValidator
from django.db.models import CharField, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext_lazy as _

from communes.models import Province
from communes.scope import Action
from criteria.models import Assessment
from ntm_tracker.web.api import validators
from ntm_tracker.web.api.query import MomentField

PERIOD = re.compile(r"(\d{4})-Q([1-4])")
is_period = RegexValidator(rf"^{PERIOD.pattern}$", _("Write a quarter as 2024-Q2."))
CODE = {"required": False, "max_length": 30}


def period_field(help_text: str) -> forms.CharField:
    return forms.CharField(
        required=False, max_length=7, validators=[is_period], help_text=help_text
    )


class AssessmentsQuery(forms.Form):
    """Filters of assessments; `to` leads to them from the rows that are narrowed."""

    to = ""

    province = forms.CharField(**CODE, help_text="Code of a province.")
    district = forms.CharField(**CODE, help_text="Code of a district.")
    commune = forms.CharField(**CODE, help_text="Code of a commune.")
    set = forms.CharField(**CODE, help_text="Code of a criteria set.")
    period = period_field("A quarter, such as 2024-Q2.")
    period_from = period_field("This quarter and later ones.")
    period_to = period_field("This quarter and earlier ones.")
    state = forms.ChoiceField(
        required=False,
        choices=Assessment.State.choices,
        help_text="Where it stands in the workflow.",
    )
    updated_since = MomentField(
        required=False,
        help_text=(
            "What changed at this moment or later, its scores included: ISO 8601 with zone. Ask "
            "from a few minutes before your last pull, for a write counts from when it began."
        ),
    )

    PATHS = {
        "province": "commune__province__code",
        "district": "commune__district__code",
        "commune": "commune__code",
        "set": "criteria_set__code",
        "state": "state",
        "updated_since": "changed_at__gte",
    }

    def narrow(self, rows: QuerySet) -> QuerySet:
        asked = {name: value for name, value in self.cleaned_data.items() if value}
        for name, path in self.PATHS.items():
            if name in asked:
                rows = rows.filter(**{f"{self.to}{path}": asked[name]})
        for name, side in [("period", ""), ("period_from", "gt"), ("period_to", "lt")]:
            if name in asked:
                rows = rows.filter(self._within(asked[name], side))
        return rows

    def _within(self, code: str, side: str) -> Q:
        year, quarter = map(int, PERIOD.fullmatch(code).groups())
        path = f"{self.to}period__"
        if not side:
            return Q(**{f"{path}year": year, f"{path}quarter": quarter})
        same = Q(**{f"{path}year": year, f"{path}quarter__{side}e": quarter})
        return Q(**{f"{path}year__{side}": year}) | same


class ScoresQuery(AssessmentsQuery):
    to = "assessment__"

    criterion = forms.IntegerField(
        required=False, min_value=1, max_value=100, help_text="Number of a criterion."
    )
    indicator = forms.CharField(**CODE, help_text="Code of an indicator, such as 2.1.")

    def narrow(self, rows):
        rows = super().narrow(rows)
        if number := self.cleaned_data["criterion"]:
            rows = rows.filter(
                Q(criterion__number=number) | Q(indicator__criterion__number=number)
            )
        if code := self.cleaned_data["indicator"]:
            rows = rows.filter(indicator__code=code)
        return rows


def period_code(to: str = "") -> Concat:
    """The code of a period as `ReportingPeriod.code` has it, in the database."""
    year, quarter = (Cast(f"{to}period__{part}", CharField()) for part in ("year", "quarter"))
    return Concat(year, Value("-Q"), quarter)


def validators_of(request):
    """ETag and last change of a whole list of assessments or their scores; two queries.

    Every write to a score moves its assessment, so the assessments that are asked for tell.
    """
    form = AssessmentsQuery(request.query_params)
    form.is_valid()
    rows = form.narrow(Assessment.objects.visible_to(request.user)).order_by("pk")
    seen = list(rows.values_list("pk", "changed_at"))
    versions = Province.objects.visible_to(request.user).order_by("pk")
    # Notes are shown in one's own area alone, so rights matter too.
    known = [list(versions.values_list("pk", "data_version")), request.user.scope(Action.FOLLOW)]
    etag = validators.etag_of(request.get_full_path(), request.user.pk, seen, known)
    return etag, max((at for _pk, at in seen), default=None)

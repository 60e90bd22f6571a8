"""The query string of the log and of an assessment's history."""

from datetime import date

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership, User
from communes.models import Commune, District, Province
from communes.scope import Action, AreaScope
from criteria.log.sources import Kind, Wanted
from criteria.models import Origin
from criteria.sheets import Line
from ntm_tracker.web.numbers import day

# What a form takes as a day is bounded, so that one can be counted on from it.
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2999, 12, 31)


class DayField(forms.DateField):
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})

    def clean(self, value):
        found = super().clean(value)
        if found and not FIRST_DAY <= found <= LAST_DAY:
            raise forms.ValidationError(
                _("%(found)s is not within %(first)s and %(last)s."),
                params={"found": day(found), "first": day(FIRST_DAY), "last": day(LAST_DAY)},
            )
        return found


class CommuneField(forms.ModelChoiceField):
    def label_from_instance(self, commune):
        return f"{commune}, {commune.district}" if commune.district else str(commune)


class LogForm(forms.Form):
    """What the log is narrowed to; offers what lies in the area of `user`."""

    kind = forms.ChoiceField(label=_("Kind of change"), required=False)
    district = forms.ModelChoiceField(
        District.objects.none(), label=_("District"), required=False, empty_label=_("All")
    )
    commune = CommuneField(
        Commune.objects.none(), label=_("Commune"), required=False, empty_label=_("All")
    )
    person = forms.ModelChoiceField(
        User.objects.none(), label=_("Person"), required=False, empty_label=_("All")
    )
    origin = forms.ChoiceField(label=_("From where"), required=False)
    since = DayField(label=_("From day"), required=False)
    until = DayField(label=_("To day"), required=False)

    def __init__(self, data, *, user, province: Province):
        super().__init__(data)
        self.scope = user.scope(Action.FOLLOW)
        self.province = province
        communes = Commune.objects.filter(self.scope.communes_q(), province=province)
        communes = communes.filter(assessments__isnull=False).distinct()
        self.fields["commune"].queryset = communes.select_related("district")
        self.fields["district"].queryset = District.objects.filter(
            pk__in=communes.order_by().values("district")
        )
        self.fields["person"].queryset = people_of(province, self.scope)
        self.fields["kind"].choices = [("", _("All")), *Kind.choices]
        self.fields["origin"].choices = [("", _("All")), *Origin.choices]

    def clean(self):
        asked = super().clean()
        since, until = asked.get("since"), asked.get("until")
        if since and until and since > until:
            self.add_error(
                "until",
                _("The last day, %(until)s, lies before the first, %(since)s.")
                % {"since": day(since), "until": day(until)},
            )
        return asked

    @property
    def wanted(self) -> Wanted:
        asked = {name: value for name, value in self.cleaned_data.items() if value}
        return Wanted(self.scope, self.province, **asked)

    @property
    def in_words(self) -> list[tuple[str, str]]:
        """The filters that are set: the name of each, and what it stands for."""
        return [
            (name, f"{self.fields[name].label}: {self._said(name)}")
            for name, value in self.cleaned_data.items()
            if value
        ]

    def _said(self, name: str) -> str:
        field, value = self.fields[name], self.cleaned_data[name]
        if isinstance(field, DayField):
            return day(value)
        if isinstance(field, forms.ModelChoiceField):
            return field.label_from_instance(value)
        return str(dict(field.choices)[value])


def people_of(province: Province, scope: AreaScope):
    """Those who have, or had, a role where their work may concern the area."""
    roles = Membership.history.filter(province=province)
    if not (scope.everywhere or province.pk in scope.provinces):
        communes = Commune.objects.filter(scope.communes_q()).order_by()
        roles = roles.filter(
            Q(district__isnull=True, commune__isnull=True)
            | Q(district__in=scope.districts)
            | Q(district__in=communes.values("district"))
            | Q(commune__in=communes.values("pk"))
        )
    people = User.objects.filter(Q(pk__in=roles.values("user")) | Q(is_superuser=True))
    return people.order_by("sort_key", "username")


class LineForm(forms.Form):
    """Which line of an assessment its history is narrowed to."""

    line = forms.ChoiceField(label=_("Criterion or indicator"), required=False)

    def __init__(self, data, *, lines: list[Line]):
        super().__init__(data)
        self.lines = {line.code: line for line in lines}
        self.fields["line"].choices = [
            ("", _("All")),
            *((code, f"{code} {line.target.local_name}") for code, line in self.lines.items()),
        ]

    @property
    def chosen(self) -> Line | None:
        return self.lines.get(self.cleaned_data["line"]) if self.is_valid() else None

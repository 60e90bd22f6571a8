"""What the register of recognitions is narrowed to: its query string."""

from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from communes.models import District, Province
from communes.names import search_key
from criteria.models import Grade, Recognition
from ntm_tracker.web.api.query import FIRST_YEAR, LAST_YEAR, Equal
from ntm_tracker.web.narrowing import NarrowingForm

STATES = {"standing": _("In force"), "revoked": _("Revoked"), "lapsed": _("Unit has ended")}
ALL = ("", _("All"))


def has_ended() -> Q:
    """Entries whose commune or district is no longer there: nothing passes on by itself."""
    today = timezone.localdate()
    return Q(commune__valid_to__lt=today) | Q(district__valid_to__lt=today)


def in_state(state: str) -> Q:
    if state == "revoked":
        return Q(revoked_on__isnull=False)
    standing = Q(revoked_on__isnull=True)
    return standing & (has_ended() if state == "lapsed" else ~has_ended())


class RecognitionFilter(Equal, NarrowingForm):
    """What recognitions are narrowed by, on the page and in the API."""

    q = forms.CharField(label=_("Name or decision number"), max_length=100, required=False)
    kind = forms.ChoiceField(
        label=pgettext_lazy("recognition", "Kind"),
        choices=[ALL, *Recognition.Kind.choices],
        required=False,
    )
    grade = forms.ChoiceField(
        label=pgettext_lazy("recognition", "Grade"), choices=[ALL, *Grade.choices], required=False
    )
    year = forms.IntegerField(
        label=_("Counts for the year"), min_value=FIRST_YEAR, max_value=LAST_YEAR, required=False
    )
    district = forms.CharField(label=_("District"), max_length=10, required=False)
    state = forms.ChoiceField(label=_("State"), choices=[ALL, *STATES.items()], required=False)
    paths = {"kind": "kind", "grade": "grade", "year": "year"}
    district_path = "code"

    def narrow(self, rows: QuerySet[Recognition]) -> QuerySet[Recognition]:
        """The rows asked for; the form is valid."""
        asked = self.cleaned_data
        rows = super().narrow(rows)
        if asked["q"]:
            rows = rows.filter(_named(asked["q"]))
        if asked["state"]:
            rows = rows.filter(in_state(asked["state"]))
        return rows.filter(self._of_district(asked["district"])) if asked["district"] else rows

    def _of_district(self, district: str) -> Q:
        path = f"district__{self.district_path}"
        return Q(**{path: district}) | Q(**{f"commune__{path}": district})


class RegisterForm(RecognitionFilter):
    year = forms.TypedChoiceField(
        label=_("Counts for the year"), coerce=int, empty_value=None, required=False
    )
    district = forms.ChoiceField(label=_("District"), required=False)
    district_path = "pk"

    def __init__(self, data, *, province: Province):
        super().__init__(data)
        self.province = province
        years = Recognition.objects.filter(province=province).order_by("-year")
        years = [(year, year) for year in years.values_list("year", flat=True).distinct()]
        districts = District.objects.filter(province=province).values_list("pk", "name")
        self.fields["year"].choices = [ALL, *years]
        self.fields["district"].choices = [ALL, *((str(pk), name) for pk, name in districts)]

    def found(self) -> QuerySet[Recognition]:
        """The entries asked for, the newest decisions first; none where the query is no good."""
        rows = Recognition.objects.filter(province=self.province)
        if not self.is_valid():
            return rows.none()
        return self.narrow(rows).order_by("-year", "-decided_on", "commune__sort_key", "pk")


def _named(text: str) -> Q:
    key = search_key(text)
    return (
        Q(commune__search_key__contains=key)
        | Q(district__search_key__contains=key)
        | Q(place__icontains=text.strip())
        | Q(decision__icontains=text.strip())
    )

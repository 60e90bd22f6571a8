"""The state of a dashboard, as it stands in the address."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ntm_tracker.web.numbers import day
from targets.models import Plan
from targets.progress import days_of
from targets.snapshot import Snapshot

EARLIEST = date(2011, 1, 1)
OWN_DAY = ""


@dataclass(frozen=True)
class Standpoint:
    """Where a reader stands: the day, the plan, whose boundaries, and which communes."""

    plan: Plan | None
    as_of: date
    boundaries_on: date | None = None
    district: int | None = None
    border: bool = False
    band: int | None = None
    criterion: int | None = None
    commune: str = ""

    @property
    def is_narrowed(self) -> bool:
        """Are the lists, map and matrix narrowed to some communes?"""
        return self.district is not None or self.border or self.band is not None


class DashboardForm(forms.Form):
    """The filter bar of the dashboards: each field may be left out."""

    as_of = forms.DateField(
        label=_("As of"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"invalid": _("“As of” must be a day such as 2025-06-30.")},
    )
    plan = forms.ChoiceField(label=_("Plan"), required=False)
    boundaries = forms.ChoiceField(label=_("Boundaries"), required=False)
    district = forms.ChoiceField(label=_("District"), required=False)
    band = forms.ChoiceField(label=_("Criteria met"), required=False)
    border = forms.BooleanField(label=_("Border communes only"), required=False)

    def __init__(self, data, *, snapshot: Snapshot):
        super().__init__(data)
        self.snapshot = snapshot
        # asked for when one is looked up or printed: only then are their tables read
        self.fields["plan"].choices = self._plans
        self.fields["district"].choices = self._districts
        self.fields["boundaries"].choices = self._boundary_days
        self.fields["band"].choices = _bands

    def _plans(self):
        return [(plan.code, plan.name) for plan in self.snapshot.first_versions]

    def _districts(self):
        known = self.snapshot.districts
        return [("", _("All districts")), *zip(known["code"], known["name"], strict=True)]

    def _boundary_days(self):
        """The first day of each list of communes, and the day before the first change."""
        changes = np.unique(days_of(self.snapshot.parts["date"])).tolist()
        days = [changes[0] - timedelta(days=1), *changes] if changes else []
        return [(OWN_DAY, _("Of the day itself")), *((on.isoformat(), day(on)) for on in days)]

    def clean_as_of(self):
        """A day the records or the plans reach."""
        chosen = self.cleaned_data["as_of"]
        last_years = [plan.last_year for plan in self.snapshot.plans]
        latest = date(max([timezone.localdate().year, *last_years]), 12, 31)
        if chosen and not EARLIEST <= chosen <= latest:
            raise forms.ValidationError(
                _("“As of” must lie between %(first)s and %(last)s, not %(found)s."),
                params={"first": day(EARLIEST), "last": day(latest), "found": day(chosen)},
            )
        return chosen

    @property
    def about(self) -> dict:
        """What else a standpoint is about."""
        return {}

    @property
    def standpoint(self) -> Standpoint:
        """What was asked for; a field that was refused stands at its default."""
        self.is_valid()
        asked = self.cleaned_data
        plan = self.snapshot.plan(asked.get("plan", ""))
        districts = self.snapshot.districts
        district = asked.get("district")
        boundaries = asked.get("boundaries")
        band = asked.get("band")
        as_of = asked.get("as_of") or self.snapshot.last_day(plan)
        return Standpoint(
            plan=self.snapshot.version_on(plan, as_of),
            as_of=as_of,
            boundaries_on=date.fromisoformat(boundaries) if boundaries else None,
            district=int(districts.index[districts["code"] == district][0]) if district else None,
            border=bool(asked.get("border")),
            band=int(band) if band else None,
            **self.about,
        )


class ChartForm(DashboardForm):
    """The query of a chart: as the page's, and which criterion or commune it is about."""

    criterion = forms.IntegerField(required=False, min_value=1)
    commune = forms.RegexField(r"^\d{1,10}$", required=False)

    @property
    def about(self) -> dict:
        names = ["criterion", "commune"]
        return {name: self.cleaned_data[name] for name in names if self.cleaned_data.get(name)}


def _bands():
    """The bands that reports print, as choices."""
    labels = ["19", "15–18", "10–14", "5–9", _("under 5")]
    return [("", _("All bands")), *((str(number), label) for number, label in enumerate(labels))]

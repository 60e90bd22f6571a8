"""Which assessments of a province are meant: by period and set, perhaps by district."""

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from communes.models import District
from criteria.models import CriteriaSet, ReportingPeriod


class PartForm(forms.Form):
    """Each field may be left out. `assessments` are those the user may fill in.

    Four queries.
    """

    period = forms.ChoiceField(label=_("Period"), required=False)
    set = forms.ChoiceField(label=_("Criteria set"), required=False)
    district = forms.ChoiceField(label=_("District"), required=False)

    def __init__(self, data, files=None, *, assessments: QuerySet):
        super().__init__(data, files)
        pairs = set(assessments.values_list("period", "criteria_set").distinct())
        self.periods = _by_code(
            ReportingPeriod.objects.filter(pk__in={period for period, _set in pairs}).order_by(
                "-year", "-quarter"
            )
        )
        self.period = self.periods.get(self.data.get("period"), self._current())
        in_period = {pk for period, pk in pairs if self.period and period == self.period.pk}
        # "standard" comes first that way
        sets = CriteriaSet.objects.filter(pk__in=in_period).order_by("-grade", "code")
        self.sets = _by_code(sets)
        self.set = self.sets.get(self.data.get("set"), next(iter(self.sets.values()), None))
        districts = District.objects.filter(pk__in=assessments.values("commune__district"))
        self.offer(
            period=[(code, str(row)) for code, row in self.periods.items()],
            set=[(code, row.local_name) for code, row in self.sets.items()],
            district=[("", _("All districts")), *((d.code, d.full_name) for d in districts)],
        )

    @property
    def is_empty(self) -> bool:
        """Has the user nothing to fill in?"""
        return not self.periods

    def offer(self, **choices):
        for name, offered in choices.items():
            self.fields[name].choices = offered

    def _current(self) -> ReportingPeriod | None:
        """The newest open period, else the newest."""
        rows = list(self.periods.values())
        return next((row for row in rows if row.is_open), rows[0] if rows else None)


def _by_code(rows) -> dict:
    return {row.code: row for row in rows}

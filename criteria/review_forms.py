"""What the queue of reviews shows: its query string."""

from django import forms
from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from communes.models import District
from criteria.models import Assessment, ReportingPeriod

State = Assessment.State
SHOWN = [State.SUBMITTED, State.CHECKED, State.APPROVED, State.RETURNED, State.REOPENED]
WAITING = ""


class QueueForm(forms.Form):
    """One period always; of it, what waits for the user unless a state is asked for."""

    period = forms.ChoiceField(label=_("Period"), required=False)
    district = forms.ChoiceField(label=_("District"), required=False)
    state = forms.ChoiceField(
        label=_("What to show"),
        required=False,
        choices=[
            (WAITING, _("What waits for me")),
            *((state.value, state.label) for state in SHOWN),
        ],
    )

    def __init__(self, data, *, province, user):
        self.user = user
        ours = Assessment.objects.reviewable_by(user).filter(commune__province=province)
        self.assessments = ours
        self.waiting = waiting_by_period(province, user)
        self.periods = list(
            ReportingPeriod.objects.filter(province=province)
            .exclude(status=ReportingPeriod.Status.PLANNED)
            .order_by("-year", "-quarter")
        )
        districts = District.objects.filter(pk__in=ours.values("commune__district"))
        filled = data.copy()
        if default := self._default_period():
            filled.setdefault("period", default.code)
        super().__init__(filled)
        self.fields["period"].choices = [(of.code, self._named(of)) for of in self.periods]
        self.fields["district"].choices = [
            ("", _("All")),
            *((of.code, of.full_name) for of in districts),
        ]

    def _default_period(self) -> ReportingPeriod | None:
        """The earliest in which something waits, else the newest that is open, else the newest."""
        waiting = [of for of in reversed(self.periods) if of.pk in self.waiting]
        open_ones = [of for of in self.periods if of.is_open]
        return next(iter([*waiting, *open_ones, *self.periods]), None)

    def _named(self, period: ReportingPeriod) -> str:
        if period.pk not in self.waiting:
            return str(period)
        words = {"period": period, "count": self.waiting[period.pk]}
        return _("%(period)s (%(count)d waiting)") % words

    @property
    def chosen_period(self) -> ReportingPeriod | None:
        """The period that is shown; None while there is none or none with that name."""
        code = self.cleaned_data.get("period") if self.is_valid() else ""
        return next((of for of in self.periods if of.code == code), None)

    @property
    def in_words(self) -> list[str]:
        """What is asked for, each filter in words."""
        if not self.is_valid():
            return []
        shown = ((name, self.cleaned_data[name]) for name in self.fields)
        return [
            _("%(label)s: %(value)s")
            % {"label": self.fields[name].label, "value": dict(self.fields[name].choices)[value]}
            for name, value in shown
        ]

    def found(self):
        """The assessments that are asked for."""
        if self.chosen_period is None:
            return self.assessments.none()
        rows = self.assessments.filter(period=self.chosen_period)
        if district := self.cleaned_data["district"]:
            rows = rows.filter(commune__district__code=district)
        state = self.cleaned_data["state"]
        return rows.filter(state=state) if state else rows.waiting_for(self.user)


def waiting_by_period(province, user) -> dict[int, int]:
    """How many assessments of each period wait for the user; one query."""
    rows = Assessment.objects.waiting_for(user).filter(commune__province=province)
    counted = rows.order_by().values_list("period").annotate(count=Count("pk"))
    return dict(counted)

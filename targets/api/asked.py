"""What may be asked of figures: the fields of the pages' filter bar, as a program writes them."""

from copy import copy
from functools import cache

from django import forms

from communes.api.asked import ProvinceQuery
from ntm_tracker.web.api.query import TruthField
from targets.forms import DashboardForm
from targets.models import Metric, Target
from targets.progress.cards import WITHIN_YEAR

HELP = {
    "as_of": "The day; the plan's last day with verified data unless said.",
    "plan": "Code of the plan; the newest unless said.",
    "boundaries": "First day of the list of communes that is counted on, or the day before the "
    "first change; the day's own list unless said.",
    "district": "Code of a district: only its communes.",
    "border": "Only communes on the border.",
    "band": "Only communes of a band of criteria met: 0 all of them, 1 15 to 18, 2 10 to 14, "
    "3 5 to 9, 4 under 5 (of 19).",
}
OF_THE_DAY = ("as_of", "plan")
OF_COUNTS = (*OF_THE_DAY, "boundaries")
OF_COMMUNES = (*OF_COUNTS, "district", "border", "band")


class FiguresForm(DashboardForm):
    """The filter bar of the dashboards, with a truth for the box that is ticked there."""

    border = TruthField(required=False)

    def __init__(self, data, *, snapshot, names):
        super().__init__(data, snapshot=snapshot)
        self.fields = {name: self.fields[name] for name in names}


@cache
def described(names: tuple[str, ...]) -> dict[str, forms.Field]:
    """Fields of the filter bar with what the schema says of them."""
    fields = {}
    for name in names:
        fields[name] = copy(FiguresForm.base_fields[name])
        fields[name].help_text = HELP[name]
    return fields


class SeriesQuery(ProvinceQuery):
    """Which target's series is asked for."""

    metric = forms.ChoiceField(
        choices=[(value, value) for value in Metric.values],
        help_text="What is counted.",
    )
    kind = forms.ChoiceField(
        required=False,
        choices=[(value, value) for value in Target.Kind.values if value not in WITHIN_YEAR],
        help_text="How it is counted, as in `progress`; as the plan counts it unless said.",
    )

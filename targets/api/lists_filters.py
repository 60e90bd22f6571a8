"""What lists of plans, targets and published figures are narrowed by."""

from communes.api.filters import CODE_OF_PROVINCE
from ntm_tracker.web.api.history import SinceQuery
from ntm_tracker.web.api.query import DayField, Equal, choice, code, year
from targets.models import Metric, Plan, Target
from targets.publishing.forms import FigureFilter

LONGEST_PLAN = 50


class PlanQuery(Equal, SinceQuery):
    province = code(CODE_OF_PROVINCE)
    year = year("A year within the plan.")
    as_of = DayField(required=False, help_text="Only the version of each plan of this day.")
    paths = {"province": "province__code"}

    def narrow(self, rows):
        rows, asked = super().narrow(rows), self.cleaned_data
        if asked["year"]:
            rows = rows.filter(first_year__lte=asked["year"], last_year__gte=asked["year"])
        return rows.holding_on(asked["as_of"]) if asked["as_of"] else rows


class TargetQuery(Equal):
    province = code(CODE_OF_PROVINCE)
    plan = code("Code of a plan; each version has its own.", LONGEST_PLAN)
    metric = choice(Metric.choices, "What is counted.")
    kind = choice(Target.Kind.choices, "How the target is meant.")
    year = year("The year by whose end it is to be reached.")
    district = code("Code of a district.")
    as_of = DayField(required=False, help_text="Only of the version of each plan of this day.")
    paths = {
        "province": "plan__province__code",
        "plan": "plan__code",
        "metric": "metric",
        "kind": "kind",
        "year": "year",
        "district": "district__code",
    }

    def narrow(self, rows):
        day, rows = self.cleaned_data["as_of"], super().narrow(rows)
        return rows.filter(plan__in=Plan.objects.holding_on(day)) if day else rows


class FigureQuery(SinceQuery, FigureFilter):
    province = code(CODE_OF_PROVINCE)
    district = code("Code of a district.")
    paths = FigureFilter.paths | {"province": "province__code", "district": "district__code"}

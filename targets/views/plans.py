"""The plans of a province: their list, and one of them with its versions and its history."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.decorators import in_province
from communes.models import Province
from communes.scope import Action
from criteria.views.trails import below_registers
from targets.models import Plan
from targets.plans.cells import catalogue
from targets.plans.forms import PlanFilter, state_of
from targets.plans.overview import district_tables, province_rows
from targets.plans.stored import Stored, districts_of
from targets.plans.trail import events_of

EVENTS_PER_PAGE = 20


@in_province(Action.DECIDE)
def plans_page(request, province):
    form = PlanFilter(request.GET)
    plans = form.narrow(plans_of(province))
    context = {
        "province": province,
        "trail": below_registers(province),
        "form": form,
        "plans": [(plan, state_of(plan)) for plan in plans],
    }
    return render(request, "targets/plans/list.html", context)


@in_province(Action.DECIDE)
def plan_page(request, province, plan):
    found = plan_or_404(province, plan)
    values = Stored.of(found).values
    districts = districts_of(found)
    events = Paginator(events_of(found), EVENTS_PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "province": province,
        "trail": below_plans(province),
        "plan": found,
        "state": state_of(found),
        "versions": [(version, state_of(version)) for version in versions_of(found)],
        "rows": province_rows(found, values),
        "districts": district_tables(found, values, districts),
        "has_districts": bool(districts),
        "to_allocate": [line for line in catalogue() if line.is_summed],
        "page": events,
    }
    return render(request, "targets/plans/plan.html", context)


def plans_of(province: Province):
    """With the versions beside them; one query."""
    rows = Plan.objects.filter(province=province).select_related("successor", "supersedes")
    rows = list(rows.order_by("-first_year", "pk"))
    for plan in rows:
        plan.province = province
    return rows


def plan_or_404(province: Province, code: str) -> Plan:
    found = next((plan for plan in plans_of(province) if plan.code == code), None)
    if found is None:
        raise Http404
    return found


def versions_of(plan: Plan) -> list[Plan]:
    """A plan and what superseded it, in order, wherever in the row it stands."""
    plans = {one.pk: one for one in plans_of(plan.province)}
    first = plans[plan.pk]
    while first.supersedes_id:
        first = plans[first.supersedes_id]
    later = {one.supersedes_id: one for one in plans.values()}
    versions = [first]
    while versions[-1].pk in later:
        versions.append(later[versions[-1].pk])
    return versions


def below_plans(province: Province) -> list[tuple]:
    address = reverse("plans", kwargs={"province": province.code})
    return [*below_registers(province), (_("Plans and targets"), address)]


def below_plan(plan: Plan) -> list[tuple]:
    return [*below_plans(plan.province), (plan, plan.get_absolute_url())]

"""How a plan is begun, copied, changed by a new document, put in force and thrown away."""

from django.db import transaction
from django.utils.translation import gettext as _
from simple_history.utils import bulk_create_with_history

from accounts.refusals import Refused
from communes.models import Province
from criteria.opening import save_recorded
from targets.models import Baseline, Plan, Target
from targets.plans.cells import Kind

# What says where the province stands rather than what it adds: senseless in other years.
TIED_TO_YEARS = {Kind.CUMULATIVE_COUNT, Kind.SHARE}


def refuse_unless_open(plan: Plan):
    """A version that another one in force has taken the place of stays as it was."""
    later = getattr(plan, "successor", None)
    if later is not None and not later.is_draft:
        raise Refused(
            _(
                "%(plan)s was superseded by “%(document)s” and stays as it was. "
                "Change that version."
            )
            % {"plan": plan, "document": later.document}
        )


def refuse_unless_last(plan: Plan):
    """One version follows another: there is one draft of the next at a time."""
    refuse_unless_open(plan)
    if plan.is_draft:
        raise Refused(_("%(plan)s is a draft: change its targets themselves.") % {"plan": plan})
    if getattr(plan, "successor", None) is not None:
        raise Refused(_("There is a draft of the next version already: finish that one first."))


@transaction.atomic
def begin(plan: Plan, *, by):
    """A new plan, without targets, as a draft."""
    _save_draft(plan, by=by)


@transaction.atomic
def copy(plan: Plan, onto: Plan, *, by):
    """A plan for other years with the targets of this one as a draft.

    Numbers that say where the province stands (totals, shares, baselines) stay behind: they
    follow from where it will start. What is to be added, and means, go along.
    """
    _save_draft(onto, by=by)
    shift = onto.first_year - plan.first_year
    kept = plan.targets.exclude(kind__in=TIED_TO_YEARS).filter(
        year__lte=onto.last_year - shift, district=None
    )
    _copy_rows(Target, kept, onto, by=by, shift=shift)


@transaction.atomic
def supersede(plan: Plan, version: Plan, *, by):
    """A version that holds from its day on, begun as a draft with everything of this one."""
    refuse_unless_last(plan)
    version.supersedes = plan
    version.first_year, version.last_year = plan.first_year, plan.last_year
    version.baseline_on = plan.baseline_on
    _save_draft(version, by=by)
    _copy_rows(Target, plan.targets.all(), version, by=by)
    _copy_rows(Baseline, plan.baselines.all(), version, by=by)


@transaction.atomic
def put_in_force(plan: Plan, *, by, reason: str):
    """From now on dashboards judge by the plan (locked), each day by its version."""
    if not plan.is_draft:
        raise Refused(_("%(plan)s is in force already.") % {"plan": plan})
    if not plan.targets.exists():
        raise Refused(_("%(plan)s has no target yet. Enter its targets first.") % {"plan": plan})
    plan.is_draft = False
    save_recorded(plan, by=by, reason=reason)
    Province.objects.filter(pk=plan.province_id).raise_data_version()


@transaction.atomic
def throw_away(plan: Plan, *, by, reason: str):
    """Delete a draft (locked); its history stays."""
    if not plan.is_draft:
        raise Refused(_("%(plan)s is in force and is not thrown away.") % {"plan": plan})
    plan._history_user, plan._change_reason = by, reason or None
    plan.delete()


def _save_draft(plan: Plan, *, by):
    """Of two who begin a plan at once, the second waits and takes another address."""
    Province.objects.select_for_update().get(pk=plan.province_id)
    plan.is_draft, plan.code = True, _free_code(plan)
    plan.source = plan.document
    save_recorded(plan, by=by)


def _free_code(plan: Plan) -> str:
    """The years, and a number where another plan of the province has them already."""
    years = f"{plan.first_year}-{plan.last_year}"
    taken = set(Plan.objects.filter(province=plan.province_id).values_list("code", flat=True))
    numbers = range(2, len(taken) + 3)
    return next(code for code in [years, *(f"{years}-{n}" for n in numbers)] if code not in taken)


def _copy_rows(model, rows, plan: Plan, *, by, shift: int = 0):
    copies = list(rows)
    for row in copies:
        row.pk, row.plan = None, plan
        if shift:
            row.year += shift
    if copies:
        bulk_create_with_history(copies, model, default_user=by)

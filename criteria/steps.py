"""The way of an assessment through the workflow, each step in one transaction.

Every step wants an assessment that is locked in the transaction and was read `with_names`, moves
it in one conditional UPDATE (of two people who click at once, only the first wins), and leaves
an `AssessmentStep`. Who may take a step in which area is the query sets' to say.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.refusals import Refused
from accounts.via import token_name
from communes.models import Province
from communes.news import News
from criteria.entry import read_entry
from criteria.models import (
    Assessment,
    AssessmentStep,
    CriterionResult,
    Notice,
    Origin,
    ReturnReason,
    Score,
)
from criteria.news import approval_of
from criteria.notices import tell
from criteria.people import people_concerned, who_enters
from criteria.results import count_and_results
from criteria.scoring import Change, refuse_unless_writable, save_scores, why_shut
from criteria.sheets import Line
from ntm_tracker.web.numbers import moment

State = Assessment.State
Step = AssessmentStep.Action
HOURS_TO_UNDO = 24
UNCOUNTED = {
    "decided_by": None,
    "decided_at": None,
    "criteria_met": None,
    "criteria_basically": None,
    "criteria_applicable": None,
}


@transaction.atomic
def carry_forward(assessment: Assessment, *, by) -> int:
    """Fill what is not assessed with the last verified values, marked so; how many."""
    entry = read_entry(assessment)
    changes = [
        Change(
            assessment,
            row.line,
            row.last.value,
            row.last.verdict,
            note=row.note,
            version=row.version,
            is_carried=True,
        )
        for row in entry.rows
        if row.verdict is None and row.value is None and row.last and row.last.verdict
    ]
    save_scores(changes, by=by)
    return len(changes)


@transaction.atomic
def submit(assessment: Assessment, *, by, origin=Origin.FORM):
    """Hand in an assessment that is complete and whose warnings are explained."""
    refuse_unless_writable([assessment])
    if missing := read_entry(assessment).obstacles:
        raise Refused(
            _("%(count)d entries still need something before the assessment can be submitted.")
            % {"count": len(missing)}
        )
    changes = {"submitted_by": by, "submitted_at": timezone.now(), "checked_by": None}
    changes["checked_at"] = None
    _move(assessment, Assessment.IN_ENTRY, State.SUBMITTED, Step.SUBMIT, by, origin, **changes)


@transaction.atomic
def withdraw(assessment: Assessment, *, by, origin=Origin.FORM):
    """Take back what was submitted and nobody has acted on: it is as it was before.

    Not in a closed period, where nobody could submit it again.
    """
    for reason in why_shut([assessment]).values():
        raise Refused(reason)
    submission = assessment.steps.filter(action=Step.SUBMIT).last()
    before = submission.before if submission else State.DRAFT
    _move(assessment, [State.SUBMITTED], before, Step.WITHDRAW, by, origin, submitted_by=None)


@transaction.atomic
def check(assessment: Assessment, *, by, version: int, reason="", origin=Origin.FORM):
    """Verify for the district what was submitted."""
    _refuse_own(assessment, by)
    _move(
        assessment,
        [State.SUBMITTED],
        State.CHECKED,
        Step.CHECK,
        by,
        origin,
        reason=reason,
        version=version,
        checked_by=by,
        checked_at=timezone.now(),
    )


@transaction.atomic
def approve(assessment: Assessment, *, by, version: int, reason="", origin=Origin.FORM):
    """Approve; the criterion results, the counts and the data version follow at once.

    An illustrative assessment loses the mark when people have entered every score of it.
    """
    _refuse_own(assessment, by)
    counts, results = count_and_results(assessment, by=by, origin=origin)
    invented = assessment.scores.filter(entered_by__isnull=True).exists()
    _move(
        assessment,
        states_before_approval(assessment),
        State.APPROVED,
        Step.APPROVE,
        by,
        origin,
        reason=reason,
        version=version,
        decided_by=by,
        decided_at=timezone.now(),
        is_illustrative=assessment.is_illustrative and invented,
        **counts,
    )
    CriterionResult.objects.bulk_create(results)
    _official_data_changed(assessment, approval_of(assessment))


@transaction.atomic
def send_back(
    assessment: Assessment,
    reasons: dict[Line, str],
    *,
    by,
    version: int,
    reason="",
    sources=None,
    origin=Origin.FORM,
):
    """Return an assessment, with a reason for each indicator to be mended, or one for all."""
    _refuse_own(assessment, by)
    if not reasons and not reason:
        raise Refused(_("Say what is to be mended: a reason for one indicator at least."))
    step = _move(
        assessment,
        sources or [State.SUBMITTED, State.CHECKED],
        State.RETURNED,
        Step.RETURN,
        by,
        origin,
        reason=reason,
        version=version,
    )
    ReturnReason.objects.bulk_create(
        ReturnReason(step=step, text=text, **line.ids) for line, text in reasons.items()
    )
    tell(_who_mends(assessment), Notice.Kind.RETURNED, f"return:{step.pk}", assessment=assessment)


@transaction.atomic
def undo_approval(assessment: Assessment, *, by, reason: str, version: int | None = None):
    """Take an approval back within a day: the assessment is again as it came to the approver."""
    _refuse_own(assessment, by)
    _refuse_without(reason)
    if assessment.decided_at and timezone.now() > undo_until(assessment):
        raise Refused(
            _("An approval can be undone for %(hours)d hours. Reopen the assessment instead.")
            % {"hours": HOURS_TO_UNDO}
        )
    approval = assessment.steps.filter(action=Step.APPROVE).last()
    before = approval.before if approval else State.SUBMITTED
    _take_out_of_force(assessment, before, Step.UNDO, by, reason, version)


@transaction.atomic
def reopen(assessment: Assessment, *, by, reason: str, version: int | None = None):
    """Open an approved assessment for entry; until it is approved again it does not count."""
    _refuse_own(assessment, by)
    _refuse_without(reason)
    _take_out_of_force(assessment, State.REOPENED, Step.REOPEN, by, reason, version)


def undo_until(assessment: Assessment) -> datetime:
    """Until when the approval of an approved assessment can be undone."""
    return assessment.decided_at + timedelta(hours=HOURS_TO_UNDO)


def states_before_approval(assessment: Assessment) -> list[State]:
    """The states from which the province approves: not before the district verified, if it does.

    What a district verified stays so when the steps of the period change.
    """
    return [State.CHECKED] if assessment.has_district_step else [State.CHECKED, State.SUBMITTED]


def own_part(assessment: Assessment, by) -> str:
    """What keeps `by` from deciding on an assessment, for it is their own; empty if nothing."""
    if assessment.submitted_by_id == by.pk:
        return _("You submitted this assessment, so somebody else decides on it.")
    if Score.objects.filter(assessment=assessment, entered_by=by).exists():
        return _("You entered scores of this assessment, so somebody else decides on it.")
    return ""


def _take_out_of_force(assessment, state, action, by, reason, version):
    _move(
        assessment,
        [State.APPROVED],
        state,
        action,
        by,
        reason=reason,
        version=version,
        **UNCOUNTED,
    )
    CriterionResult.objects.filter(assessment=assessment).delete()
    _official_data_changed(assessment)


def _move(
    assessment, sources, state, action, by, origin=Origin.FORM, reason="", version=None, **changes
) -> AssessmentStep:
    """Change the state in one UPDATE and record it. Raises Refused when it has moved on."""
    before = assessment.state
    rows = Assessment.objects.filter(pk=assessment.pk, state=before, state__in=list(sources))
    if version is not None:
        rows = rows.filter(version=version)
    if not rows.update(state=state, version=F("version") + 1, **changes):
        raise Refused(_why_not(assessment, sources))
    for name, value in {"state": state, **changes}.items():
        setattr(assessment, name, value)
    assessment.version += 1
    return AssessmentStep.objects.create(
        assessment=assessment,
        action=action,
        before=before,
        after=state,
        by=by,
        at=timezone.now(),
        reason=reason,
        origin=origin,
        token=token_name(by),
    )


def _why_not(assessment, sources) -> str:
    words = {"assessment": assessment, "state": assessment.get_state_display().lower()}
    last = assessment.steps.select_related("by").last()
    if last:
        words |= {"by": last.by, "at": moment(last.at)}
    if assessment.state in sources:
        return _("%(assessment)s has changed since you opened it. Look at it again.") % words
    if last is None:
        return _("%(assessment)s is “%(state)s”, so this cannot be done.") % words
    return (
        _("%(assessment)s is “%(state)s” since %(at)s (%(by)s), so this cannot be done.") % words
    )


def _refuse_own(assessment: Assessment, by):
    if why := own_part(assessment, by):
        raise Refused(why)


def _who_mends(assessment: Assessment) -> set[User]:
    """Who enters for the commune now, and its authors as far as they still follow its work."""
    entered = Score.objects.filter(assessment=assessment).values("entered_by")
    authors = User.objects.filter(Q(pk=assessment.submitted_by_id) | Q(pk__in=entered))
    enters = who_enters(assessment.commune, assessment.period)
    return {*enters, *(people_concerned(assessment.commune).keys() & set(authors))}


def _refuse_without(reason: str):
    if not reason.strip():
        raise Refused(_("Give the reason; it is kept in the history."))


def _official_data_changed(assessment: Assessment, *news: News):
    Province.objects.filter(pk=assessment.commune.province_id).raise_data_version(*news)

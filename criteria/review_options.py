"""What a reviewer may do with an assessment now, or why nothing."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from criteria import steps
from criteria.models import Assessment
from criteria.scoring import why_shut

State = Assessment.State


@dataclass(frozen=True)
class Options:
    """`next_step` is "check", "approve" or nothing; `why_not` says why nothing can be done.

    `is_shut`: after a return or reopening nobody could write the scores, for want of an exception.
    """

    next_step: str = ""
    may_return: bool = False
    may_reopen: bool = False
    undo_until: datetime | None = None
    why_not: str = ""
    is_shut: bool = False


def with_rights(assessments: QuerySet, user) -> QuerySet:
    """Assessments that know whether `user` may verify them (`is_checkable`) or decide on them."""
    same = Assessment.objects.filter(pk=OuterRef("pk"))
    return assessments.annotate(
        is_checkable=Exists(same.checkable_by(user)), is_decidable=Exists(same.decidable_by(user))
    )


def options_for(assessment: Assessment, user) -> Options:
    """For an assessment read `with_rights`; two queries at most."""
    options = _options(assessment, user)
    if options.may_return or options.may_reopen:
        return replace(options, is_shut=bool(why_shut([assessment])))
    return options


def _options(assessment: Assessment, user) -> Options:
    if assessment.state == State.APPROVED:
        return _of_approved(assessment, user)
    if assessment.is_in_entry:
        why_not = _(
            "It is “%(state)s”: its scores are being written. It can be decided on when it is "
            "submitted."
        ) % {"state": assessment.get_state_display().lower()}
        return Options(why_not=why_not)
    if assessment.state == State.CHECKED and not assessment.is_decidable:
        return Options(why_not=_("The district has verified it; the province decides next."))
    if own := steps.own_part(assessment, user):
        return Options(why_not=own)
    return Options(next_step=_next_step(assessment), may_return=True)


def _of_approved(assessment: Assessment, user) -> Options:
    if not assessment.is_decidable:
        return Options(why_not=_("It is approved; only the province can take that back."))
    if own := steps.own_part(assessment, user):
        return Options(why_not=own)
    until = steps.undo_until(assessment)
    return Options(may_reopen=True, undo_until=until if timezone.now() < until else None)


def _next_step(assessment: Assessment) -> str:
    if assessment.is_decidable and assessment.state in steps.states_before_approval(assessment):
        return "approve"
    is_next = assessment.state == State.SUBMITTED and assessment.is_checkable
    return "check" if is_next else ""

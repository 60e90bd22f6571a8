"""The form of one assessment: every line on a page, and what its buttons do.

Each button sends the whole form, so that nothing typed is lost where no script saves the lines
one by one.
"""

from dataclasses import dataclass, field

from django.contrib import messages
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from accounts.refusals import Refused
from communes.scope import Action
from criteria import steps
from criteria.answers import Answer, read_answers
from criteria.entry import read_entry
from criteria.form_lines import form_lines
from criteria.models import Assessment, Grade, Score
from criteria.refusals import Conflicts
from criteria.scoring import save_scores, why_not_writable, why_shut
from criteria.sheets import layout_of
from criteria.talk import counts
from criteria.views.access import locked_or_404


@dataclass
class Refusal:
    """Why a form was not taken, what was typed, and other people's scores that it met, by code."""

    sentence: str = ""
    typed: dict[str, Answer] = field(default_factory=dict)
    theirs: dict[str, Score] = field(default_factory=dict)
    lists_obstacles: bool = False

    @property
    def faulty(self) -> list[Answer]:
        return [answer for answer in self.typed.values() if answer.fault]

    @property
    def contested(self) -> list[Answer]:
        return [answer for code, answer in self.typed.items() if code in self.theirs]


@require_http_methods(["GET", "POST"])
def assessment_page(request, pk):
    """Every line of the assessment, to be filled in or read; the Save button posts here."""
    if request.method == "GET":
        return show(request, pk)
    return save_and(request, pk, lambda assessment: _("Saved."))


@require_POST
def submit(request, pk):
    def then(assessment):
        steps.submit(assessment, by=request.user)
        return _("Submitted %(assessment)s.") % {"assessment": assessment}

    return save_and(request, pk, then)


@require_POST
def carry(request, pk):
    def then(assessment):
        count = steps.carry_forward(assessment, by=request.user)
        words = {"count": count}
        return (
            ngettext(
                "Carried forward %(count)d last verified value; check it.",
                "Carried forward %(count)d last verified values; check them.",
                count,
            )
            % words
        )

    return save_and(request, pk, then)


@require_POST
def withdraw(request, pk):
    try:
        with transaction.atomic():
            assessment = locked_or_404(Assessment.objects.editable_by(request.user), pk)
            steps.withdraw(assessment, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Taken back; you can change it again."))
    return redirect(assessment)


def save_and(request, pk, then):
    """Save all that was sent or nothing, then do `then(assessment)`, which gives the message."""
    answers = []
    try:
        with transaction.atomic():
            assessment = locked_or_404(Assessment.objects.editable_by(request.user), pk)
            lines = layout_of(assessment).lines(assessment.commune)
            answers = read_answers(lines, request.POST)
            save_answers(assessment, answers, request.user)
    except Refused as refusal:
        return show(request, pk, not_saved(answers, refusal))
    try:
        with transaction.atomic():
            assessment = locked_or_404(Assessment.objects.editable_by(request.user), pk)
            message = then(assessment)
    except Refused as refusal:
        return show(request, pk, Refusal(str(refusal), lists_obstacles=True))
    messages.success(request, message)
    return redirect(assessment)


def not_saved(answers: list[Answer], refusal: Refused) -> Refusal:
    pairs = refusal.pairs if isinstance(refusal, Conflicts) else []
    return Refusal(
        "" if pairs or any(answer.fault for answer in answers) else str(refusal),
        {answer.line.code: answer for answer in answers},
        {change.line.code: score for change, score in pairs},
    )


def save_answers(assessment: Assessment, answers: list[Answer], user):
    """Write what was typed; raises Refused when one of the answers cannot be taken."""
    if any(answer.fault for answer in answers):
        raise Refused(_("Nothing was saved."))
    return save_scores([answer.change(assessment) for answer in answers], by=user)


def show(request, pk, refusal: Refusal | None = None):
    """The page; after a refusal with what was typed and why it was not taken."""
    mine = Assessment.objects.editable_by(request.user).filter(pk=OuterRef("pk"))
    assessment = get_object_or_404(
        Assessment.objects.followed_by(request.user).with_names().annotate(mine=Exists(mine)),
        pk=pk,
    )
    entry = read_entry(assessment)
    locked = why_locked(assessment)
    siblings = siblings_of(assessment)
    grades = {assessment.criteria_set.grade, *(of.criteria_set.grade for of in siblings)}
    lines = form_lines(entry, refusal and refusal.typed, refusal and refusal.theirs)
    context = {
        "assessment": assessment,
        "address": assessment.get_absolute_url(),
        "entry": entry,
        "summary": entry.summary,
        "lines": lines,
        "counts": counts(assessment),
        "province": assessment.commune.province,
        "trail": [(_("My work"), reverse("criteria:work"))],
        "refusal": refusal,
        "locked": locked,
        "siblings": siblings,
        "may_withdraw": may_withdraw(assessment),
        "starts_advanced": not locked and Grade.ADVANCED not in grades,
        "may_review": request.user.may(Action.CHECK, assessment.commune.province),
    }
    status = 422 if refusal else 200
    return render(request, "criteria/assessment.html", context, status=status)


def siblings_of(assessment) -> list[Assessment]:
    """The commune's other assessments of the period, under other sets."""
    same = Assessment.objects.filter(commune=assessment.commune, period=assessment.period)
    return list(same.exclude(pk=assessment.pk).select_related("criteria_set"))


def may_withdraw(assessment) -> bool:
    """May the reader take back what was submitted?"""
    is_submitted = assessment.state == Assessment.State.SUBMITTED
    return bool(is_submitted and assessment.mine and not why_shut([assessment]))


def why_locked(assessment) -> str:
    """Why the reader cannot write here; empty where the reader can."""
    if not assessment.mine:
        return _("You may read this assessment. In this period other units enter its scores.")
    return why_not_writable([assessment]).get(assessment.pk, "")

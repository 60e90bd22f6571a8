"""The review of one assessment: what changed, what is odd, and what is decided."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.refusals import Refused
from criteria import steps
from criteria.models import Assessment, ReturnReason
from criteria.review_options import options_for, with_rights
from criteria.review_wording import (
    compared_with,
    line_cells,
    reason_field,
    review_headline,
    time_left,
    why_flagged,
)
from criteria.reviewing import read_reviews
from criteria.sheets import layout_of
from criteria.talk import counts
from criteria.typed import read_text, read_text_of, read_whole
from criteria.views.access import locked_or_refused


def review_page(request, pk):
    return show(request, pk)


@require_POST
def check(request, pk):
    allowed = Assessment.objects.checkable_by(request.user)
    return decide(request, pk, allowed, steps.check, _("Verified for the district: %(what)s."))


@require_POST
def approve(request, pk):
    allowed = Assessment.objects.decidable_by(request.user)
    return decide(request, pk, allowed, steps.approve, _("Approved: %(what)s."))


@require_POST
def send_back(request, pk):
    """Return it with what was typed; the district only what waits for the district."""
    decidable = Assessment.objects.decidable_by(request.user)

    def step(assessment, *, by, version):
        reasons = typed_reasons(assessment, request.POST)
        only = None if decidable.filter(pk=pk).exists() else [Assessment.State.SUBMITTED]
        general = read_text(request.POST.get("reason", ""))
        fields = {"version": version, "reason": general, "sources": only}
        steps.send_back(assessment, reasons, by=by, **fields)

    allowed = Assessment.objects.reviewable_by(request.user)
    return decide(request, pk, allowed, step, _("Returned: %(what)s."))


@require_POST
def undo(request, pk):
    return take_back(
        request,
        pk,
        steps.undo_approval,
        _("Approval undone: %(what)s waits for a decision again."),
    )


@require_POST
def reopen(request, pk):
    return take_back(
        request, pk, steps.reopen, _("Reopened: %(what)s. Its scores can be changed now.")
    )


def decide(request, pk, allowed, step, done: str):
    """Take a step and go on to the next assessment that waits; a refused one stays, with why."""
    return _take(request, pk, allowed, step, done, go_on)


def take_back(request, pk, step, done: str):
    """Take a step that needs a reason and stay with the assessment."""
    allowed = Assessment.objects.decidable_by(request.user)

    def with_reason(assessment, **fields):
        step(assessment, reason=read_text(request.POST.get("reason", "")), **fields)

    return _take(request, pk, allowed, with_reason, done, lambda user, of: review_url(of.pk))


def _take(request, pk, allowed, step, done, where_next):
    try:
        with transaction.atomic():
            assessment = locked_or_refused(request.user, allowed, pk)
            step(assessment, by=request.user, version=read_whole(request.POST.get("version")))
    except Refused as refusal:
        return show(request, pk, str(refusal))
    messages.success(request, done % {"what": assessment})
    return redirect(where_next(request.user, assessment))


def typed_reasons(assessment: Assessment, typed) -> dict:
    """The reasons typed for single lines."""
    lines = layout_of(assessment).lines(assessment.commune)
    texts = {line: read_text_of(line.code, typed.get(reason_field(line), "")) for line in lines}
    return {line: text for line, text in texts.items() if text}


def go_on(user, assessment: Assessment) -> str:
    """The next assessment of the period that waits for the user, by district and name; after
    the last one the queue.
    """
    order = ["commune__district__sort_key", "commune__sort_key", "pk"]
    waiting = Assessment.objects.waiting_for(user).filter(period=assessment.period)
    commune = assessment.commune
    here = (_or_last(commune.district and commune.district.sort_key), commune.sort_key)
    places = sorted((_or_last(first), *rest) for first, *rest in waiting.values_list(*order))
    later = [place for place in places if place > (*here, assessment.pk)]
    following = (later or places)[:1]
    return review_url(following[0][-1]) if following else queue_url(assessment)


def _or_last(sort_key: str | None) -> tuple[bool, str]:
    """Communes without a district come after the others."""
    return (sort_key is None, sort_key or "")


def review_url(pk: int) -> str:
    return reverse("criteria:review", kwargs={"pk": pk})


def queue_url(assessment: Assessment) -> str:
    code = assessment.commune.province.code
    queue = reverse("criteria:review_queue", kwargs={"province": code})
    return f"{queue}?period={assessment.period.code}"


def show(request, pk, refusal: str = ""):
    """The page; after a refusal with the reason and everything that was typed."""
    rows = Assessment.objects.followed_by(request.user).with_names()
    assessment = get_object_or_404(with_rights(rows, request.user), pk=pk)
    if not (assessment.is_checkable or assessment.is_decidable):
        raise PermissionDenied
    [review] = read_reviews([assessment], request.user)
    typed = request.POST if refusal else {}
    options = options_for(assessment, request.user)
    context = {
        "assessment": assessment,
        "address": assessment.get_absolute_url(),
        "province": assessment.commune.province,
        "trail": [(_("To be reviewed"), queue_url(assessment))],
        "title": review_headline(review),
        "compared_with": compared_with(review),
        "review": review,
        "flags": [why_flagged(raised, review) for raised in review.flags],
        "first": [line_cells(line, review, typed) for line in review.first],
        "rest": [
            (criterion, [line_cells(line, review, typed) for line in lines])
            for criterion, lines in review.rest.items()
        ],
        "counts": counts(assessment),
        "options": options,
        "time_left": time_left(options.undo_until) if options.undo_until else "",
        "steps": steps_of(assessment),
        "refusal": refusal,
        "verb": request.resolver_match.url_name if refusal else "",
        "typed_reason": typed.get("reason", ""),
    }
    return render(request, "criteria/review.html", context, status=422 if refusal else 200)


def steps_of(assessment: Assessment):
    """Its way so far, with the reasons given for single lines."""
    reasons = ReturnReason.objects.select_related("indicator", "criterion")
    return assessment.steps.select_related("by").prefetch_related(Prefetch("reasons", reasons))

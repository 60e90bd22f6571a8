"""What waits to be verified or approved, and deciding on several at once."""

from itertools import groupby
from operator import itemgetter

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts.decorators import in_province
from accounts.refusals import Refused
from communes.scope import Action
from criteria import steps
from criteria.models import Assessment
from criteria.review_forms import QueueForm
from criteria.reviewing import Review, read_reviews
from criteria.typed import read_whole
from criteria.views.access import locked
from criteria.views.review import review_url

# A page of the queue holds whole districts, until it has about so many rows.
ROWS = 50


@in_province(Action.CHECK)
def review_queue(request, province):
    form = QueueForm(request.GET, province=province, user=request.user)
    found = form.found()
    pages = pages_of(found)
    page = pages.get_page(request.GET.get("page"))
    mine = Assessment.objects.filter(pk=OuterRef("pk")).waiting_for(request.user)
    shown = found.filter(pk__in=page.object_list[0]).annotate(is_waiting=Exists(mine))
    reviews = read_reviews(list(shown.with_names().select_related("submitted_by")), request.user)
    context = {
        "province": province,
        "form": form,
        "period": form.chosen_period,
        "page": page,
        "count": sum(map(len, pages.object_list)),
        "groups": by_district(reviews),
        "is_waiting": bool(form.is_valid() and not form.cleaned_data["state"]),
        "has_choice": any(review.assessment.is_waiting for review in reviews),
        "decides": request.user.may(Action.DECIDE, province),
    }
    return render(request, "criteria/review_queue.html", context)


def pages_of(found) -> Paginator:
    """The keys of assessments in pages, each of them one list; one query."""
    rows = found.order_by("commune__district__sort_key", "commune__district")
    pages = [[]]
    for _district, group in groupby(rows.values_list("commune__district", "pk"), itemgetter(0)):
        if len(pages[-1]) >= ROWS:
            pages.append([])
        pages[-1].extend(pk for _district, pk in group)
    return Paginator(pages, per_page=1)


def by_district(reviews: list[Review]) -> list[tuple]:
    """The rows by district, in the order of their names; without a district last.

    Within a district those with most warnings come first, then those with most flags.
    """

    def place(review: Review):
        district = review.assessment.commune.district
        return (district is None, district.sort_key if district else "", district and district.pk)

    def order(review: Review):
        commune = review.assessment.commune
        return (-len(review.warned), -len(review.flags), commune.sort_key, review.assessment.pk)

    ordered = sorted(reviews, key=lambda review: (place(review), order(review)))
    return [
        (rows[0].assessment.commune.district, [row_of(review) for review in rows])
        for rows in (list(group) for _place, group in groupby(ordered, key=place))
    ]


def row_of(review: Review) -> dict:
    assessment = review.assessment
    before = review.entry.before
    return {
        "assessment": assessment,
        "url": review_url(assessment.pk),
        "met": review.tally.met,
        "met_before": before and before.criteria_met,
        "changed": len(review.changed),
        "warnings": len(review.warned),
        "flags": len(review.flags),
        "chosen": f"{assessment.pk}:{assessment.version}" if assessment.is_waiting else "",
    }


@require_POST
@in_province(Action.DECIDE)
def approve_selected(request, province):
    allowed = Assessment.objects.decidable_by(request.user)
    done = decide_selected(request, allowed.filter(commune__province=province), steps.approve)
    if done:
        text = ngettext("%(count)d assessment approved.", "%(count)d assessments approved.", done)
        messages.success(request, text % {"count": done})
    return back_to_queue(request, province)


@require_POST
@in_province(Action.CHECK)
def check_selected(request, province):
    allowed = Assessment.objects.checkable_by(request.user)
    done = decide_selected(request, allowed.filter(commune__province=province), steps.check)
    if done:
        text = ngettext(
            "%(count)d assessment verified for the district.",
            "%(count)d assessments verified for the district.",
            done,
        )
        messages.success(request, text % {"count": done})
    return back_to_queue(request, province)


@transaction.atomic
def decide_selected(request, allowed, step) -> int:
    """Take the step for each chosen assessment, each in a savepoint of its own; how many went.

    Why another one did not go is said in a message for each. One that is not the user's to
    decide on refuses all, as a 404.
    """
    versions = chosen_versions(request.POST.getlist("chosen"))
    found = list(locked(allowed).filter(pk__in=versions).order_by("pk"))
    if len(found) < len(versions):
        raise Http404
    if not found:
        messages.warning(request, _("Nothing was selected. Tick the assessments first."))
    done = 0
    for assessment in found:
        try:
            step(assessment, by=request.user, version=versions[assessment.pk])
        except Refused as refusal:
            words = {"what": assessment, "why": refusal}
            messages.warning(request, _("Not done, %(what)s: %(why)s") % words)
        else:
            done += 1
    return done


def chosen_versions(chosen: list[str]) -> dict[int, int]:
    """The version that the page showed of each chosen assessment, by pk."""
    pairs = (text.partition(":") for text in chosen)
    return {read_whole(pk): read_whole(version) for pk, _colon, version in pairs}


def back_to_queue(request, province):
    """To the queue as it was narrowed."""
    query = request.GET.urlencode()
    address = reverse("criteria:review_queue", kwargs={"province": province.code})
    return redirect(f"{address}?{query}" if query else address)

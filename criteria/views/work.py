"""What the person who is signed in has to do next."""

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from communes.models import Province
from communes.scope import Action
from criteria.duties import Duties, duties_of, overview, works_on_communes
from criteria.models import Assessment, Notice


def my_work(request):
    """What is to be mended, entered and decided in the user's area, the most urgent first."""
    user = request.user
    duties = duties_of(user)
    waiting = Assessment.objects.waiting_for(user)
    to_check = waiting.waiting_for_check().count()
    to_approve = waiting.waiting_for_approval().count()
    provinces = list(Province.objects.visible_to(user))
    places = [Place(user, province) for province in provinces]
    context = {
        "title": headline(duties, to_check + to_approve),
        "duties": duties,
        "to_check": to_check,
        "to_approve": to_approve,
        "periods": [] if works_on_communes(user) else overview(user),
        "unread": Notice.objects.visible_to(user).unread().count(),
        "queue": queue_of(places) if to_check or to_approve else "",
        "places": places,
        "province": provinces[0] if len(provinces) == 1 else None,
        "works_on_communes": works_on_communes(user),
    }
    return render(request, "criteria/work.html", context)


def queue_of(places) -> str:
    """Where the user decides: the queue of the first province with one."""
    codes = [place.province.code for place in places if place.may_review]
    return reverse("criteria:review_queue", args=codes[:1]) if codes else ""


class Place:
    """A province and which of its work pages the user may open."""

    def __init__(self, user, province):
        self.province = province
        self.may_enter = user.may(Action.ENTER, province)
        self.may_review = user.may(Action.CHECK, province)
        self.may_decide = user.may(Action.DECIDE, province)
        self.may_follow = user.may(Action.FOLLOW, province)


def headline(duties: Duties, to_decide: int) -> str:
    """The one line that answers: what is there to do?"""
    parts = []
    if count := len(duties.to_mend):
        parts.append(
            ngettext("%(count)d assessment to mend", "%(count)d assessments to mend", count)
            % {"count": count}
        )
    if count := len(duties.to_enter):
        parts.append(
            ngettext("%(count)d to enter", "%(count)d to enter", count) % {"count": count}
        )
    if to_decide:
        parts.append(
            ngettext("%(count)d to decide on", "%(count)d to decide on", to_decide)
            % {"count": to_decide}
        )
    if not parts:
        return _("My work: nothing waits for you")
    return _("My work: %(parts)s") % {"parts": ", ".join(parts)}

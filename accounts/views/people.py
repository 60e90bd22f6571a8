"""People of a province: the list, one person, invitations, names and roles."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from accounts import steps
from accounts.decorators import administrators_only
from accounts.forms.people import (
    ChangePersonForm,
    GiveRoleForm,
    InviteForm,
    PeopleFilter,
    ProvinceForm,
)
from accounts.forms.reason import ReasonForm
from accounts.history import events_of
from accounts.links import good_until, link_for, send_link
from accounts.models import Membership, User
from accounts.refusals import Refused
from ntm_tracker.web.numbers import moment

PEOPLE_PER_PAGE = 50
LINK = "set_password_link"  # in the session until it is handed over


@administrators_only
def people(request):
    form = PeopleFilter(request.GET, user=request.user)
    found = form.narrow(User.objects.visible_to(request.user)).order_by("sort_key", "username")
    pages = Paginator(found.with_roles_for(request.user), PEOPLE_PER_PAGE)
    context = {
        "form": form,
        "page": pages.get_page(request.GET.get("page")),
        "chips": [(text, without(request, name)) for name, text in form.chips()],
    }
    return render(request, "account/people/list.html", context)


def without(request, name):
    """The address of a filtered list without one of its filters, from its first page."""
    rest = request.GET.copy()
    for gone in (name, "page"):
        rest.pop(gone, None)
    return f"{request.path}?{rest.urlencode()}"


@administrators_only
def person(request, pk):
    found = _visible_or_404(request, pk)
    context = {
        "person": found,
        "roles": found.memberships.visible_to(request.user).with_areas().order_by("pk"),
        "obstacle": steps.obstacle(found, by=request.user),
        "may_change_roles": request.user.is_superuser or not found.is_superuser,
        "has_second_factor": found.has_second_factor,
        "events": events_of(found, seen_by=request.user),
    }
    return render(request, "account/people/person.html", context)


@administrators_only
def invite(request):
    where = ProvinceForm(request.GET, user=request.user)
    form = InviteForm(request.POST or None, province=where.province_or_first())
    if request.method == "POST" and form.is_valid():
        invited = steps.invite(by=request.user, **form.cleaned_data)
        return hand_over_link(request, invited)
    return render(request, "account/people/invite.html", {"form": form, "where": where})


@administrators_only
def change(request, pk):
    if request.method == "POST":
        return _save_change(request, pk)
    return _show_change(request, ChangePersonForm(instance=_visible_or_404(request, pk)))


@transaction.atomic
def _save_change(request, pk):
    """Save with the account locked, so that the form compares with what is stored now."""
    found = _visible_or_404(request, pk, User.objects.select_for_update())
    form = ChangePersonForm(request.POST, instance=found)
    if not form.is_valid():
        return _show_change(request, form)
    return attempt(request, found, _("The changes are saved."), steps.change, found, **form.typed)


def _show_change(request, form):
    context = {"form": form, "person": form.instance}
    return render(request, "account/people/change.html", context)


@administrators_only
def give_role(request, pk):
    found = _visible_or_404(request, pk)
    where = ProvinceForm(request.GET, user=request.user)
    form = GiveRoleForm(request.POST or None, province=where.province_or_first())
    if request.method == "POST" and form.is_valid():
        done = _("The role is given.")
        return attempt(request, found, done, steps.give_role, found, **form.cleaned_data)
    context = {"form": form, "where": where, "person": found}
    return render(request, "account/people/give_role.html", context)


@administrators_only
def take_role(request, pk):
    roles = Membership.objects.editable_by(request.user).with_areas().select_related("user")
    role = get_object_or_404(roles, pk=pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = _("The role is taken away.")
        return attempt(request, role.user, done, steps.take_role, role, **form.cleaned_data)
    context = {"form": form, "role": role, "person": role.user}
    return render(request, "account/people/take_role.html", context)


@administrators_only
@never_cache
def link(request, pk):
    """The link to set a password, shown until it is said to be handed over."""
    found = _visible_or_404(request, pk)
    kept = request.session.get(LINK, {})
    is_theirs = kept.get("person") == pk
    if request.method == "POST":
        if is_theirs:
            del request.session[LINK]
        messages.success(request, _("The link is handed over; it is not shown any more."))
        return redirect("accounts:person", pk=pk)
    context = {"person": found, "kept": kept if is_theirs else {}}
    return render(request, "account/people/link.html", context)


def hand_over_link(request, found):
    """Send the link, and keep it for the page that shows it."""
    made = link_for(found, request)
    request.session[LINK] = {
        "person": found.pk,
        "link": made,
        "until": moment(good_until()),
        "sent_to": found.email if send_link(found, made) else "",
    }
    return redirect("accounts:link", pk=found.pk)


def attempt(request, found, done, step, *args, **kwargs):
    """Take a step, say how it went, and go back to the person's page."""
    try:
        step(*args, by=request.user, **kwargs)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, done)
    return redirect("accounts:person", pk=found.pk)


def _visible_or_404(request, pk, people=User.objects):
    return get_object_or_404(people.visible_to(request.user), pk=pk)

"""The tables of the pages about people as files."""

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from accounts.decorators import administrators_only
from accounts.files import events_table
from accounts.forms.people import PeopleFilter
from accounts.history import events_of
from accounts.models import User
from ntm_tracker.web.downloads import Table, answer, builder_or_404
from ntm_tracker.web.numbers import day


@administrators_only
def people_table(request, table, kind):
    """All that the filters leave, not only the page that is shown."""
    build = builder_or_404({"people": _people}, table)
    return answer(build(request), kind)


def _people(request) -> Table:
    form = PeopleFilter(request.GET, user=request.user)
    found = form.narrow(User.objects.visible_to(request.user)).order_by("sort_key", "username")
    return Table(
        name="people",
        title=_("People"),
        header=[
            _("Full name"),
            _("Username"),
            _("E-mail"),
            _("Roles and areas"),
            _("Account"),
            _("Last sign-in"),
        ],
        rows=[
            [
                str(person),
                person.username,
                person.email,
                "; ".join(f"{r.get_role_display()}: {r.area}" for r in person.roles_shown),
                person.account_state,
                day(person.last_login) if person.last_login else "",
            ]
            for person in found.with_roles_for(request.user)
        ],
        notes=[text for _name, text in form.chips()],
    )


@administrators_only
def person_table(request, pk, table, kind):
    build = builder_or_404({"roles": _roles_seen, "history": _history}, table)
    person = get_object_or_404(User.objects.visible_to(request.user), pk=pk)
    return answer(build(request, person), kind)


def _roles_seen(request, person) -> Table:
    return _roles(person, person.memberships.visible_to(request.user))


def _roles(person, memberships) -> Table:
    found = memberships.with_areas().order_by("pk")
    return Table(
        name=f"{person.username}-roles",
        title=_("Roles and areas of %(person)s") % {"person": person},
        header=[_("Role"), _("Area"), _("Province")],
        rows=[[role.get_role_display(), str(role.area), str(role.province)] for role in found],
    )


def _history(request, person) -> Table:
    title = _("History of %(person)s") % {"person": person}
    events = events_of(person, seen_by=request.user)
    return events_table(f"{person.username}-history", title, events, request.user)


def me_table(request, table, kind):
    build = builder_or_404({"roles": _roles}, table)
    return answer(build(request.user, request.user.memberships.all()), kind)

"""Work in progress for pictures, on a site that `manage.py prepare` has set up; run as a program.

Prints JSON: addresses of pages by name, each with the session of who looks at it. The scores are
made up and marked illustrative, as the pictures show.
"""

import json
import sys
from decimal import Decimal

import django
from django.conf import settings


def main() -> None:
    django.setup()
    from django.db import transaction

    with transaction.atomic():
        found = work()
    sys.stdout.write(json.dumps(found))


def work() -> dict[str, tuple[str, str]]:
    from accounts.models import Membership, Role
    from criteria.models import Assessment, ReportingPeriod

    period = ReportingPeriod.objects.open().get()
    ours = Assessment.objects.filter(period=period)
    ours.update(is_illustrative=True)
    rows = list(ours.with_names().order_by("commune__sort_key")[:6])
    people = {role.role: role.user for role in Membership.objects.select_related("user")}
    staff = people[Role.COMMUNE_STAFF]
    mine = staff.memberships.get().commune_id
    for number, row in enumerate(rows):
        fill(row, by=staff if row.commune_id == mine else colleague(row), number=number)
    staff_session, officer_session = session_of(staff), session_of(people[Role.PROVINCIAL_OFFICER])
    administrator_session = session_of(people[Role.ADMINISTRATOR])
    form = next(row for row in rows if row.commune_id == mine)
    waiting = next(row for row in rows if row.commune_id != mine)
    code = form.commune.province.code
    return {
        "work": ("/work/", staff_session),
        "entry": (form.get_absolute_url(), staff_session),
        "history": (f"{form.get_absolute_url()}history/", staff_session),
        "grid": (f"/provinces/{code}/grid/?criterion=2", officer_session),
        "review-queue": (f"/provinces/{code}/review/", officer_session),
        "review": (f"{waiting.get_absolute_url()}review/", officer_session),
        "periods": (f"/provinces/{code}/periods/", officer_session),
        "log": (f"/provinces/{code}/log/", officer_session),
        "people": ("/accounts/people/", administrator_session),
        "webhooks": (f"/provinces/{code}/webhooks/", administrator_session),
        **registers(code, officer_session),
    }


REGISTERS = {
    "registers": "registers/",
    "excel": "excel/",
    "recognitions": "recognitions/",
    "recognition-add": "recognitions/add/",
    "published-figures": "registers/published/",
    "plans": "plans/",
    "thresholds": "thresholds/",
    "criteria-sets": "sets/",
    "boundaries": "boundaries/",
    "boundary-add": "boundaries/drafts/add/",
    "areas": "boundaries/areas/",
}


def registers(province: str, session: str) -> dict[str, tuple[str, str]]:
    """What a province keeps up, with one plan opened to be read and to be changed."""
    from targets.models import Plan

    plan = Plan.objects.filter(province__code=province).first()
    pages = REGISTERS | {
        "plan": f"plans/{plan.code}/",
        "plan-targets": f"plans/{plan.code}/targets/",
    }
    return {name: (f"/provinces/{province}/{path}", session) for name, path in pages.items()}


def fill(assessment, *, by, number: int) -> None:
    """Scores of a part of the lines for the user's own commune, of all lines for the others."""
    from accounts.models import Role
    from criteria import steps
    from criteria.models import Assessment
    from criteria.scoring import Change, save_scores
    from criteria.sheets import layout_of

    lines = layout_of(assessment).lines(assessment.commune)
    is_own = by.memberships.get().role == Role.COMMUNE_STAFF and number == 0
    changes = [
        Change(assessment, line, value_for(line, number + place), "met", note_for(line, place))
        for place, line in enumerate(lines)
        if not is_own or place < len(lines) // 3
    ]
    save_scores(changes, by=by)
    if not is_own:
        steps.submit(Assessment.objects.with_names().get(pk=assessment.pk), by=by)


def value_for(line, number: int) -> Decimal | None:
    """At its threshold or somewhat off it."""
    if not line.is_measured:
        return None
    limit = line.limit if line.limit is not None else Decimal(80)
    highest = Decimal(100) if line.kind == "percent" else limit + 5
    return max(Decimal(0), min(highest, limit + number % 5 - 1)).quantize(Decimal(1))


def note_for(line, number: int) -> str:
    return "Theo biên bản rà soát quý 3." if line.is_measured else ""


def colleague(assessment):
    """Staff of another commune."""
    from accounts.models import Membership, Role, User

    commune = assessment.commune
    user = User.objects.create_user(f"xa{commune.pk}", full_name=f"Cán bộ xã {commune.name}")
    Membership.objects.create(
        user=user, role=Role.COMMUNE_STAFF, province=commune.province, commune=commune
    )
    return user


def session_of(user) -> str:
    from django.test import Client

    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
    client = Client()
    client.force_login(user)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


if __name__ == "__main__":
    main()

"""Time the entry of scores: the form, one field of it, and a block of 181 communes by 57.

Loads one database with reference data, opens a period and sends the requests of somebody who is
signed in through the whole handler, middleware and all; wall times without network or client.
"""

import gc
import io
import random
import statistics
import sys
import time
import timeit
from datetime import date

import django
from django.core.handlers.base import BaseHandler
from django.core.management import call_command
from django.db import connection
from django.test import Client, RequestFactory

from criteria.blocks import join

PERIOD_ENDS = date(2024, 6, 30)
SET = "XA_NTM_2021_2025"
PROVINCE = "20"
RUNS = 5
FORM, FIELD = "form of 57 indicators", "save one field"
FORM_RUNS = 60
PREVIEW, APPLY = "preview of 181 × 57 cells", "apply of 181 × 57 cells"


class Count:
    """Counts queries without keeping them, which takes its time with 10,000 rows each."""

    queries = 0

    def __call__(self, execute, *args):
        self.queries += 1
        return execute(*args)


class SignedIn:
    """Sends requests as one signed-in user and says how long each took, in milliseconds."""

    def __init__(self, user):
        client = Client()
        client.force_login(user)
        self.cookies = client.cookies
        self.handler = BaseHandler()
        self.handler.load_middleware()

    def ask(self, address: str, data: dict | None = None, status: int = 200):
        """A GET, or with `data` a POST; the answer, its time and its number of queries."""
        count = Count()
        factory = RequestFactory(HTTP_HOST="localhost")
        factory.cookies = self.cookies
        request = factory.get(address) if data is None else factory.post(address, data)
        request._dont_enforce_csrf_checks = True
        gc.collect()
        with connection.execute_wrapper(count):
            started = time.perf_counter()
            response = self.handler.get_response(request)
            took = 1000 * (time.perf_counter() - started)
        assert response.status_code == status, (address, response.status_code)
        return response, took, count.queries


def open_period():
    """A period in which every commune of the programme has an empty assessment; its officer."""
    from accounts.models import Membership, Role, User
    from communes.models import Commune, Province
    from criteria.models import Assessment, CriteriaSet, ReportingPeriod

    province = Province.objects.get(code=PROVINCE)
    period = ReportingPeriod.objects.create(
        province=province,
        year=PERIOD_ENDS.year,
        quarter=2,
        starts_on=date(2024, 4, 1),
        ends_on=PERIOD_ENDS,
        due_on=PERIOD_ENDS,
        status=ReportingPeriod.Status.OPEN,
    )
    criteria_set = CriteriaSet.objects.get(code=SET)
    communes = Commune.objects.filter(province=province).in_programme().in_force(PERIOD_ENDS)
    Assessment.objects.bulk_create(
        Assessment(commune=commune, criteria_set=criteria_set, period=period)
        for commune in communes
    )
    user = User.objects.create(username="bench", full_name="Người đo")
    Membership.objects.create(user=user, role=Role.PROVINCIAL_OFFICER, province=province)
    return period, user


def whole_block(seed: int) -> str:
    """A sheet with codes of communes and numbers of indicators; each seed gives other cells."""
    from criteria.models import Assessment, Indicator

    dice = random.Random(seed)
    indicators = list(
        Indicator.objects.filter(criterion__criteria_set__code=SET).order_by(
            "criterion__number", "position"
        )
    )
    codes = Assessment.objects.order_by("pk").values_list("commune__code", flat=True)
    rows = [[code, *(cell(row.kind, dice, seed) for row in indicators)] for code in codes]
    return join([["", *(row.code for row in indicators)], *rows])


def cell(kind: str, dice, seed: int) -> str:
    if kind == "verdict":
        return ["Đ", "K", "CĐ"][seed % 3]
    whole, tenth = dice.randrange(1, 99), seed % 9 + 1
    letter = dice.choice(["Đ", "K"])
    return f"{whole} {letter}" if kind == "count" else f"{whole},{tenth} {letter}"


def measure_block(user) -> dict[str, list[tuple[float, int]]]:
    """Times and queries of preview and apply, each run with other findings in every cell."""
    signed_in = SignedIn(user)
    address = f"/provinces/{PROVINCE}/grid/"
    found = {PREVIEW: [], APPLY: []}
    for seed in range(RUNS):
        sent = {"block": whole_block(seed), "step": "preview"}
        response, *figures = signed_in.ask(address, sent)
        found[PREVIEW].append(figures)
        sent |= {"step": "apply", "seen": seal_in(response)}
        _response, *figures = signed_in.ask(address, sent, status=302)
        found[APPLY].append(figures)
    return found


def measure_form(user) -> dict[str, list[tuple[float, int]]]:
    """Times and queries of opening the form and of saving a field, each save another value."""
    from criteria.models import Assessment

    signed_in = SignedIn(user)
    assessment = Assessment.objects.filter(criteria_set__code=SET).first()
    address = assessment.get_absolute_url()
    found = {FORM: [], FIELD: []}
    for version in range(FORM_RUNS):
        _response, *figures = signed_in.ask(address)
        found[FORM].append(figures)
        sent = {"value-2.1": f"{version},5", "verdict-2.1": "met", "version-2.1": str(version)}
        _response, *figures = signed_in.ask(f"{address}scores/2.1/", sent)
        found[FIELD].append(figures)
    return found


def seal_in(response) -> str:
    return response.content.decode().split('name="seen" value="')[1].split('"')[0]


def calibration() -> float:
    """Microseconds of `sum(range(1000))` here and now, by which machines compare."""
    return 1000 * min(timeit.repeat("sum(range(1000))", number=1000, repeat=5))


def report(found: dict[str, list[tuple[float, int]]], what="entry") -> str:
    lines = [f"{what:<40}{'queries':>10}{'p50':>10}{'slowest':>10}"]
    for name, runs in found.items():
        times = sorted(took for took, _queries in runs)
        middle = statistics.median(times)
        lines.append(f"{name:<40}{runs[-1][1]:>10}{middle:>10.0f}{times[-1]:>10.0f}")
    return "\n".join(lines)


def main() -> None:
    django.setup()
    call_command("migrate", verbosity=0)
    call_command("load_reference", stdout=io.StringIO())
    _period, user = open_period()
    # As the server does before it forks.
    gc.freeze()
    found = measure_form(user) | measure_block(user)
    sys.stdout.write(
        f"\n{connection.vendor}: sum(range(1000)) takes {calibration():.1f} µs; times in ms\n"
        f"{report(found)}\n"
    )


if __name__ == "__main__":
    main()

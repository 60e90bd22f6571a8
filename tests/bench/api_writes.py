"""Time programs at work with scores: 181 × 57 of them written at once, and five years streamed.

Requests go through the whole handler, middleware and all; wall times without network or client.
"""

import gc
import io
import json
import random
import sys
import time
import tracemalloc
from datetime import date

import django
from django.core.management import call_command
from django.db import connection
from django.test import RequestFactory

from tests.bench.entry import PROVINCE, RUNS, SET, SignedIn, calibration, open_period, report

SCORES = "/api/v1/scores"
WRITE, STREAM, PAGE = "PUT of 181 × 57 scores", "five years of scores as CSV", "page of 100 scores"
QUARTERS = [(year, quarter) for year in range(2019, 2024) for quarter in (1, 2, 3, 4)]


class Program(SignedIn):
    """Sends JSON, and reads what is streamed to its end."""

    def put(self, address: str, body: dict):
        factory = RequestFactory(HTTP_HOST="localhost")
        factory.cookies = self.cookies
        request = factory.put(address, json.dumps(body), content_type="application/json")
        request._dont_enforce_csrf_checks = True
        gc.collect()
        started = time.perf_counter()
        response = self.handler.get_response(request)
        took = 1000 * (time.perf_counter() - started)
        assert response.status_code == 200, response.content[:500]
        return response, took

    def read(self, address: str) -> tuple[int, float]:
        """How many lines came, and how long until the last one."""
        response, took, _queries = self.ask(address)
        started = time.perf_counter()
        lines = sum(piece.count(b"\n") for piece in response.streaming_content)
        return lines, took + 1000 * (time.perf_counter() - started)


def findings(seed: int) -> list[dict]:
    """A finding of every line of every commune; each seed gives others."""
    from criteria.models import Assessment, Indicator

    dice = random.Random(seed)
    lines = list(Indicator.objects.filter(criterion__criteria_set__code=SET))
    rows = Assessment.objects.filter(period__year=2024).values_list("commune__code", flat=True)
    return [
        {"commune": code, "period": "2024-Q2", "set": SET, "code": line.code, "version": seed}
        | finding(line.kind, dice, seed)
        for code in rows
        for line in lines
    ]


def finding(kind: str, dice, seed: int) -> dict:
    if kind == "verdict":
        return {"verdict": ["met", "not_met", "basically"][seed % 3]}
    tenth = "" if kind == "count" else f".{seed % 9 + 1}"
    return {"value": f"{dice.randrange(1, 99)}{tenth}", "note": f"lần {seed}"}


def measure_writes(program: Program) -> list[tuple[float, int]]:
    found = []
    for seed in range(RUNS):
        sent = {"scores": findings(seed)}
        response, took = program.put(SCORES, sent)
        assert json.loads(response.content)["saved"] == len(sent["scores"])
        found.append((took, len(sent["scores"])))
    return found


def fill_five_years(province, user) -> None:
    """Scores of every commune in twenty quarters, written without their history."""
    from communes.models import Commune
    from criteria.models import Assessment, CriteriaSet, Indicator, ReportingPeriod, Score
    from criteria.opening import days_of
    from criteria.rows import insert

    criteria_set = CriteriaSet.objects.get(code=SET)
    lines = list(Indicator.objects.filter(criterion__criteria_set=criteria_set))
    in_force = Commune.objects.filter(province=province).in_programme()
    communes = list(in_force.in_force(date(2024, 6, 30)))
    for year, quarter in QUARTERS:
        first, last = days_of(year, quarter)
        period = ReportingPeriod.objects.create(
            province=province,
            year=year,
            quarter=quarter,
            starts_on=first,
            ends_on=last,
            due_on=last,
        )
        made = Assessment.objects.bulk_create(
            Assessment(commune=commune, criteria_set=criteria_set, period=period)
            for commune in communes
        )
        rows = [
            (row.pk, line.pk, 50.5, "met", "", user.pk, "2024-01-01 00:00:00+00:00")
            for row in made
            for line in lines
        ]
        columns = ["assessment_id", "indicator_id", "value", "verdict", "note"]
        insert(Score, [*columns, "entered_by_id", "entered_at"], rows)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def measure_stream(program: Program) -> tuple[list[tuple[float, int]], float]:
    """Times and lines of the stream, and the megabytes that it holds at most."""
    address = f"{SCORES}?format=csv&period_to=2023-Q4"
    found = []
    for _run in range(3):
        lines, took = program.read(address)
        found.append((took, lines - 1))
    tracemalloc.start()
    program.read(address)
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return found, most / 1024**2


def measure_pages(program: Program) -> list[tuple[float, int]]:
    found = []
    for number in (1, 2, 1000):
        _response, took, queries = program.ask(f"{SCORES}?page={number}")
        found.append((took, queries))
    return found


def main() -> None:
    django.setup()
    from communes.models import Province

    call_command("migrate", verbosity=0)
    call_command("load_reference", stdout=io.StringIO())
    _period, user = open_period()
    gc.freeze()
    program = Program(user)
    writes = measure_writes(program)
    fill_five_years(Province.objects.get(code=PROVINCE), user)
    stream, megabytes = measure_stream(program)
    found = {WRITE: writes, STREAM: stream, PAGE: measure_pages(program)}
    sys.stdout.write(
        f"\n{connection.vendor}: sum(range(1000)) takes {calibration():.1f} µs; times in ms; the "
        f"stream holds {megabytes:.1f} MB at most\n{report(found, 'scores of programs')}\n"
    )


if __name__ == "__main__":
    main()

"""Load one database and time the pages inside this process, middleware and all.

Cold: nothing is remembered, as after an official change. Warm: the same address again. 304: the
same again with its ETag. Times are wall times of the handler, without network or client.
"""

import gc
import io
import statistics
import sys
import time

import brotli
import django
from django.core.cache import caches
from django.core.handlers.base import BaseHandler
from django.core.management import call_command
from django.test import RequestFactory

PAGES = {
    "province": "/provinces/20/",
    "province, end of 2020 on the old units": (
        "/provinces/20/?as_of=2020-12-31&boundaries=2019-12-31"
    ),
    "matrix": "/provinces/20/matrix/",
    "district": "/provinces/20/districts/185/",
    "commune": "/provinces/20/communes/05986/",
    "criterion": "/provinces/20/criteria/2/",
    "search": "/search/?q=hoa+binh",
    "chart: recognised": "/provinces/20/charts/recognised.json",
    "chart: bottlenecks": "/provinces/20/charts/bottlenecks.json",
    "chart: map": "/provinces/20/charts/map-bands.json",
}
COLD_RUNS, WARM_RUNS = 25, 200
COLUMNS = ["queries", "cold p50", "p95", "warm p50", "p95", "304 p50", "p95", "HTML", "brotli"]


class Timer:
    """Asks one handler for pages and says how long each took, in milliseconds.

    It keeps its cookies as a browser does: an ETag is good for the reader who got it.
    """

    def __init__(self):
        self.handler = BaseHandler()
        self.handler.load_middleware()
        self.factory = RequestFactory(HTTP_HOST="localhost")

    def ask(self, address: str, **headers):
        request = self.factory.get(address, headers=headers)
        started = time.perf_counter()
        response = self.handler.get_response(request)
        took = 1000 * (time.perf_counter() - started)
        wanted = 304 if "If-None-Match" in headers else 200
        assert response.status_code == wanted, (address, response.status_code)
        self.factory.cookies.update(response.cookies)
        return response, took

    def times(self, address: str, runs: int, *, before=None, **headers) -> list[float]:
        found = []
        for _run in range(runs):
            if before:
                before()
            found.append(self.ask(address, **headers)[1])
        return sorted(found)


def forget():
    from targets.snapshot import forget_snapshots

    caches["pages"].clear()
    forget_snapshots()
    gc.collect()


def p50(times):
    return statistics.median(times)


def p95(times):
    return times[min(len(times) - 1, round(0.95 * len(times)))]


def load():
    """Fill an empty database, timing the two loads."""
    call_command("migrate", verbosity=0)
    seconds = {}
    for command in ["load_reference", "load_illustration"]:
        started = time.perf_counter()
        call_command(command, stdout=io.StringIO())
        seconds[command] = time.perf_counter() - started
    return seconds


def row(timer: Timer, address: str) -> list[str]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    timer.ask(address)
    forget()
    with CaptureQueriesContext(connection) as queries:
        response, _took = timer.ask(address)
    cold = timer.times(address, COLD_RUNS, before=forget)
    warm = timer.times(address, WARM_RUNS)
    etag = response.headers.get("ETag")
    again = timer.times(address, WARM_RUNS, **{"If-None-Match": etag}) if etag else []
    sizes = [len(response.content), len(brotli.compress(response.content, quality=4))]
    times = [
        f"{of(kind):.1f}" if kind else "–" for kind in (cold, warm, again) for of in (p50, p95)
    ]
    return [str(len(queries)), *times, *(f"{size / 1000:.1f}" for size in sizes)]


def main() -> None:
    django.setup()
    from django.db import connection

    seconds = load()
    total = sum(seconds.values())
    loads = ", ".join(f"{name} {took:.1f} s" for name, took in seconds.items())
    out = [f"\n{connection.vendor}: {loads}, together {total:.1f} s; times in ms, sizes in kB"]
    out.append(f"{'page':<40}" + "".join(f"{column:>10}" for column in COLUMNS))
    timer = Timer()
    # As the server does before it forks.
    gc.freeze()
    for name, address in PAGES.items():
        out.append(f"{name:<40}" + "".join(f"{cell:>10}" for cell in row(timer, address)))
    sys.stdout.write("\n".join(out) + "\n")


if __name__ == "__main__":
    main()

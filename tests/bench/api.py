"""Time figures of the API inside this process, then 300 requests a second on two workers.

Read as an officer who is signed in reads them: the session, the user, the roles and the province
are looked up each time. What is timed, and how, is as in `tests.bench.pages`.
"""

import gc
import http.client
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from importlib import import_module
from itertools import count

import django
from django.conf import settings

from ntm_tracker.tools import postgres
from tests.bench.pages import COLUMNS, Timer, load, p50, p95, row

API = "/api/v1"
ADDRESSES = {
    "progress": "progress",
    "progress, end of 2020 on the old units": ("progress?as_of=2020-12-31&boundaries=2019-12-31"),
    "progress/series": "progress/series?metric=communes_standard",
    "progress/districts": "progress/districts",
    "a commune's standing": "communes/05986/standing",
    "matrix": "matrix",
    "bottlenecks": "bottlenecks",
    "next-in-line": "next-in-line",
    "map": "map",
    "communes, a page of 100": "communes?page_size=100",
}
RATE, SECONDS, CONNECTIONS = 300, 10, 8
SECONDS_TO_START = 60


def sign_in() -> str:
    """The key of an officer's session."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    from accounts.models import Membership, Role, User
    from communes.models import Province

    user = User.objects.create_user("bench", full_name="Cán bộ tỉnh")
    province = Province.objects.get(code="20")
    Membership.objects.create(user=user, role=Role.VIEWER, province=province)
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return session.session_key


@contextmanager
def served():
    """The port of two workers on the database of this process, as operators start them."""
    port = postgres.free_port()
    command = [sys.executable, "-m", "gunicorn", "--workers", "2", "--threads", "4", "--preload"]
    command += ["--log-level", "error", "--bind", f"127.0.0.1:{port}"]
    process = subprocess.Popen([*command, "ntm_tracker.wsgi:application"])
    try:
        _wait_for(port)
        yield port
    finally:
        process.terminate()
        process.wait(timeout=SECONDS_TO_START)


def _wait_for(port: int):
    until = time.monotonic() + SECONDS_TO_START
    while True:
        try:
            return _get(http.client.HTTPConnection("127.0.0.1", port), "/accounts/login/", "")
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)


def _get(connection, path: str, session: str) -> int:
    cookie = f"{settings.SESSION_COOKIE_NAME}={session}"
    connection.request("GET", path, headers={"Host": "localhost", "Cookie": cookie})
    answer = connection.getresponse()
    answer.read()
    return answer.status


class Load:
    """Requests at a fixed rate, whether or not those before were answered.

    A time runs from when a request was due, so that waiting for a free connection counts. After
    twice the time nothing more is sent; what was due by then is an error.
    """

    def __init__(self, port: int, path: str, session: str):
        self.port, self.path, self.session = port, path, session
        self.numbers = count()
        self.times: list[float] = []
        self.errors: list = []

    def run(self):
        self.started = time.perf_counter()
        senders = [threading.Thread(target=self._send) for _sender in range(CONNECTIONS)]
        for sender in senders:
            sender.start()
        for sender in senders:
            sender.join()
        self.took = time.perf_counter() - self.started

    def _send(self):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        while (number := next(self.numbers)) < RATE * SECONDS:
            if time.perf_counter() - self.started > 2 * SECONDS:
                self.errors.append("not sent in time")
                continue
            due = self.started + number / RATE
            time.sleep(max(0, due - time.perf_counter()))
            try:
                status = _get(connection, self.path, self.session)
            except (OSError, http.client.HTTPException) as error:
                connection.close()
                self.errors.append(repr(error))
                continue
            self.times.append(1000 * (time.perf_counter() - due))
            if status != 200:
                self.errors.append(status)
        connection.close()

    def __str__(self):
        times = sorted(self.times)
        rate = len(times) / self.took
        return (
            f"{RATE} requests a second on {self.path} for {SECONDS} s, two workers: "
            f"{rate:.0f} a second answered, {len(self.errors)} errors, "
            f"p50 {p50(times):.1f} ms, p95 {p95(times):.1f} ms"
        )


def main() -> None:
    django.setup()
    from django.db import connection

    load()
    session = sign_in()
    timer = Timer()
    timer.factory.cookies[settings.SESSION_COOKIE_NAME] = session
    gc.freeze()
    out = [f"\n{connection.vendor}: the API; times in ms, sizes in kB"]
    out.append(f"{'address':<40}" + "".join(f"{column:>10}" for column in COLUMNS))
    for name, path in ADDRESSES.items():
        cells = row(timer, f"{API}/{path}")
        out.append(f"{name:<40}" + "".join(f"{cell:>10}" for cell in cells))
    with served() as port:
        asked = Load(port, f"{API}/progress", session)
        for _worker in range(20):
            _get(http.client.HTTPConnection("127.0.0.1", port), asked.path, session)
        asked.run()
    out.append(str(asked))
    sys.stdout.write("\n".join(out) + "\n")
    if asked.errors:
        sys.exit(f"{len(asked.errors)} requests failed, such as {asked.errors[0]}")


if __name__ == "__main__":
    main()

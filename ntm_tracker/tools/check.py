"""`make test` and `make lint`: run every part, whatever fails, and sum up at the end."""

import json
import os
import secrets
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from ntm_tracker.tools import environment, programs
from ntm_tracker.tools.environment import PYTHON, ROOT, CannotSetUp, say

WORKERS = "2"
# A browser waits more than it works.
WORKERS_IN_BROWSER = "3"
SECONDS_TO_STOP = 30


@dataclass
class Part:
    """One part of the checks: a command, what it needs first, and how it went."""

    title: str
    command: list[str]
    variables: dict[str, str] = field(default_factory=dict)
    needs: Callable[[], object] | None = None
    counts_tests: bool = False
    result: str = ""
    counts: dict[str, int] = field(default_factory=dict)
    seconds: float = 0.0

    @property
    def is_good(self):
        return self.result == "ok"


def test() -> int:
    """Everything, also on PostgreSQL and in a browser; the exit code."""
    return _run_all([*_cheap_parts(), *_test_parts()])


def lint() -> int:
    """What needs no running test; the exit code."""
    return _run_all(_cheap_parts())


def templates() -> list[str]:
    folder = ROOT / "templates"
    return sorted(str(path.relative_to(ROOT)) for path in folder.rglob("*.html"))


def _module(name: str, *arguments: str) -> list[str]:
    return [str(PYTHON), "-m", name, *arguments]


def _script(name: str, *arguments: str) -> list[str]:
    return [str(PYTHON.with_name(name)), *arguments]


def _manage(*arguments: str) -> list[str]:
    return [str(PYTHON), "manage.py", *arguments]


def _cheap_parts() -> list[Part]:
    production = {
        "NTM_ENV": "production",
        "SECRET_KEY": secrets.token_urlsafe(64),
        "ALLOWED_HOSTS": "ntm.example",
        "DEBUG": "0",
    }
    local = {"NTM_ENV": "test", "DATABASE_URL": ""}
    return [
        Part("format of Python", _module("ruff", "format", "--check", ".")),
        Part("lint of Python", _module("ruff", "check", "--output-format=concise", ".")),
        Part("format of templates", _script("djade", "--check", *templates())),
        Part("import direction", _script("lint-imports", "--no-logo")),
        Part("migrations complete", _manage("makemigrations", "--check", "--dry-run"), local),
        Part(
            "deployment check",
            _manage("check", "--deploy", "--fail-level", "WARNING"),
            production | {"DATABASE_URL": ""},
        ),
    ]


def _test_parts() -> list[Part]:
    def pytest(title, *arguments, needs=None, **variables):
        command = _module("pytest", "-q", "-p", "tests.plugins.counted", *arguments)
        return Part(title, command, variables, needs, counts_tests=True)

    sqlite = {"DATABASE_URL": "", "EXPECT_VENDOR": "sqlite"}
    # A module loads what its tests share once: its tests stay together.
    spread = ["-n", WORKERS, "--dist", "loadfile"]
    all_but_browser = [*spread, "--ignore=tests/browser"]
    on_postgres = ["-p", "tests.plugins.postgres", *all_but_browser]
    return [
        pytest("tests on SQLite", *all_but_browser, needs=programs.ensure_for_tests, **sqlite),
        pytest("tests on PostgreSQL", *on_postgres, needs=programs.ensure_for_tests),
        pytest(
            "tests in Chromium",
            *("-n", WORKERS_IN_BROWSER, "--dist", "loadfile"),
            "tests/browser",
            needs=programs.ensure_browser,
            **sqlite,
        ),
    ]


def _run_all(parts: list[Part]) -> int:
    environment.ensure(dev=True)
    for part in parts:
        say(f"\n== {part.title} ==")
        started = time.monotonic()
        _run(part)
        part.seconds = time.monotonic() - started
    _sum_up(parts)
    return 0 if all(part.is_good for part in parts) else 1


def _run(part: Part) -> None:
    try:
        if part.needs:
            part.needs()
    except CannotSetUp as error:
        say(str(error))
        part.result = "could not run"
        return
    with tempfile.TemporaryDirectory(prefix="ntm-counts-") as folder:
        counts = Path(folder, "counts.json")
        variables = {**os.environ, **part.variables, "NTM_COUNTS": str(counts)}
        part.result = "failed" if _exit_code(part.command, variables) else "ok"
        if counts.exists():
            part.counts = json.loads(counts.read_text())
        elif part.counts_tests:
            part.result = "could not run"


def _exit_code(command: list[str], variables: dict[str, str]) -> int:
    """Run a command to its end; when we are interrupted, let it clean up first."""
    # In a group of its own, so that Ctrl-C reaches it once, from us.
    process = subprocess.Popen(
        command, cwd=ROOT, env=variables, stdin=subprocess.DEVNULL, process_group=0
    )
    try:
        return process.wait()
    except KeyboardInterrupt:
        os.killpg(process.pid, signal.SIGINT)
        process.wait(SECONDS_TO_STOP)
        raise


def _sum_up(parts: list[Part]) -> None:
    """Print the table, then one line that says it all; it counts tests, not parts."""
    say("")
    for part in parts:
        counts = ", ".join(f"{number} {kind}" for kind, number in part.counts.items() if number)
        say(f"{part.title:<22}{part.result:<15}{part.seconds:>6.1f} s  {counts}")
    bad = [part.title for part in parts if not part.is_good]
    say(f"\nNot good: {', '.join(bad)}." if bad else "\nAll good.")
    if any(part.counts_tests for part in parts):
        passed = sum(part.counts.get("passed", 0) for part in parts)
        say(f"{passed} passed, {sum(_failures(part) for part in parts)} failed")


def _failures(part: Part) -> int:
    """Tests that did not pass; a part that could not run at all is one failure."""
    if part.counts_tests and not part.counts:
        return 1
    return sum(number for kind, number in part.counts.items() if kind != "passed")

"""What each target of the Makefile does, by name."""

import shutil
import signal
import subprocess
import sys

from ntm_tracker.tools import check, environment, programs
from ntm_tracker.tools.addresses import BadAddress
from ntm_tracker.tools.environment import PYTHON, ROOT, CannotSetUp, say
from ntm_tracker.tools.run import become, run

REMOVABLE = [
    ".venv",
    ".pytest_cache",
    ".ruff_cache",
    ".hypothesis",
    ".import_linter_cache",
    "var/static",
    "var/static.stamp",
]


def main(arguments: list[str]) -> int:
    """Do the one thing that is named; the exit code. Faults are one sentence each."""
    # To be terminated is to be interrupted: what was started is stopped first.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        return COMMANDS[arguments[0]]() or 0
    except (BadAddress, CannotSetUp) as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        return 130


def format_all() -> int:
    """Bring Python files and templates into their form."""
    environment.ensure(dev=True)
    steps = [
        ["ruff", "check", "--fix-only", "."],
        ["ruff", "format", "."],
        ["djade", *check.templates()],
    ]
    return max(_script(*step) for step in steps)


def messages() -> None:
    environment.ensure(dev=True)
    programs.ensure_gettext()
    become(PYTHON, "-m", "ntm_tracker.tools.messages")


def schema() -> None:
    """Write what the API promises; a test holds the file in step with the code."""
    environment.ensure(dev=True)
    options = ["--lang", "en", "--fail-on-warn", "--file", "docs/openapi.yaml"]
    become(PYTHON, "manage.py", "spectacular", *options)


def bench() -> None:
    environment.ensure(dev=True)
    become(PYTHON, "-m", "tests.bench")


def screenshots() -> None:
    environment.ensure(dev=True)
    programs.ensure_browser()
    become(PYTHON, "-m", "tests.screenshots")


def clean() -> None:
    """Take out what can be made again. The data in var/ stays."""
    for name in REMOVABLE:
        path = ROOT / name
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    for folder in ROOT.rglob("__pycache__"):
        shutil.rmtree(folder)
    say("Cleaned. The database and uploaded files in var/ are kept.")


def _script(name: str, *arguments: str) -> int:
    command = [PYTHON.with_name(name), *arguments]
    return subprocess.run(command, cwd=ROOT, stdin=subprocess.DEVNULL).returncode


COMMANDS = {
    "run": run,
    "test": check.test,
    "lint": check.lint,
    "format": format_all,
    "messages": messages,
    "schema": schema,
    "bench": bench,
    "screenshots": screenshots,
    "clean": clean,
}

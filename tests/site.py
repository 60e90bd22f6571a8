"""The whole site as a user has it: prepared and served by the project's own server."""

import os
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

from ntm_tracker.tools import postgres

SECONDS_TO_START = 180


@contextmanager
def served() -> Iterator[str]:
    """The site with reference data and illustration, in a folder of its own, at an address."""
    with served_with_settings() as (address, _environment):
        yield address


@contextmanager
def served_with_settings() -> Iterator[tuple[str, dict[str, str]]]:
    """As `served`, with the environment in which programs reach the site's data."""
    with tempfile.TemporaryDirectory(prefix="ntm-site-") as folder:
        port = postgres.free_port()
        chosen = {"VAR_DIR": folder, "DATABASE_URL": "", "NTM_ENV": "local", "DEBUG": "0"}
        environment = os.environ | chosen | {"ILLUSTRATION": "1", "PUBLIC_DASHBOARD": "1"}
        process = subprocess.Popen(
            [sys.executable, "-m", "ntm_tracker.tools.serve", str(port)],
            env=environment,
            stdout=subprocess.DEVNULL,
        )
        try:
            address = f"http://127.0.0.1:{port}"
            _wait_for(f"{address}/accounts/login/", process)
            yield address, environment
        finally:
            process.terminate()
            process.wait()


def _wait_for(address: str, process: subprocess.Popen) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline and process.poll() is None:
        try:
            urllib.request.urlopen(address, timeout=10).close()
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.3)
        else:
            return
    raise RuntimeError(f"{address} did not answer in {SECONDS_TO_START} s")

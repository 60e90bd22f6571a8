"""Measure the province on SQLite and on PostgreSQL, then in a browser, and print the figures."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from ntm_tracker.tools import postgres
from tests.bench import browser, static_files


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="ntm-bench-") as folder:
        measure(f"sqlite:///{Path(folder, 'bench.sqlite3')}")
    with postgres.server() as url:
        measure(url)
    static_files.report()
    browser.report()


def measure(database_url: str) -> None:
    """The pages on one database, in a process of its own: settings are read once a process."""
    environment = os.environ | {
        "DATABASE_URL": database_url,
        "NTM_ENV": "test",
        "PUBLIC_DASHBOARD": "1",
        "DJANGO_SETTINGS_MODULE": "ntm_tracker.settings",
    }
    subprocess.run([sys.executable, "-m", "tests.bench.pages"], env=environment, check=True)


if __name__ == "__main__":
    main()

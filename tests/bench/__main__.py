"""Measure pages, API, entry, Excel and reports on both databases; print the figures."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from ntm_tracker.tools import postgres
from tests.bench import browser, static_files


def main() -> None:
    for module in ("pages", "api", "api_writes", "entry", "excel", "reports"):
        with tempfile.TemporaryDirectory(prefix="ntm-bench-") as folder:
            measure(module, f"sqlite:///{Path(folder, 'bench.sqlite3')}")
        with postgres.server() as url:
            measure(module, url)
    static_files.report()
    browser.report()


def measure(module: str, database_url: str) -> None:
    """One module on an empty database, in a process of its own: settings are read once."""
    environment = os.environ | {
        "DATABASE_URL": database_url,
        "NTM_ENV": "test",
        "PUBLIC_DASHBOARD": "1",
        "API_USER_RATE": "",
        "API_ADDRESS_RATE": "",
        "DJANGO_SETTINGS_MODULE": "ntm_tracker.settings",
    }
    subprocess.run([sys.executable, "-m", f"tests.bench.{module}"], env=environment, check=True)


if __name__ == "__main__":
    main()

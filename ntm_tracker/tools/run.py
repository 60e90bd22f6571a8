"""`make run`: what must hold first, then the environment, then the server in its own process."""

import os
from pathlib import Path

from ntm_tracker.tools import addresses, environment


def run() -> None:
    """Check the port and the database's address, set up, and become the server."""
    port = addresses.free_port(os.environ.get("PORT", ""))
    url = os.environ.get("DATABASE_URL", "")
    if url and (fault := addresses.fault_in_database_url(url)):
        raise addresses.BadAddress(fault)
    python = environment.ensure()
    become(python, "-m", "ntm_tracker.tools.serve", str(port))


def become(python: Path, *arguments: str) -> None:
    """Replace this process, so that signals and the exit code are the program's own."""
    os.chdir(environment.ROOT)
    # The programs write Vietnamese, whatever the terminal's locale is said to be.
    os.environ.setdefault("PYTHONUTF8", "1")
    os.execv(python, [str(python), *arguments])

"""`make run`: what must hold first, then the environment, then the server in its own process."""

import os
import secrets
from pathlib import Path

from ntm_tracker.tools import addresses, environment


def run() -> None:
    """Check the port and the database's address, set up, and become the server."""
    port = addresses.free_port(os.environ.get("PORT", ""))
    url = os.environ.get("DATABASE_URL", "")
    if url and (fault := addresses.fault_in_database_url(url)):
        raise addresses.BadAddress(fault)
    python = environment.ensure()
    make_secret_key(environment.ROOT / "var" / "secret_key")
    become(python, "-m", "ntm_tracker.tools.serve", str(port))


def make_secret_key(path: Path) -> None:
    """Write a random key that only we can read, unless there is one."""
    path.parent.mkdir(exist_ok=True)
    if not path.exists() or not path.read_text():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(64))


def become(python: Path, *arguments: str) -> None:
    """Replace this process, so that signals and the exit code are the program's own."""
    os.chdir(environment.ROOT)
    # The programs write Vietnamese, whatever the terminal's locale is said to be.
    os.environ.setdefault("PYTHONUTF8", "1")
    os.execv(python, [str(python), *arguments])

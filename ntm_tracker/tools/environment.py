"""The virtual environment `.venv`: made once, filled again when the requirements change."""

import hashlib
import json
import secrets
import subprocess
import time
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "ntm-tracker.json"
USERS, DEVELOPERS = "requirements.txt", "requirements-dev.txt"


class CannotSetUp(Exception):
    """Something on this machine is missing. The text says what to do about it."""


def ensure(*, dev: bool = False) -> Path:
    """Make `.venv` and install what is missing or outdated; return its Python.

    Costs some 0.1 s when everything is there already. Raises CannotSetUp.
    """
    stamp = _read_stamp()
    identity = _identity_of_venv()
    if identity is None or stamp.get("venv", identity) != identity:
        _make_venv()
        stamp, identity = {}, _identity_of_venv()
    wanted = {name: _digest(name) for name in ([USERS, DEVELOPERS] if dev else [USERS])}
    if not wanted.items() <= stamp.items():
        _install(DEVELOPERS if dev else USERS)
        STAMP.write_text(json.dumps({"venv": identity, **wanted}))
    return PYTHON


def make_secret_key(path: Path) -> None:
    """Write a random key that only we can read, unless there is one. Raises CannotSetUp."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists() or not path.read_text():
            path.touch(mode=0o600)
            path.write_text(secrets.token_urlsafe(64))
    except OSError as error:
        raise CannotSetUp(
            f"The folder {path.parent} cannot be written: {error.strerror}."
            " Set VAR_DIR to one that can."
        ) from error


def say(text: str) -> None:
    print(text, flush=True)


def _read_stamp() -> dict[str, str]:
    try:
        return json.loads(STAMP.read_text())
    except (OSError, ValueError):
        return {}


def _identity_of_venv() -> str | None:
    """The version and place of a working `.venv`; None if there is none that is new enough.

    It changes when the folder is moved or the Python behind it is replaced: both break it.
    """
    code = (
        "import sys; version = sys.version_info;"
        "print('%d.%d' % version[:2], sys.prefix, version >= (3, 11))"
    )
    try:
        answer = subprocess.run([PYTHON, "-c", code], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    identity, _, is_new_enough = answer.stdout.strip().rpartition(" ")
    return identity if is_new_enough == "True" else None


def _digest(name: str) -> str:
    return hashlib.sha256((ROOT / name).read_bytes()).hexdigest()


def _make_venv() -> None:
    say("Making the virtual environment .venv")
    try:
        # Debian ships the part that installs pip in a package of its own.
        venv.create(VENV, clear=True, with_pip=True, symlinks=True)
    except (subprocess.CalledProcessError, ImportError) as error:
        raise CannotSetUp(
            "This Python cannot make virtual environments with pip. On Debian and Ubuntu"
            " install them with: apt-get install python3-venv"
        ) from error
    except OSError as error:
        raise CannotSetUp(f"The folder {VENV} cannot be written: {error.strerror}.") from error


def _install(requirements: str) -> None:
    """Install a requirements file, one line on the screen for each package it fetches."""
    say(f"Installing the packages of {requirements} (the first time takes a few minutes)")
    started = time.monotonic()
    command = [PYTHON, "-m", "pip", "install", "--no-input", "--disable-pip-version-check"]
    said = []
    with subprocess.Popen(
        [*command, "--progress-bar", "off", "-r", ROOT / requirements],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as pip:
        for line in pip.stdout:
            said.append(line)
            if line.startswith("Collecting "):
                say("  " + line.split()[1])
    if pip.returncode:
        say("".join(said[-20:]).rstrip())
        raise CannotSetUp(
            f"The packages of {requirements} could not be installed; pip's last lines above say"
            " why. Check the connection to the package index and run the command again."
        )
    say(f"  installed in {time.monotonic() - started:.0f} s")

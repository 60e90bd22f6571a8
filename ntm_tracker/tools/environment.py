"""The virtual environment `.venv`: made once, filled again when the requirements change."""

import hashlib
import json
import subprocess
import sys
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
    if stamp.get("python") != _version_of_venv():
        stamp = {"python": _make_venv()}
    wanted = {USERS: _digest(USERS)}
    if dev:
        wanted[DEVELOPERS] = _digest(USERS, DEVELOPERS)
    if not wanted.items() <= stamp.items():
        _install(DEVELOPERS if dev else USERS)
        STAMP.write_text(json.dumps({"python": stamp["python"], **wanted}))
    return PYTHON


def say(text: str) -> None:
    print(text, flush=True)


def _read_stamp() -> dict[str, str]:
    try:
        return json.loads(STAMP.read_text())
    except (OSError, ValueError):
        return {}


def _version_of_venv() -> str | None:
    """Which Python `.venv` runs now, for example 3.11; None if it runs none."""
    code = "import sys; print('%d.%d' % sys.version_info[:2])"
    try:
        answer = subprocess.run([PYTHON, "-c", code], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    return answer.stdout.strip()


def _digest(*names: str) -> str:
    content = b"\0".join((ROOT / name).read_bytes() for name in names)
    return hashlib.sha256(content).hexdigest()


def _make_venv() -> str:
    say("Making the virtual environment .venv")
    try:
        # Not an installation of our own: Debian ships venv without pip in a package apart.
        venv.create(VENV, clear=True, with_pip=True, symlinks=True)
    except (subprocess.CalledProcessError, ImportError) as error:
        raise CannotSetUp(
            "This Python cannot make virtual environments with pip. On Debian and Ubuntu"
            " install them with: apt-get install python3-venv"
        ) from error
    except OSError as error:
        raise CannotSetUp(f"The folder {VENV} cannot be written: {error.strerror}.") from error
    return f"{sys.version_info.major}.{sys.version_info.minor}"


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

"""Programs that pip cannot bring: found on the machine, or installed where that is ours to do."""

import os
import shutil
import subprocess
from pathlib import Path

from ntm_tracker.tools.environment import PYTHON, CannotSetUp, say

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PLAYWRIGHT_BROWSERS = "chromium-*/chrome-linux*/chrome"


def browser() -> Path | None:
    """A Chromium or Chrome of this machine, or the one Playwright downloaded; None if neither."""
    if named := os.environ.get("CHROMIUM"):
        return Path(named)
    for name in BROWSERS:
        if found := shutil.which(name):
            return Path(found)
    cache = os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or Path.home() / ".cache/ms-playwright"
    return next(iter(sorted(Path(cache).glob(PLAYWRIGHT_BROWSERS), reverse=True)), None)


def ensure_browser() -> Path:
    """Find Chromium or install it. Raises CannotSetUp."""
    if found := browser():
        return found
    if not _installed_by_apt("chromium"):
        say("Downloading Chromium through Playwright")
        command = [PYTHON, "-m", "playwright", "install", "chromium"]
        subprocess.run(command, stdin=subprocess.DEVNULL)
    if found := browser():
        return found
    raise CannotSetUp(
        "No Chromium for the browser tests: install the package chromium (on Debian and Ubuntu:"
        " apt-get install chromium) or set CHROMIUM to the path of one."
    )


def ensure_gettext() -> None:
    """Find GNU gettext, which collects and compiles translations, or install it."""
    _ensure("gettext", "GNU gettext", needed=["xgettext", "msgfmt"])


def ensure_for_tests() -> None:
    """What the tests run besides Python: gettext, and curl for the examples of the API guide."""
    ensure_gettext()
    _ensure("curl", "curl", needed=["curl"])


def _ensure(package: str, name: str, *, needed: list[str]) -> None:
    if not all(map(shutil.which, needed)) and not _installed_by_apt(package):
        raise CannotSetUp(
            f"{name} is missing: install the package {package} (on Debian and Ubuntu:"
            f" apt-get install {package})."
        )


def _installed_by_apt(package: str) -> bool:
    """Install a package where we are root on Debian; whether that worked."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    say(f"Installing {package} with apt-get")
    quiet = {
        "stdin": subprocess.DEVNULL,
        "env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
    }
    for arguments in (["update", "-qq"], ["install", "-qq", "-y", package]):
        if subprocess.run(["apt-get", *arguments], **quiet).returncode:
            return False
    return True

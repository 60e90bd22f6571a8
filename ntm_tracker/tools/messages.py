"""Collect the strings to translate into `locale/vi` and compile them. Runs inside `.venv`.

The catalogue names no lines and no dates, so that it changes only when a string does.
"""

import os
import subprocess
import sys
from pathlib import Path

import polib

from ntm_tracker.tools.environment import ROOT, say

CATALOGUE = Path("locale", "vi", "LC_MESSAGES", "django.po")
NOT_OURS = (".venv", "var", "tests", "docs", "fixtures")
WIDTH = 98
NOT_DATED = "2026-01-01 00:00+0700"
HEADER = {
    "Project-Id-Version": "ntm-tracker",
    "Report-Msgid-Bugs-To": "",
    "POT-Creation-Date": NOT_DATED,
    "PO-Revision-Date": NOT_DATED,
    "Last-Translator": "NTM Tracker",
    "Language-Team": "Vietnamese",
    "Language": "vi",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=1; plural=0;",
}


def collect(root: Path) -> polib.POFile:
    """Bring the catalogue under `root` in step with the code there, compile it, return it."""
    command = [sys.executable, "manage.py", "makemessages", "--locale=vi", "--verbosity=0"]
    command += ["--no-obsolete", "--no-location", *(f"--ignore={name}" for name in NOT_OURS)]
    ours = {"NTM_ENV": "test", "DJANGO_SETTINGS_MODULE": "ntm_tracker.settings"}
    subprocess.run(command, cwd=root, check=True, env=os.environ | ours)
    catalogue = polib.pofile(root / CATALOGUE, wrapwidth=WIDTH)
    catalogue.metadata = HEADER
    catalogue.metadata_is_fuzzy = False
    catalogue.save()
    catalogue.save_as_mofile(str(root / CATALOGUE.with_suffix(".mo")))
    return catalogue


def unfinished(catalogue: polib.POFile) -> list[str]:
    """The strings without a translation, or with one that nobody has confirmed."""
    return [entry.msgid for entry in catalogue if entry.fuzzy or not entry.translated()]


def main() -> int:
    catalogue = collect(ROOT)
    missing = unfinished(catalogue)
    say(f"{len(catalogue)} strings, {len(missing)} to translate in {CATALOGUE}")
    for text in missing:
        say(f"  {text!r}")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())

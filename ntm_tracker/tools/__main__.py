"""Refuse an old Python in one sentence, then do what was asked.

This file and `ntm_tracker/tools/__init__.py` parse on any Python; the others need 3.11.
"""

import sys

NEEDED = (3, 11)

if sys.version_info < NEEDED:
    sys.exit(
        "NTM Tracker needs Python %d.%d or newer; this is %d.%d. If a newer one is installed, name"
        " it, for example: make run PYTHON=python3.12" % (NEEDED + tuple(sys.version_info[:2]))
    )

from ntm_tracker.tools.commands import main

sys.exit(main(sys.argv[1:]))

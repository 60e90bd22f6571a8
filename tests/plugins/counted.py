"""Count for the summary of `make test`, and let nothing be skipped in silence.

The counts go, as JSON, to the file that NTM_COUNTS names.
"""

import json
import os
from pathlib import Path

import pytest

KINDS = ("passed", "failed", "error", "skipped", "xfailed", "xpassed")


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session):
    if "PYTEST_XDIST_WORKER" in os.environ:
        return
    stats = session.config.pluginmanager.get_plugin("terminalreporter").stats
    counts = {kind: len(stats.get(kind, [])) for kind in KINDS}
    Path(os.environ["NTM_COUNTS"]).write_text(json.dumps(counts))
    left_out = counts["skipped"] + counts["xfailed"]
    if session.exitstatus == pytest.ExitCode.OK and left_out:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter):
    for report in terminalreporter.stats.get("skipped", []):
        terminalreporter.write_line(f"Skipped, which counts as failed: {report.nodeid}")

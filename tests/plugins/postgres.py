"""Run the tests on a PostgreSQL server of their own: `pytest -p tests.plugins.postgres`."""

import contextlib
import os
import signal

import pytest

from ntm_tracker.tools.environment import CannotSetUp
from ntm_tracker.tools.postgres import server

running = contextlib.ExitStack()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests():
    """Start the server before pytest-django reads the settings, and once for all workers."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        try:
            os.environ["DATABASE_URL"] = running.enter_context(server())
        except CannotSetUp as error:
            raise pytest.UsageError(str(error)) from error
        os.environ["EXPECT_VENDOR"] = "postgresql"
    return (yield)


def pytest_unconfigure():
    running.close()

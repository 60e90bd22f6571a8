"""Runs a module of ours on a file in a process of its own, without settings and secrets."""

import json
import logging
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO

ROOT = Path(__file__).resolve().parents[2]
# Nothing of this process's environment, where its secrets are.
ENVIRONMENT = {"PYTHONIOENCODING": "utf-8", "OPENBLAS_NUM_THREADS": "1"}
if "SYSTEMROOT" in os.environ:  # Windows starts no Python without it
    ENVIRONMENT["SYSTEMROOT"] = os.environ["SYSTEMROOT"]

logger = logging.getLogger(__name__)


class How(StrEnum):
    """How a process ended without an answer."""

    TOO_LARGE = "too_large"
    TOO_MUCH = "too_much"
    TOO_SLOW = "too_slow"
    BROKEN = "broken"


ENDED_BY = {
    "SIGABRT": How.TOO_MUCH,  # no memory was left
    "SIGKILL": How.TOO_SLOW,
    "SIGXCPU": How.TOO_SLOW,
}


class Ended(Exception):
    """The process gave no answer, and how that came."""

    def __init__(self, how: How):
        super().__init__(how)
        self.how = how


def answer_of(
    module: str, arguments: list[str], file: BinaryIO, *, most: int, most_said: int, seconds: float
):
    """What the module says, as JSON, of a file of at most so many bytes; raises Ended."""
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as answer:
        file.seek(0)
        shutil.copyfileobj(file, given)
        if given.tell() > most:
            raise Ended(How.TOO_LARGE)
        given.seek(0)
        _run([sys.executable, "-m", module, *arguments], given, answer, seconds)
        answer.seek(0)
        return json.loads(answer.read(most_said + 1))


def _run(command: list[str], given: BinaryIO, answer: BinaryIO, seconds: float) -> None:
    try:
        done = subprocess.run(
            command,
            cwd=ROOT,
            env=ENVIRONMENT,
            stdin=given,
            stdout=answer,
            stderr=subprocess.DEVNULL,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise Ended(How.TOO_SLOW) from error
    if done.returncode:
        logger.warning("Reading an uploaded file ended with %s", done.returncode)
        raise Ended(ENDED_BY.get(_signal_of(done.returncode), How.BROKEN))


def _signal_of(returncode: int) -> str:
    return signal.Signals(-returncode).name if returncode < 0 else ""

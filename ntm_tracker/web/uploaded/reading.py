"""The way in: an uploaded file is read by a process of its own."""

import json
import logging
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from ntm_tracker.web.uploaded import limits
from ntm_tracker.web.uploaded.faults import Fault
from ntm_tracker.web.uploaded.refusals import BadUpload
from ntm_tracker.web.uploaded.sheets import Sheet, load

ROOT = Path(__file__).resolve().parents[3]
COMMAND = [sys.executable, "-m", "ntm_tracker.web.uploaded.child"]
# Nothing of this process's environment, where its secrets are.
ENVIRONMENT = {"PYTHONIOENCODING": "utf-8"}
if "SYSTEMROOT" in os.environ:  # Windows starts no Python without it
    ENVIRONMENT["SYSTEMROOT"] = os.environ["SYSTEMROOT"]
ENDED_BY = {
    "SIGABRT": Fault.TOO_MUCH,  # no memory was left
    "SIGKILL": Fault.TOO_SLOW,
    "SIGXCPU": Fault.TOO_SLOW,
}

logger = logging.getLogger(__name__)


def read_tables(file: BinaryIO, name: str) -> list[Sheet]:
    """The sheets of an uploaded file; raises BadUpload with what to tell the person."""
    most = settings.UPLOADED_TABLE_MAX_MB * limits.MEGABYTE
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as answer:
        file.seek(0)
        shutil.copyfileobj(file, given)
        if given.tell() > most:
            raise BadUpload(Fault.TOO_LARGE)
        given.seek(0)
        _run(given, answer, name)
        answer.seek(0)
        said = json.loads(answer.read(limits.ANSWER + 1))
    if isinstance(said, dict):
        raise BadUpload(Fault(said["fault"]))
    return load(said)


def _run(given: BinaryIO, answer: BinaryIO, name: str) -> None:
    try:
        done = subprocess.run(
            [*COMMAND, name],
            cwd=ROOT,
            env=ENVIRONMENT,
            stdin=given,
            stdout=answer,
            stderr=subprocess.DEVNULL,
            timeout=limits.SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise BadUpload(Fault.TOO_SLOW) from error
    if done.returncode:
        logger.warning("Reading an uploaded table ended with %s", done.returncode)
        raise BadUpload(ENDED_BY.get(_signal_of(done.returncode), Fault.DAMAGED))


def _signal_of(returncode: int) -> str:
    return signal.Signals(-returncode).name if returncode < 0 else ""

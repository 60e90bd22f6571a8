"""The process that reads one file of areas: limits on itself first, then the file, then JSON.

`python -m communes.areas.child PROPERTY CODE… < file`. It gets no settings and no secrets.
"""

import json
import sys

from communes.areas.faults import Fault, Unfit
from ntm_tracker.web.uploaded.child import restrict

MEGABYTE = 1024 * 1024
MEMORY = 1024 * MEGABYTE
CPU_SECONDS = 40


def main(asked: str, known: list[str]) -> None:
    restrict(memory=MEMORY, cpu_seconds=CPU_SECONDS)
    try:
        answer = _answer(sys.stdin.buffer.read(), known, asked)
    except MemoryError:
        answer = {"fault": Fault.TOO_MUCH, "found": []}
    sys.stdout.write(json.dumps(answer))


def _answer(text: bytes, known: list[str], asked: str) -> dict:
    from communes.areas.shapes import areas_of

    try:
        return areas_of(text, known, asked)
    except Unfit as unfit:
        return {"fault": unfit.fault, "found": unfit.found}


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])

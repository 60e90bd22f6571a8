"""The process that reads one uploaded file: limits on itself first, then the file, then JSON.

`python -m ntm_tracker.web.uploaded.child NAME < file`. It gets no settings and no secrets.
"""

import json
import struct
import sys
import zipfile
import zlib
from xml.parsers.expat import ExpatError

from ntm_tracker.web.uploaded import limits
from ntm_tracker.web.uploaded.faults import Fault, Unfit

try:
    import resource
except ImportError:  # Windows: the parent's clock is left
    resource = None

DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    ExpatError,
    EOFError,
    KeyError,
    NotImplementedError,
    OSError,
    ValueError,
    OverflowError,
)


def main(name: str) -> None:
    """Answer with the sheets of the file on standard input, or with what is wrong with it."""
    restrict()
    try:
        answer = answer_to(sys.stdin.buffer.read(), name)
    except MemoryError:
        answer = refusal(Fault.TOO_MUCH)
    sys.stdout.write(answer)


def restrict() -> None:
    """Take from this process what a file could cost; the system may know no such limit."""
    if resource is None:
        return
    for what, most in (
        (resource.RLIMIT_AS, limits.MEMORY),
        (resource.RLIMIT_CPU, limits.CPU_SECONDS),
        (resource.RLIMIT_FSIZE, limits.ANSWER),
        (resource.RLIMIT_CORE, 0),
    ):
        try:
            resource.setrlimit(what, (most, most))
        except (ValueError, OSError):
            continue


def answer_to(content: bytes, name: str) -> str:
    """What the parent is told."""
    from python_calamine import CalamineError, PasswordError

    try:
        return sheets_in(content, name)
    except Unfit as unfit:
        return refusal(unfit.fault)
    except PasswordError:
        return refusal(Fault.LOCKED)
    except (CalamineError, *DAMAGED):
        return refusal(Fault.DAMAGED)


def sheets_in(content: bytes, name: str) -> str:
    """The sheets of a file as JSON; raises Unfit."""
    from ntm_tracker.web.uploaded import delimited, kinds, ods, xls, xlsx
    from ntm_tracker.web.uploaded.sheets import dump

    found, package = kinds.format_of(content, name)
    if package is not None:
        sheets = ods.read(package) if found is kinds.Format.ODS else xlsx.read(content, package)
    elif found is kinds.Format.XLS:
        sheets = xls.read(content)
    else:
        sheets = delimited.read(content, name)
    if not any(sheet.rows for sheet in sheets):
        raise Unfit(Fault.EMPTY)
    answer = dump(sheets)
    if len(answer) > limits.ANSWER:
        raise Unfit(Fault.TOO_MUCH)
    return answer


def refusal(fault: Fault) -> str:
    return json.dumps({"fault": fault})


if __name__ == "__main__":
    main(sys.argv[1])

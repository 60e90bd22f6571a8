"""The kinds of document there are: what each is called, who may have it, and how it is made.

A new kind is a module with a `Kind` and a line in `KINDS`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

import typst
import xlsxwriter
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from communes.scope import Action
from reports.models import Document, Format
from reports.pack import making as pack
from reports.workbook import making as workbook

# Says how far a document is, out of how many; raises `Cancelled` where nobody wants it any more.
Step = Callable[[int, int], None]
Make = Callable[[Document, Step], bytes]


@dataclass(frozen=True)
class Kind:
    """`makers` make the file of each format; `file_name` begins its name.

    Those that are `is_long` are left to a worker where one runs.
    """

    name: str
    title: str | Promise
    file_name: str
    makers: Mapping[str, Make]
    may: Action = Action.READ
    is_long: bool = False


@cache
def release_of_layout() -> str:
    """Changes with the code that lays documents out, and with the programs it uses."""
    folder = Path(__file__).parent
    files = sorted([*folder.rglob("*.py"), *folder.rglob("*.typ")])
    seen = sha256(f"{typst.__version__} {xlsxwriter.__version__}".encode())
    for path in files:
        seen.update(path.read_bytes())
    return seen.hexdigest()[:16]


KINDS = {
    kind.name: kind
    for kind in [
        Kind(
            name="pack",
            title=_("Meeting pack"),
            file_name="bao-cao-ntm",
            makers={Format.WORD: pack.word, Format.PDF: pack.paper},
        ),
        Kind(
            name="workbook",
            title=_("Summary workbook"),
            file_name="bieu-tong-hop-ntm",
            makers={Format.EXCEL: workbook.excel},
        ),
    ]
}

"""XML without document types: expat, piece by piece."""

from collections.abc import Callable, Iterable
from xml.parsers import expat

from ntm_tracker.web.uploaded.faults import Fault, Unfit

# What comes before the root element of an honest file takes a line or two.
LONGEST_PROLOGUE = 64 * 1024


class _Begun(Exception):
    """The root element begins: no document type can come any more."""


def parse(
    pieces: Iterable[bytes],
    start: Callable[[str, dict], None],
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Call the handlers for each element, named without its prefix."""
    parser = _parser()
    parser.buffer_text = True
    parser.StartElementHandler = lambda name, given: start(name.rpartition(":")[2], given)
    if end:
        parser.EndElementHandler = lambda name: end(name.rpartition(":")[2])
    if text:
        parser.CharacterDataHandler = text
    for piece in pieces:
        parser.Parse(piece, False)
    parser.Parse(b"", True)


def has_doctype(beginning: bytes) -> bool:
    """Does a file that begins so declare a document type? Other files than XML do not."""
    parser = _parser()
    parser.StartElementHandler = _begin
    try:
        parser.Parse(beginning, False)
    except Unfit:
        return True
    except (_Begun, expat.ExpatError, ValueError, LookupError):
        return False
    return len(beginning) >= LONGEST_PROLOGUE


def _parser():
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse
    parser.EntityDeclHandler = _refuse
    return parser


def _refuse(*declared):
    raise Unfit(Fault.DOCTYPE)


def _begin(name, given):
    raise _Begun

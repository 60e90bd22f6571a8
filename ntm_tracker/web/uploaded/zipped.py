"""ZIP files unpacked with care: their table of contents is believed in nothing."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator

from ntm_tracker.web.uploaded import limits
from ntm_tracker.web.uploaded.faults import Fault, Unfit
from ntm_tracker.web.uploaded.xml import has_doctype

PIECE = 64 * 1024
HEADER = struct.Struct("<4s5H3L2H")
LOCKED = 0x1
ENTRY = b"PK\x01\x02"


class Package:
    """A ZIP file whose entries have all been unpacked once, counted and looked at."""

    def __init__(self, content: bytes, archive: zipfile.ZipFile):
        self._content = content
        self._entries = {
            entry.filename.replace("\\", "/").lower(): entry for entry in archive.infolist()
        }
        self.names = list(self._entries)
        self._refuse_what_is_declared()
        self._refuse_what_is_there()

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._entries

    def pieces(self, name: str) -> Iterator[bytes]:
        """An entry, piece by piece."""
        entry = self._entries.get(name.lower())
        if entry is None:
            raise Unfit(Fault.DAMAGED)
        return self._unpacked(entry)

    def read(self, name: str) -> bytes:
        """A whole entry."""
        return b"".join(self.pieces(name))

    def _refuse_what_is_declared(self) -> None:
        entries = self._entries.values()
        if any(entry.flag_bits & LOCKED for entry in entries):
            raise Unfit(Fault.LOCKED)
        self._refuse_too_much(sum(entry.file_size for entry in entries))

    def _refuse_what_is_there(self) -> None:
        unpacked = 0
        for entry in self._entries.values():
            length, start = 0, b""
            for piece in self._unpacked(entry):
                start = start or piece
                length += len(piece)
                self._refuse_too_much(unpacked + length)
            if length != entry.file_size:
                raise Unfit(Fault.DAMAGED)
            if has_doctype(start):
                raise Unfit(Fault.DOCTYPE)
            unpacked += length

    def _refuse_too_much(self, unpacked: int) -> None:
        is_inflated = unpacked > limits.RATIO * len(self._content)
        if unpacked > limits.UNPACKED or (is_inflated and unpacked > limits.UNPACKED_UNASKED):
            raise Unfit(Fault.TOO_MUCH)

    def _unpacked(self, entry: zipfile.ZipInfo) -> Iterator[bytes]:
        packed = self._packed(entry)
        if entry.compress_type == zipfile.ZIP_STORED:
            yield bytes(packed)
            return
        if entry.compress_type != zipfile.ZIP_DEFLATED:
            raise Unfit(Fault.DAMAGED)
        inflating = zlib.decompressobj(-zlib.MAX_WBITS)
        rest = packed
        while not inflating.eof:
            piece = inflating.decompress(rest, PIECE)
            if not piece and not inflating.eof:
                raise Unfit(Fault.DAMAGED)
            yield piece
            rest = inflating.unconsumed_tail

    def _packed(self, entry: zipfile.ZipInfo) -> memoryview:
        start = entry.header_offset
        header = self._content[start : start + HEADER.size]
        if len(header) < HEADER.size or not header.startswith(b"PK\x03\x04"):
            raise Unfit(Fault.DAMAGED)
        name_length, extra_length = HEADER.unpack(header)[-2:]
        start += HEADER.size + name_length + extra_length
        packed = memoryview(self._content)[start : start + entry.compress_size]
        if len(packed) < entry.compress_size:
            raise Unfit(Fault.DAMAGED)
        return packed


def opened(content: bytes) -> Package:
    """A ZIP file, if it may be unpacked."""
    if content.count(ENTRY) > limits.ENTRIES:
        raise Unfit(Fault.TOO_MUCH)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return Package(content, archive)

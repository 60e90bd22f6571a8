"""The streams of an OLE file, which old workbooks are: a small disk with a table of sectors."""

import struct

from ntm_tracker.web.uploaded.faults import Fault, Unfit

HEADER = 512
ENTRY = 128
END, FREE = 0xFFFFFFFE, 0xFFFFFFFF
STREAM, ROOT = 2, 5
LISTED_IN_HEADER = 109


class Disk:
    """An OLE file; raises Unfit where its tables lead nowhere or in circles."""

    def __init__(self, content: bytes):
        self._content = content
        self._size = 1 << _number(content, 30, 2)
        self._small_size = 1 << _number(content, 32, 2)
        if not 128 <= self._size <= 4096 or not 8 <= self._small_size <= self._size:
            raise Unfit(Fault.DAMAGED)
        self._next = self._table(self._sectors_of_table())
        self._directory = self._read(_number(content, 48))
        self._small_next = self._table(self._chain(_number(content, 60), self._next))
        self._smallest = _number(content, 56)

    def stream(self, *names: str) -> bytes | None:
        """The content of the first stream that bears one of the names."""
        for start in range(0, len(self._directory) - ENTRY + 1, ENTRY):
            entry = self._directory[start : start + ENTRY]
            name = entry[: max(_number(entry, 64, 2) - 2, 0)].decode("utf-16-le", "replace")
            if entry[66] == STREAM and name in names:
                return self._stream(_number(entry, 116), _number(entry, 120))
        return None

    def _stream(self, first: int, size: int) -> bytes:
        if size >= self._smallest:
            return self._read(first)[:size]
        small = self._read(_number(self._directory, 116))
        size_of = self._small_size
        parts = [
            small[n * size_of : (n + 1) * size_of] for n in self._chain(first, self._small_next)
        ]
        return b"".join(parts)[:size]

    def _read(self, first: int) -> bytes:
        return b"".join(map(self._sector, self._chain(first, self._next)))

    def _sector(self, number: int) -> bytes:
        start = HEADER + number * self._size if self._size == HEADER else (number + 1) * self._size
        return self._content[start : start + self._size]

    def _chain(self, number: int, following: list[int]) -> list[int]:
        chain = []
        while number not in (END, FREE):
            if number >= len(following) or len(chain) > len(following):
                raise Unfit(Fault.DAMAGED)
            chain.append(number)
            number = following[number]
        return chain

    def _table(self, sectors: list[int]) -> list[int]:
        whole = b"".join(map(self._sector, sectors))
        return list(struct.unpack(f"<{len(whole) // 4}L", whole[: len(whole) // 4 * 4]))

    def _sectors_of_table(self) -> list[int]:
        found = list(struct.unpack(f"<{LISTED_IN_HEADER}L", self._content[76:HEADER]))
        further, seen = _number(self._content, 68), 0
        while further not in (END, FREE):
            listed = self._table([further])
            if len(listed) < 2 or seen * self._size > len(self._content):
                raise Unfit(Fault.DAMAGED)
            found, further, seen = found + listed[:-1], listed[-1], seen + 1
        return [number for number in found if number < END]


def _number(content: bytes, at: int, length: int = 4) -> int:
    return int.from_bytes(content[at : at + length], "little")

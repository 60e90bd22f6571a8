"""How many requests came in a while: counted exactly over all processes of a machine, in memory.

A table in a file that every process maps: no query, no other server, some 20 microseconds a
count. Whoever talks to one process alone is counted the same as who is spread over all.
"""

import fcntl
import mmap
import os
import struct
import time
from functools import cache
from hashlib import blake2b
from pathlib import Path
from threading import Lock

from django.conf import settings

ROW = struct.Struct("<QII")  # whose count, when it ends (seconds since 1970), the count
ROWS, TRIES = 65_536, 8
SIZE = ROWS * ROW.size


class Counts:
    """Counts by a key, each for a window of some seconds that begins at the full window."""

    def __init__(self, path: Path):
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        if os.fstat(self._file).st_size != SIZE:
            os.ftruncate(self._file, SIZE)
        self._rows = mmap.mmap(self._file, SIZE)
        self._lock = Lock()  # between threads; that on the file is between processes

    def add(self, key: str, seconds: int, number: int = 1) -> tuple[int, int]:
        """Count `number` more; the count of this window, and the seconds left of it."""
        now = int(time.time())
        ends = now - now % seconds + seconds
        whose = _hash(key)
        with self._lock:
            fcntl.lockf(self._file, fcntl.LOCK_EX)
            try:
                place, count = self._find(whose, now)
                count = min(count + number, 0xFFFFFFFF)
                ROW.pack_into(self._rows, place, whose, ends, count)
            finally:
                fcntl.lockf(self._file, fcntl.LOCK_UN)
        return count, ends - now

    def _find(self, whose: int, now: int) -> tuple[int, int]:
        """Where the count stands or may stand, and what it is.

        In a table full of others the smallest count makes room, so that a large one stays.
        """
        best = None
        for attempt in range(TRIES):
            place = (whose + attempt) % ROWS * ROW.size
            key, ends, count = ROW.unpack_from(self._rows, place)
            count = count if ends > now else 0
            if key == whose:
                return place, count
            if best is None or count < best[1]:
                best = place, count
        return best[0], 0


def _hash(key: str) -> int:
    """Nobody who reads the file, or chooses an address, can tell which row is whose."""
    secret = settings.SECRET_KEY.encode()[:64]
    return int.from_bytes(blake2b(key.encode(), key=secret, digest_size=8).digest())


@cache
def _counts_in(path: Path) -> Counts:
    return Counts(path)


def counts() -> Counts:
    """Those of this installation; opened by each process when it first counts."""
    return _counts_in(Path(settings.API_COUNTS))

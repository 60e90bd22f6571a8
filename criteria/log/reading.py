"""The log in order: a page of it, or all of it row by row."""

import contextlib
import heapq
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice

from django.db.models import Q

from criteria.log.events import Event, event_of
from criteria.log.sources import SOURCES, Source, Wanted

PER_PAGE = 50
CHUNK = 2000
FORMAT = "%Y%m%dT%H%M%S.%f"


@dataclass(frozen=True, order=True)
class Place:
    """Where an event stands: newest first means the greatest place first."""

    at: datetime
    rank: int
    key: int

    def __str__(self):
        return f"{self.at.astimezone(UTC):{FORMAT}}~{self.rank}~{self.key}"

    @classmethod
    def read(cls, text: str) -> "Place | None":
        """The place that an address names, or None where it names none."""
        with contextlib.suppress(ValueError):
            at, rank, key = text.split("~")
            return cls(datetime.strptime(at, FORMAT).replace(tzinfo=UTC), int(rank), int(key))
        return None

    def before(self, source: Source, rank: int) -> Q:
        """Rows of a source that come after this place in the log, so happened before."""
        at, key = source.at, source.key
        earlier = Q(**{f"{at}__lt": self.at})
        if rank < self.rank:
            earlier |= Q(**{at: self.at})
        elif rank == self.rank:
            earlier |= Q(**{at: self.at, f"{key}__lt": self.key})
        return Q(**{f"{at}__lte": self.at}) & earlier


def read_page(wanted: Wanted, after: Place | None = None) -> tuple[list[Event], Place | None]:
    """A page of events below a place, and the place to go on from, if there is more.

    One query for each table, two more for the reasons of steps; none does more work for a long
    log. A page stays what it is while new events come in on top.
    """
    streams = [
        _placed(rank, source, rows[: PER_PAGE + 1])
        for rank, source, rows in _narrowed(wanted, after)
    ]
    found = list(islice(_merged(streams), PER_PAGE + 1))
    shown = found[:PER_PAGE]
    return [event for _place, event in shown], shown[-1][0] if len(found) > PER_PAGE else None


def read_all(wanted: Wanted) -> Iterator[Event]:
    """All events, newest first, without holding more than a few thousand rows."""
    streams = [
        _placed(rank, source, rows.iterator(chunk_size=CHUNK))
        for rank, source, rows in _narrowed(wanted, None)
    ]
    return (event for _place, event in _merged(streams))


def _narrowed(wanted: Wanted, after: Place | None):
    for rank, source in enumerate(SOURCES):
        rows = source.narrowed(wanted)
        if rows is not None:
            yield rank, source, rows.filter(after.before(source, rank)) if after else rows


def _placed(rank: int, source: Source, rows) -> Iterator[tuple[Place, Event]]:
    for row in rows:
        place = Place(getattr(row, source.at), rank, getattr(row, source.key))
        yield place, event_of(source, row)


def _merged(streams) -> Iterator[tuple[Place, Event]]:
    return heapq.merge(*streams, key=lambda pair: pair[0], reverse=True)

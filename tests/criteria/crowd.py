"""People who do something at the same moment, each in a thread with a connection of its own."""

import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from threading import Barrier

from django.db import connection, connections

SECONDS = 60


def at_once(actions: list[Callable]) -> list:
    """Begin all actions together; their results in order. What one raises is raised."""
    barrier = Barrier(len(actions))

    def act(action):
        try:
            barrier.wait(SECONDS)
            return action()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(actions)) as pool:
        return [future.result(SECONDS) for future in [pool.submit(act, each) for each in actions]]


def alone(action: Callable):
    """The result of an action in a thread, where the crowd's database is the database."""
    return at_once([action])[0]


def real_database(monkeypatch, folder):
    """Let threads use the tests' database as an installation has it.

    On SQLite the tests' one lies in memory, where threads share a cache and its locks. They get
    a copy of it in a file instead, as it is now; this thread keeps what it has.
    """
    if connection.vendor != "sqlite":
        return
    path = folder / "crowd.sqlite3"
    connection.ensure_connection()
    with closing(sqlite3.connect(path)) as copy:
        connection.connection.backup(copy)
    monkeypatch.setitem(connections.settings["default"], "NAME", str(path))

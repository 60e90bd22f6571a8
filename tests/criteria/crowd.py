"""People who do something at the same moment, each in a thread with a connection of its own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connections

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

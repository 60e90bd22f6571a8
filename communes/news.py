"""Official changes, for whoever listens; apps that may not be known here listen too."""

from collections.abc import Callable
from dataclasses import dataclass

from django.dispatch import Signal

# Sent in the transaction of the change, with `provinces` (a query set) and `news`.
official_data_changed = Signal()


@dataclass(frozen=True)
class News:
    """Something that happened besides the plain fact that official data changed.

    `data` makes what is told of it, codes as strings and no personal data; it is called only
    where somebody listens.
    """

    event: str
    data: Callable[[], dict]

"""People, their roles and the areas they hold them in."""

from accounts.models.idempotency import KeptAnswer
from accounts.models.people import PublicReader, User, UserStep, person_key
from accounts.models.roles import ALLOWED, Membership, Role

__all__ = [
    "ALLOWED",
    "KeptAnswer",
    "Membership",
    "PublicReader",
    "Role",
    "User",
    "UserStep",
    "person_key",
]

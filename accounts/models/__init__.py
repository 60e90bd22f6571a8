"""People, their roles and the areas they hold them in."""

from accounts.models.people import PublicReader, User, UserStep, person_key
from accounts.models.roles import ALLOWED, Membership, Place, Role
from accounts.models.tokens import AccessToken

__all__ = [
    "ALLOWED",
    "AccessToken",
    "Membership",
    "Place",
    "PublicReader",
    "Role",
    "User",
    "UserStep",
    "person_key",
]

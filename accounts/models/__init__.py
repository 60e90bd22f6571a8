"""People, their roles and areas, access tokens of programs, and webhooks of provinces."""

from accounts.models.idempotency import KeptAnswer
from accounts.models.people import PublicReader, User, UserStep, person_key
from accounts.models.roles import ALLOWED, Membership, Place, Role
from accounts.models.tokens import AccessToken
from accounts.models.webhooks import SUBSCRIBED, Delivery, Webhook, WebhookEvent

__all__ = [
    "ALLOWED",
    "SUBSCRIBED",
    "AccessToken",
    "Delivery",
    "KeptAnswer",
    "Membership",
    "Place",
    "PublicReader",
    "Role",
    "User",
    "UserStep",
    "Webhook",
    "WebhookEvent",
    "person_key",
]

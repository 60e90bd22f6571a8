"""People, their roles and the areas they hold them in; webhooks of provinces."""

from accounts.models.people import PublicReader, User, UserStep, person_key
from accounts.models.roles import ALLOWED, Membership, Role
from accounts.models.webhooks import SUBSCRIBED, Delivery, Webhook, WebhookEvent

__all__ = [
    "ALLOWED",
    "SUBSCRIBED",
    "Delivery",
    "Membership",
    "PublicReader",
    "Role",
    "User",
    "UserStep",
    "Webhook",
    "WebhookEvent",
    "person_key",
]

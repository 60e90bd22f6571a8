"""Secrets of webhooks: made, kept so that they can sign, and used to sign.

The scheme is that of Standard Webhooks (https://www.standardwebhooks.com).
"""

import base64
import hashlib
import hmac
import secrets

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from accounts.refusals import Refused

PREFIX = "whsec_"
BYTES = 32
SALT = "accounts.webhooks.secrets"


def new_secret() -> str:
    return PREFIX + base64.b64encode(secrets.token_bytes(BYTES)).decode()


def encrypted(secret: str) -> str:
    """As it is stored; `SECRET_KEY` opens it, and older keys do while they are kept."""
    return _box().encrypt(secret.encode()).decode()


def decrypted(stored: str) -> str:
    try:
        return _box().decrypt(stored.encode()).decode()
    except InvalidToken as error:
        raise Refused(
            _("The secret cannot be read: SECRET_KEY has changed since it was made. Renew it.")
        ) from error


def signature(secret: str, message_id: str, timestamp: int, body: bytes) -> str:
    """What the header `Webhook-Signature` says of a message."""
    key = base64.b64decode(secret.removeprefix(PREFIX))
    signed = f"{message_id}.{timestamp}.".encode() + body
    digest = hmac.new(key, signed, hashlib.sha256).digest()
    return f"v1,{base64.b64encode(digest).decode()}"


def _box() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_key_from(secret_key)) for secret_key in keys])


def _key_from(secret_key: str) -> bytes:
    digest = salted_hmac(SALT, "", secret=secret_key, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest)

"""Makers of webhooks and deliveries."""

import json

from django.utils import timezone

from accounts.models import SUBSCRIBED, Delivery, Webhook
from accounts.webhooks.secrets import encrypted, new_secret

EVERYTHING = [event.value for event in SUBSCRIBED]


def make_webhook(*, province, by, url="https://nhan.example/ntm", secret=None, **fields):
    fields = {"name": "Cổng dữ liệu", "events": EVERYTHING} | fields
    return Webhook.objects.create(
        province=province,
        made_by=by,
        url=url,
        secret=encrypted(secret or new_secret()),
        secret_made_at=timezone.now(),
        **fields,
    )


def make_delivery(*, webhook, **fields):
    fields = {"event": "data_version.changed", "body": json.dumps({"event": "thử"})} | fields
    return Delivery.objects.create(webhook=webhook, **fields)

"""Official changes written down for the webhooks that follow them, in the transaction itself.

What is written is sent after the commit; with a rollback it is gone.
"""

import json
import uuid
from dataclasses import dataclass

from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import Delivery, Webhook, WebhookEvent
from accounts.webhooks.tasks import begin_sending
from communes.models import Province
from ntm_tracker.web.links import full_address

CHANGED = WebhookEvent.DATA_VERSION_CHANGED


def announce(provinces, news, **kwargs):
    """Connected in `accounts.apps`. One query where no webhook follows the provinces."""
    followers = Webhook.objects.active().filter(province__in=provinces)
    for webhook in followers.select_related("province").order_by("pk"):
        for piece in news:
            if piece.event in webhook.events:
                _write(webhook, piece.event, piece.data())
        if CHANGED in webhook.events:
            _tell_version(webhook)


def write_test(webhook: Webhook) -> Delivery:
    """A message by which the receiver sees that it arrives; sent by whoever calls."""
    return _new(webhook, WebhookEvent.TEST, {})


def _tell_version(webhook: Webhook):
    """Tell of one change a transaction: a second one mends what the first has written."""
    written = next((one for one in _written_here() if one.is_change_of(webhook)), None)
    if written is None:
        _write(webhook, CHANGED, {})
        return
    delivery = Delivery.objects.get(pk=written.delivery)
    delivery.body = _body(delivery.key, webhook.province, CHANGED, {})
    delivery.save(update_fields=["body"])


def _write(webhook: Webhook, event: str, data: dict):
    delivery = _new(webhook, event, data)
    transaction.on_commit(Written(delivery.pk, webhook.pk, event), robust=True)


@dataclass(eq=False)
class Written:
    """A delivery of this transaction, to be sent after the commit."""

    delivery: int
    webhook: int
    event: str
    is_sent: bool = False

    def __call__(self):
        self.is_sent = True
        begin_sending(self.delivery)

    def is_change_of(self, webhook: Webhook) -> bool:
        return (self.webhook, self.event, self.is_sent) == (webhook.pk, CHANGED, False)


def _written_here() -> list[Written]:
    """What this transaction has written. Django forgets what a savepoint took back."""
    return [call for _where, call, *_rest in connection.run_on_commit if isinstance(call, Written)]


def _new(webhook: Webhook, event: str, data: dict) -> Delivery:
    key = uuid.uuid4()
    body = _body(key, webhook.province, event, data)
    return Delivery.objects.create(webhook=webhook, key=key, event=event, body=body)


def _body(key, province: Province, event: str, data: dict) -> str:
    """The message as it is sent; `docs/webhooks.md` describes it."""
    message = {
        "id": str(key),
        "event": event,
        "occurred_at": timezone.localtime().isoformat(timespec="seconds"),
        "province": province.code,
        "data_version": province.data_version,
        "data": data,
        "links": {"provinces": full_address(reverse("api:provinces"))},
    }
    return json.dumps(message, ensure_ascii=False)

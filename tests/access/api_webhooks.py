"""Who may do what with the webhooks of a province: whoever administers it."""

from accounts.models import Delivery, Webhook
from tests.access.rows import ADMINISTRATOR, Row, file_of, province
from tests.accounts.webhooks.makers import make_delivery, make_webhook


def webhook(scene):
    """One that leads nowhere: nothing is sent to this address."""
    found = Webhook.objects.filter(province=scene.province).first()
    fields = {"province": scene.province, "by": scene.officer, "url": "https://127.0.0.1/"}
    return province(scene) | {"pk": (found or make_webhook(**fields)).pk}


def delivery(scene):
    place = webhook(scene)
    found = Delivery.objects.filter(webhook=place["pk"]).first()
    made = found or make_delivery(webhook=Webhook.objects.get(pk=place["pk"]))
    return place | {"delivery": made.pk}


def of_webhooks(name, method="get", args=webhook):
    return Row(name, frozenset({ADMINISTRATOR}), method, 403, "alike", args=args)


ROWS = [
    of_webhooks("webhooks", args=province),
    of_webhooks("webhooks_table", args=file_of("webhooks", province)),
    of_webhooks("webhook_table", args=file_of("messages", webhook)),
    of_webhooks("webhook"),
    of_webhooks("webhook_test", "post"),
    of_webhooks("webhook_delivery", args=delivery),
    of_webhooks("webhook_again", "post", args=delivery),
    *(
        of_webhooks(name, method, args=province if name == "webhook_add" else webhook)
        for name in [
            "webhook_add",
            "webhook_change",
            "webhook_pause",
            "webhook_resume",
            "webhook_renew",
            "webhook_secret",
        ]
        for method in ("get", "post")
    ),
]

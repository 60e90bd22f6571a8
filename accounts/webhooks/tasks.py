"""Sending in the background, wherever `TASKS` says.

With a worker each delivery is sent as soon as it is committed, and tried again when its time has
come. Without one it waits for `manage.py send_webhooks`: whoever approves never waits for the
server of somebody else.
"""

from django.conf import settings
from django_tasks import task

from accounts.models import Delivery
from accounts.webhooks.delivering import attempt


def begin_sending(pk: int):
    if settings.TASKS_WHERE == "database":
        send_delivery.enqueue(pk)


@task()
def send_delivery(pk: int):
    """Try once, if it is due, and leave the next attempt to the queue."""
    delivery = Delivery.objects.due().filter(pk=pk).first()
    if delivery and attempt(delivery) and delivery.next_try_at:
        send_delivery.using(run_after=delivery.next_try_at).enqueue(pk)

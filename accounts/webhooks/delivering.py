"""The attempts at a delivery: claimed, made, and written down with what follows."""

import random
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Delivery, Webhook, WebhookEvent
from accounts.webhooks.sending import Answer, send

State = Delivery.State
# 80 s, 4 min, 12 min, … 16 h: the last attempt comes about a day after the first.
FIRST_WAIT = timedelta(seconds=80)
FACTOR = 3
MOST_ATTEMPTS = 8
JITTER = 0.2
PAUSED_AFTER = timedelta(days=3)
KEPT_DAYS = 90


@dataclass
class Sent:
    """How many deliveries a run has made, and how many of them did not arrive."""

    delivered: int = 0
    failed: int = 0


def send_due(at_most: int) -> Sent:
    """Send what is due; a webhook whose server fails is left alone until the next run."""
    sent = Sent()
    failing = set()
    for delivery in Delivery.objects.due().select_related("webhook")[:at_most]:
        if delivery.webhook_id in failing or not attempt(delivery):
            continue
        if delivery.state == State.DELIVERED:
            sent.delivered += 1
        else:
            sent.failed += 1
            failing.add(delivery.webhook_id)
    return sent


def attempt(delivery: Delivery) -> bool:
    """Try once; False where somebody else has begun this attempt.

    The claim counts the attempt and sets the time of the next, so that a worker that dies in
    between costs one attempt and loses nothing.
    """
    if not _claim(delivery):
        return False
    answer = send(delivery)
    _write_down(delivery, answer)
    if answer.is_good:
        Webhook.objects.filter(pk=delivery.webhook_id).update(failing_since=None)
    elif delivery.event != WebhookEvent.TEST:
        _mark_failing(delivery.webhook_id)
    return True


def wait_after(attempts: int) -> timedelta:
    """How long to wait after so many attempts, a little more or less by chance.

    Without the chance all that failed together would come back together.
    """
    spread = random.uniform(1 - JITTER, 1 + JITTER)
    return FIRST_WAIT * FACTOR ** (min(attempts, MOST_ATTEMPTS) - 1) * spread


def send_again(delivery: Delivery) -> bool:
    """Try once more, now, whatever its state; False where somebody else has begun to."""
    rows = Delivery.objects.filter(pk=delivery.pk, attempts=delivery.attempts)
    rows.update(state=State.WAITING, next_try_at=timezone.now())
    return attempt(delivery)


def _claim(delivery: Delivery) -> bool:
    """One UPDATE: of two workers that want the same attempt, the first has it."""
    now = timezone.now()
    rows = Delivery.objects.filter(
        pk=delivery.pk,
        attempts=delivery.attempts,
        state__in=[State.WAITING, State.FAILED],
        next_try_at__lte=now,
    )
    next_try_at = now + wait_after(delivery.attempts + 1)
    if not rows.update(attempts=F("attempts") + 1, tried_at=now, next_try_at=next_try_at):
        return False
    delivery.attempts += 1
    delivery.tried_at, delivery.next_try_at = now, next_try_at
    return True


def _write_down(delivery: Delivery, answer: Answer):
    """Write how the attempt went, unless a later one is under way."""
    if answer.is_good:
        delivery.state, delivery.next_try_at = State.DELIVERED, None
    elif delivery.attempts >= MOST_ATTEMPTS or delivery.event == WebhookEvent.TEST:
        delivery.state, delivery.next_try_at = State.GIVEN_UP, None
    else:
        delivery.state = State.FAILED
    delivery.status, delivery.answer = answer.status, answer.excerpt
    delivery.milliseconds = answer.milliseconds
    written = ["state", "next_try_at", "status", "answer", "milliseconds"]
    Delivery.objects.filter(pk=delivery.pk, attempts=delivery.attempts).update(
        **{name: getattr(delivery, name) for name in written}
    )


@transaction.atomic
def _mark_failing(pk: int):
    """Remember since when nothing arrives; pause what has failed for long."""
    webhook = Webhook.objects.select_for_update().get(pk=pk)
    now = timezone.now()
    if webhook.failing_since is None:
        Webhook.objects.filter(pk=pk).update(failing_since=now)
    elif webhook.is_active and now - webhook.failing_since > PAUSED_AFTER:
        webhook.is_active = False
        webhook._history_user = None
        webhook._change_reason = _("Paused by itself: nothing has arrived for days.")
        webhook.save()

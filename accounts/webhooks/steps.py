"""What an administrator does to a webhook, each step written with who and why."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Webhook
from accounts.refusals import Refused
from accounts.webhooks.secrets import encrypted, new_secret


@transaction.atomic
def make(webhook: Webhook, *, by) -> Webhook:
    """Save a new webhook, with its first secret."""
    webhook.made_by = by
    _give_secret(webhook)
    return save(webhook, by=by)


@transaction.atomic
def renew(webhook: Webhook, *, by, reason: str) -> Webhook:
    """A new secret; what waits is signed with it too."""
    webhook = _locked(webhook)
    _give_secret(webhook)
    return save(webhook, by=by, reason=reason)


@transaction.atomic
def pause(webhook: Webhook, *, by, reason: str) -> Webhook:
    webhook = _locked(webhook)
    if not webhook.is_active:
        raise Refused(_("“%(webhook)s” is paused already.") % {"webhook": webhook})
    webhook.is_active = False
    return save(webhook, by=by, reason=reason)


@transaction.atomic
def resume(webhook: Webhook, *, by, reason: str) -> Webhook:
    """Send again, first what has waited."""
    webhook = _locked(webhook)
    if webhook.is_active:
        raise Refused(_("“%(webhook)s” is not paused.") % {"webhook": webhook})
    webhook.is_active, webhook.failing_since = True, None
    return save(webhook, by=by, reason=reason)


def save(webhook: Webhook, *, by, reason: str = "") -> Webhook:
    webhook._history_user, webhook._change_reason = by, reason or None
    webhook.save()
    return webhook


def _give_secret(webhook: Webhook):
    webhook.secret, webhook.secret_made_at = encrypted(new_secret()), timezone.now()


def _locked(webhook: Webhook) -> Webhook:
    rows = Webhook.objects.select_for_update(of=["self"]).select_related("province")
    return rows.get(pk=webhook.pk)

"""Send the messages to webhooks that are due; for cron, every minute or two."""

from django.conf import settings
from django.core.management import BaseCommand
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import Delivery
from accounts.webhooks.delivering import KEPT_DAYS, send_due


class Command(BaseCommand):
    help = (
        "Send the messages to webhooks that are due, and try again those that failed. May run "
        "several times at once: no attempt is made twice."
    )

    def add_arguments(self, parser):
        parser.add_argument("--at-most", type=int, default=200, help="messages in one run")

    def handle(self, *, at_most, **options):
        with translation.override(settings.LANGUAGE_CODE):
            sent = send_due(at_most)
            Delivery.objects.forget_old(KEPT_DAYS)
            words = {"delivered": sent.delivered, "failed": sent.failed}
            self.stdout.write(_("Delivered: %(delivered)d. Failed: %(failed)d.") % words)

"""Mail the notices that were not mailed yet; for cron, every few minutes."""

from django.conf import settings
from django.core.management import BaseCommand
from django.utils import translation
from django.utils.translation import gettext as _

from criteria.mail import mail_waiting
from criteria.models import Notice


class Command(BaseCommand):
    help = "Mail the notices that wait for it, as after a mail server did not answer."

    def handle(self, **options):
        with translation.override(settings.LANGUAGE_CODE):
            sent = mail_waiting(Notice.objects.all())
            self.stdout.write(_("%(count)d notices mailed.") % {"count": sent})

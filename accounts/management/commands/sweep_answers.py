"""Delete answers that were kept for programs which ask again, once they are a day old."""

from django.conf import settings
from django.core.management import BaseCommand
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import KeptAnswer


class Command(BaseCommand):
    help = "Delete answers kept under an Idempotency-Key that are older than 24 hours."

    def handle(self, **options):
        count, _by_model = KeptAnswer.objects.outdated().delete()
        with translation.override(settings.LANGUAGE_CODE):
            self.stdout.write(_("%(count)d answers deleted.") % {"count": count})

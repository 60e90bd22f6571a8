"""Delete files of evidence that no row knows, as a crash between the two leaves them."""

from datetime import timedelta

from django.conf import settings
from django.core.management import BaseCommand
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from criteria.evidence import orphans
from criteria.models import Evidence


class Command(BaseCommand):
    help = "Delete files of evidence that no row knows and that are older than a day."

    def handle(self, **options):
        storage = Evidence.file.field.storage
        names = orphans(before=timezone.now() - timedelta(days=1))
        for name in names:
            storage.delete(name)
        with translation.override(settings.LANGUAGE_CODE):
            self.stdout.write(_("%(count)d files deleted.") % {"count": len(names)})

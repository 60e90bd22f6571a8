"""Delete files that no row knows, as a crash between the two leaves them.

Files of decisions go too whose form was never finished.
"""

from datetime import timedelta

from django.conf import settings
from django.core.management import BaseCommand
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from criteria.evidence import orphans
from criteria.models import DecisionFile, Evidence


class Command(BaseCommand):
    help = "Delete files of evidence that no row knows and that are older than a day."

    def handle(self, **options):
        storage = Evidence.file.field.storage
        day_ago = timezone.now() - timedelta(days=1)
        DecisionFile.objects.unused().filter(uploaded_at__lt=day_ago).delete()
        names = orphans(before=day_ago)
        for name in names:
            storage.delete(name)
        with translation.override(settings.LANGUAGE_CODE):
            self.stdout.write(_("%(count)d files deleted.") % {"count": len(names)})

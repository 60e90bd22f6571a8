"""Work the stored results of approved assessments out anew."""

import sys

from django.conf import settings
from django.core.management import BaseCommand, CommandError
from django.utils import translation
from django.utils.translation import gettext as _

from communes.models import Province
from criteria.rebuilding import rebuild


class Command(BaseCommand):
    help = "Rebuild criterion results and counts of approved assessments from their scores."

    def add_arguments(self, parser):
        parser.add_argument("--province", metavar="CODE", help="only this province")
        parser.add_argument(
            "--check", action="store_true", help="change nothing; exit 1 on a difference"
        )

    def handle(self, *, province, check, **options):
        with translation.override(settings.LANGUAGE_CODE):
            differed = sum(self._rebuild(row, check) for row in _provinces(province))
        if check and differed:
            sys.exit(1)

    def _rebuild(self, province: Province, check: bool) -> int:
        batches = list(rebuild(province, only_check=check))
        counts = {
            "province": province,
            "seen": sum(seen for seen, _differed in batches),
            "differed": sum(differed for _seen, differed in batches),
        }
        sentence = (
            _("%(province)s: %(differed)d of %(seen)d approved assessments differ.")
            if check
            else _("%(province)s: %(differed)d of %(seen)d approved assessments put right.")
        )
        self.stdout.write(sentence % counts)
        return counts["differed"]


def _provinces(code: str | None) -> list[Province]:
    found = Province.objects.filter(code=code) if code else Province.objects.all()
    if code and not found:
        raise CommandError(_("There is no province with the code %(code)s.") % {"code": code})
    return list(found)

"""Load scores and recognitions invented to agree with every published figure."""

from django.conf import settings
from django.core.management import BaseCommand, CommandError
from django.utils import translation
from django.utils.translation import gettext as _

from communes.models import Province
from targets.illustration import writing
from targets.illustration.reading import PROVINCE
from targets.illustration.world import DoesNotFit


class Command(BaseCommand):
    help = (
        "Load illustrative assessments and recognitions of Lạng Sơn, marked as such, from the end"
        " of 2020 to mid-2025. A second run changes nothing; `clear_illustration` takes them out."
    )

    def handle(self, **options):
        with translation.override(settings.LANGUAGE_CODE):
            province = province_or_refuse()
            if writing.is_there(province):
                self.stdout.write(_("The illustrative data is there already. Nothing changed."))
                return
            try:
                written = writing.load(province, say=self._say)
            except DoesNotFit as error:
                raise CommandError(in_words(error)) from error
            self.stdout.write(
                _(
                    "Illustrative data loaded: %(recognitions)d recognitions,"
                    " %(assessments)d assessments, %(scores)d scores."
                )
                % written._asdict()
            )
            if written.occupied:
                self.stdout.write(
                    _(
                        "%(occupied)d assessments that people had made were left as they are, so"
                        " totals may differ from the published ones."
                    )
                    % written._asdict()
                )

    def _say(self, text: str):
        self.stdout.write(f"  {text}")
        self.stdout.flush()


def province_or_refuse() -> Province:
    province = Province.objects.filter(code=PROVINCE).order_by("valid_from").last()
    if province is None:
        raise CommandError(
            _("There is no reference data yet: run `manage.py load_reference` first.")
        )
    return province


def in_words(error: DoesNotFit) -> str:
    return _(
        "The illustrative data cannot be made from what the database holds: %(why)s"
        " Nothing was loaded. `manage.py load_reference` restores the reference data."
    ) % {"why": error}

"""Load the reference data: units, criteria sets, recognitions, plans, published figures."""

from pathlib import Path

from django.conf import settings
from django.core.management import BaseCommand, CommandError
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from communes.models import Province, ReferenceLoad
from communes.reference import FIXTURES, fixtures_digest, load_units
from communes.reference_files import BadFile
from communes.reference_load import Outcome
from criteria.reference import load_criteria
from targets.reference import load_targets

LOADERS = [load_units, load_criteria, load_targets]


class Command(BaseCommand):
    help = (
        "Load the reference data of fixtures/. Adds and changes rows, removes none; a second run"
        " changes nothing. A bad file is refused and nothing of any file is loaded."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--fixtures", type=Path, default=FIXTURES, help="Folder of the files to load."
        )

    def handle(self, *, fixtures=FIXTURES, **options):
        with translation.override(settings.LANGUAGE_CODE):
            try:
                outcomes = load_reference(fixtures)
            except BadFile as error:
                nothing = _("Nothing was loaded.")
                raise CommandError(f"{error}\n{nothing}") from error
            for outcome in outcomes:
                self.stdout.write(in_words(outcome))
            changed = any(outcome.is_change for outcome in outcomes)
            self.stdout.write(_("Reference data loaded.") if changed else _("Nothing changed."))


@transaction.atomic
def load_reference(folder: Path) -> list[Outcome]:
    """Load every file of a folder; raises BadFile, and then nothing has been written."""
    outcomes = [outcome for load in LOADERS for outcome in load(folder)]
    if any(outcome.is_change for outcome in outcomes):
        # criteria and thresholds concern every province
        Province.objects.all().raise_data_version()
    digest = fixtures_digest(folder)
    last = ReferenceLoad.objects.first()
    if last is None or last.digest != digest:
        ReferenceLoad.objects.create(digest=digest)
    return outcomes


def in_words(outcome: Outcome) -> str:
    line = _("%(file)s: added %(added)d, changed %(changed)d, left %(left)d")
    if outcome.kept:
        line = _(
            "%(file)s: added %(added)d, changed %(changed)d, left %(left)d,"
            " kept as edited here %(kept)d"
        )
    return line % outcome._asdict()

"""Take the illustrative scores and recognitions out."""

from django.conf import settings
from django.core.management import BaseCommand
from django.utils import translation
from django.utils.translation import gettext as _

from targets.illustration import clearing
from targets.management.commands.load_illustration import province_or_refuse


class Command(BaseCommand):
    help = "Take out what `load_illustration` loaded, and nothing that people entered."

    def handle(self, **options):
        with translation.override(settings.LANGUAGE_CODE):
            cleared = clearing.clear(province_or_refuse())
            self.stdout.write(
                _(
                    "Illustrative data taken out: %(recognitions)d recognitions,"
                    " %(assessments)d assessments, %(periods)d reporting periods."
                )
                % cleared._asdict()
            )
            if cleared.kept:
                self.stdout.write(
                    _("%(kept)d illustrative rows that people have changed since were kept.")
                    % cleared._asdict()
                )

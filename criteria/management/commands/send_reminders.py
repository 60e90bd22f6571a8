"""Remind people of assessments that fall due or are overdue; for cron, every morning."""

from django.conf import settings
from django.core.management import BaseCommand
from django.utils import translation
from django.utils.translation import gettext as _

from criteria.models import ReportingPeriod
from criteria.reminders import AFTER, BEFORE, remind


class Command(BaseCommand):
    help = (
        "Remind whoever has assessments to enter in an open period, in the app and by e-mail. "
        "May be run as often as you like: nobody is reminded twice for the same reminder day."
    )

    def add_arguments(self, parser):
        days = {"type": int, "nargs": "*", "metavar": "DAYS"}
        parser.add_argument("--before", default=BEFORE, help="days before the due day", **days)
        parser.add_argument("--after", default=AFTER, help="days after the due day", **days)

    def handle(self, *, before, after, **options):
        with translation.override(settings.LANGUAGE_CODE):
            for period in ReportingPeriod.objects.open().select_related("province"):
                count = remind(period, before=before, after=after)
                words = {"province": period.province, "period": period, "count": count}
                self.stdout.write(_("%(province)s, %(period)s: %(count)d reminded") % words)

"""Reporting periods: when scores may be written, and who takes part."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from communes.models import Commune, District, Province
from communes.scope import ANY_ROW, Action, AreaScope, scope_of


class WhoEnters(models.TextChoices):
    COMMUNE = "commune", _("The commune")
    DISTRICT = "district", _("The district")
    EITHER = "either", _("The commune or the district")


DISTRICTS_ENTER = (WhoEnters.DISTRICT, WhoEnters.EITHER)
COMMUNES_ENTER = (WhoEnters.COMMUNE, WhoEnters.EITHER)


def enterable_q(scope: AreaScope, period="period__", commune="commune__") -> Q:
    """Pairs of a period and a commune whose scores are entered by somebody with the scope.

    In their province officers enter whatever they like; districts and communes where the period
    lets their kind of unit enter.
    """
    if scope.everywhere:
        return ANY_ROW
    return (
        Q(**{f"{commune}province__in": scope.provinces})
        | Q(**{f"{period}who_enters__in": DISTRICTS_ENTER})
        & Q(**{f"{commune}district__in": scope.districts})
        | Q(**{f"{period}who_enters__in": COMMUNES_ENTER})
        & Q(**{f"{commune}pk__in": scope.communes})
    )


class ReportingPeriodQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(scope_of(user, Action.READ).provinces_q("province"))

    def editable_by(self, user):
        """Periods that `user` may open, close and make exceptions to."""
        return self.filter(scope_of(user, Action.DECIDE).provinces_q("province"))

    def entered_by(self, user, commune: Commune):
        """Periods of the commune's province in which `user` may enter its scores."""
        rule = enterable_q(scope_of(user, Action.ENTER), "", "province__communes__")
        return self.filter(rule, province__communes=commune)

    def open(self):
        return self.filter(status=ReportingPeriod.Status.OPEN)


class ReportingPeriod(models.Model):
    """A quarter of a province; opens, falls due, is closed.

    The steps that an assessment goes through are data of the period: who enters, and whether
    the district verifies before the province approves.
    """

    class Status(models.TextChoices):
        PLANNED = "planned", _("Planned")
        OPEN = "open", _("Open")
        CLOSED = "closed", _("Closed")

    province = models.ForeignKey(Province, models.PROTECT, related_name="periods")
    year = models.PositiveSmallIntegerField(_("year"))
    quarter = models.PositiveSmallIntegerField(_("quarter"))
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    due_on = models.DateField(_("due on"))
    status = models.CharField(_("status"), max_length=20, choices=Status, default=Status.PLANNED)
    who_enters = models.CharField(
        _("who enters"), max_length=20, choices=WhoEnters, db_default=WhoEnters.EITHER
    )
    district_verifies = models.BooleanField(_("the district verifies"), db_default=True)
    history = HistoricalRecords()

    objects = ReportingPeriodQuerySet.as_manager()

    class Meta:
        verbose_name = _("reporting period")
        verbose_name_plural = _("reporting periods")
        ordering = ["province", "year", "quarter"]
        constraints = [
            models.UniqueConstraint(fields=["province", "year", "quarter"], name="period_once"),
            models.CheckConstraint(
                condition=Q(quarter__gte=1, quarter__lte=4), name="period_is_a_quarter"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on"), due_on__gte=F("starts_on")),
                name="period_days_in_order",
            ),
            models.CheckConstraint(
                condition=Q(who_enters__in=WhoEnters.values), name="period_somebody_enters"
            ),
        ]

    def __str__(self):
        return _("Quarter %(quarter)s/%(year)s") % {"quarter": self.quarter, "year": self.year}

    def get_absolute_url(self):
        """Where the province opens and closes it."""
        place = {"province": self.province.code, "year": self.year, "quarter": self.quarter}
        return reverse("criteria:period", kwargs=place)

    @property
    def code(self) -> str:
        """How addresses name the period: 2025-Q2."""
        return f"{self.year}-Q{self.quarter}"

    @property
    def is_open(self) -> bool:
        return self.status == self.Status.OPEN

    @property
    def is_closed(self) -> bool:
        return self.status == self.Status.CLOSED

    @property
    def days_left(self) -> int:
        """Days until it falls due, today counted as none; negative when overdue."""
        return (self.due_on - timezone.localdate()).days

    @property
    def days_overdue(self) -> int:
        return -self.days_left


class PeriodExceptionQuerySet(models.QuerySet):
    def in_force(self, at: datetime):
        """Exceptions that let their unit write at a moment."""
        return self.filter(until__gt=at, withdrawn_at__isnull=True)


class PeriodException(models.Model):
    """Leave for one unit to write in a closed period until a moment."""

    period = models.ForeignKey(ReportingPeriod, models.CASCADE, related_name="exceptions")
    commune = models.ForeignKey(Commune, models.PROTECT, related_name="+", null=True, blank=True)
    district = models.ForeignKey(District, models.PROTECT, related_name="+", null=True, blank=True)
    until = models.DateTimeField(_("until"))
    reason = models.TextField(_("reason"))
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    granted_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)
    history = HistoricalRecords()

    objects = PeriodExceptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("exception to a closed period")
        verbose_name_plural = _("exceptions to closed periods")
        ordering = ["-granted_at"]
        constraints = [
            models.CheckConstraint(
                name="period_exception_for_one_unit",
                condition=Q(commune__isnull=True, district__isnull=False)
                | Q(commune__isnull=False, district__isnull=True),
            ),
            models.CheckConstraint(name="period_exception_with_a_reason", condition=~Q(reason="")),
        ]

    def __str__(self):
        return f"{self.unit}, {self.period}"

    @property
    def unit(self) -> Commune | District:
        return self.commune or self.district

    @property
    def is_in_force(self) -> bool:
        return self.withdrawn_at is None and self.until > timezone.now()


class EntryLimits(models.Model):
    """From which change on a province asks for an explanation of a value."""

    province = models.OneToOneField(Province, models.CASCADE, related_name="entry_limits")
    points = models.DecimalField(
        _("largest change of a percentage, in points"), max_digits=5, decimal_places=1, default=20
    )
    percent = models.DecimalField(
        _("largest change of a number, in per cent of the last value"),
        max_digits=6,
        decimal_places=1,
        default=50,
    )
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("limits for entered values")
        verbose_name_plural = _("limits for entered values")
        constraints = [
            models.CheckConstraint(
                condition=Q(points__gt=0, percent__gt=0), name="entry_limits_above_nothing"
            ),
        ]

    def __str__(self):
        return f"{self.province}: {self.points}, {self.percent} %"

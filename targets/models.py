"""What a province set out to reach, and what official sources printed."""

from datetime import date

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from communes.models import District, Province
from communes.scope import Action, scope_of
from targets.boundaries.models import (  # noqa: F401
    BoundaryDraft,
    DraftPart,
    DraftUnit,
    MovedRole,
)


class Metric(models.TextChoices):
    COMMUNES_STANDARD = "communes_standard", _("Recognised communes")
    COMMUNES_ADVANCED = "communes_advanced", _("Advanced communes")
    COMMUNES_MODEL = "communes_model", _("Model communes")
    AVG_CRITERIA = "avg_criteria", _("Average criteria per commune")
    COMMUNES_BELOW_10 = "communes_below_10", _("Communes under 10 criteria")
    AVG_ADVANCED_CRITERIA = "avg_advanced_criteria", _("Average advanced criteria")
    BORDER_AVG_CRITERIA = "border_avg_criteria", _("Average criteria of border communes")
    BORDER_COMMUNES_STANDARD = "border_communes_standard", _("Recognised border communes")
    RESIDENTIAL_AREAS = "residential_areas", _("Model residential areas")
    GARDENS = "gardens", _("Model gardens")
    DISTRICTS_COMPLETED = "districts_completed", _("Districts that completed the programme")


class OfProvinceQuerySet(models.QuerySet):
    """Rows that hang on a province."""

    def visible_to(self, user):
        return self.filter(scope_of(user, Action.READ).provinces_q("province"))

    def editable_by(self, user):
        return self.filter(scope_of(user, Action.DECIDE).provinces_q("province"))


class PlanQuerySet(OfProvinceQuerySet):
    def visible_to(self, user):
        """A draft is seen by those alone who may put it in force."""
        own = scope_of(user, Action.DECIDE).provinces_q("province")
        return super().visible_to(user).filter(Q(is_draft=False) | own)

    def in_force(self):
        """Those that dashboards judge by, each from its day on."""
        return self.filter(is_draft=False)

    def holding_on(self, day: date):
        """Of each plan in force the version that dashboards of a day judge by."""
        later = Plan.objects.in_force().filter(supersedes=OuterRef("pk"), holds_from__lte=day)
        has_begun = Q(holds_from__isnull=True) | Q(holds_from__lte=day)
        return self.in_force().filter(has_begun, ~Exists(later))


class Plan(models.Model):
    """A province's plan for some years, with the document that it stands in.

    An official change of its targets is a plan of its own that `supersedes` it from a day on.
    """

    province = models.ForeignKey(Province, models.PROTECT, related_name="plans")
    code = models.SlugField(_("code"), max_length=50)
    name = models.CharField(_("name"), max_length=250)
    baseline_on = models.DateField(_("baseline"))
    first_year = models.PositiveSmallIntegerField(_("first year"))
    last_year = models.PositiveSmallIntegerField(_("last year"))
    document = models.CharField(_("document"), max_length=250)
    decided_on = models.DateField(_("date of the document"), null=True, blank=True)
    source = models.TextField(_("source"))
    is_draft = models.BooleanField(_("draft"), default=False)
    supersedes = models.OneToOneField(
        "self", models.PROTECT, related_name="successor", null=True, blank=True
    )
    holds_from = models.DateField(
        _("holds from"),
        null=True,
        blank=True,
        help_text=_("Dashboards of earlier days keep the version before."),
    )
    history = HistoricalRecords()

    objects = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("plan")
        verbose_name_plural = _("plans")
        ordering = ["province", "-first_year"]
        constraints = [
            models.UniqueConstraint(fields=["province", "code"], name="plan_once"),
            models.CheckConstraint(
                condition=Q(last_year__gte=F("first_year")), name="plan_years_in_order"
            ),
            models.CheckConstraint(
                condition=Q(supersedes__isnull=True, holds_from__isnull=True)
                | Q(supersedes__isnull=False, holds_from__isnull=False),
                name="plan_version_has_its_day",
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("plan", kwargs={"province": self.province.code, "plan": self.code})

    @property
    def years(self) -> range:
        return range(self.first_year, self.last_year + 1)


class Baseline(models.Model):
    """Where a metric stood when a plan began."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="baselines")
    metric = models.CharField(_("metric"), max_length=40, choices=Metric)
    value = models.DecimalField(_("value"), max_digits=14, decimal_places=4)
    base = models.PositiveIntegerField(_("out of"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True)
    source = models.TextField(_("source"))
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("baseline")
        verbose_name_plural = _("baselines")
        constraints = [
            models.UniqueConstraint(fields=["plan", "metric"], name="baseline_once"),
        ]

    def __str__(self):
        return f"{self.get_metric_display()}: {self.value}"


class Target(models.Model):
    """What a metric is to reach by the end of a year."""

    class Kind(models.TextChoices):
        CUMULATIVE_COUNT = "cumulative_count", _("Total count")
        NEW_IN_YEAR = "new_in_year", _("New in the year")
        NEW_IN_PLAN = "new_in_plan", _("New in the plan")
        SHARE = "share", _("Share")
        MEAN = "mean", _("Mean")
        FLOOR = "floor", _("None under a limit")
        MEAN_WITHIN_CLASS = "mean_within_class", _("Mean within a class")
        MEAN_WITHIN_GROUP = "mean_within_group", _("Mean within a group")
        RANGE = "range", _("Range")
        PER_DISTRICT = "per_district", _("Count per district")

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="targets")
    metric = models.CharField(_("metric"), max_length=40, choices=Metric)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    year = models.PositiveSmallIntegerField(_("year"))
    district = models.ForeignKey(District, models.PROTECT, related_name="+", null=True, blank=True)
    low = models.DecimalField(_("target"), max_digits=14, decimal_places=4)
    high = models.DecimalField(
        _("upper end of the range"), max_digits=14, decimal_places=4, null=True, blank=True
    )
    is_derived = models.BooleanField(
        _("worked out from the document"),
        default=False,
        help_text=_("The document gives the pace, not this year's number."),
    )
    note = models.TextField(_("note"), blank=True)
    source = models.TextField(_("source"))
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("target")
        verbose_name_plural = _("targets")
        ordering = ["plan", "metric", "year"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "metric", "kind", "year"],
                condition=Q(district__isnull=True),
                name="target_once",
            ),
            models.UniqueConstraint(
                fields=["plan", "metric", "kind", "year", "district"],
                condition=Q(district__isnull=False),
                name="target_of_district_once",
            ),
            models.CheckConstraint(
                condition=Q(high__isnull=True) | Q(high__gte=F("low")),
                name="target_range_in_order",
            ),
        ]

    def __str__(self):
        return f"{self.get_metric_display()} {self.year}: {self.low}"


class PublishedFigure(models.Model):
    """A figure as an official source printed it, never mixed with a computed one.

    `label` says in the source's terms what was counted where no metric of ours fits.
    """

    province = models.ForeignKey(
        Province, models.PROTECT, related_name="published", null=True, blank=True
    )
    district = models.ForeignKey(District, models.PROTECT, related_name="+", null=True, blank=True)
    metric = models.CharField(_("metric"), max_length=60)
    kind = models.CharField(
        _("kind"), max_length=10, choices=[("result", _("Result")), ("target", _("Target"))]
    )
    as_of = models.DateField(_("as of"))
    precision = models.CharField(
        _("precision of the date"),
        max_length=10,
        choices=[
            ("day", _("day")),
            ("month", _("month")),
            ("half", _("half-year")),
            ("year", _("year")),
        ],
        default="day",
    )
    value = models.DecimalField(_("value"), max_digits=14, decimal_places=4, null=True, blank=True)
    high = models.DecimalField(
        _("upper end of the range"), max_digits=14, decimal_places=4, null=True, blank=True
    )
    text = models.TextField(_("as printed"), blank=True)
    unit = models.CharField(_("unit"), max_length=50, blank=True)
    base = models.PositiveIntegerField(_("out of"), null=True, blank=True)
    boundaries_on = models.DateField(
        _("on the boundaries of"),
        null=True,
        blank=True,
        help_text=_("A day whose list of communes was counted. Empty: the day itself."),
    )
    place = models.CharField(_("place"), max_length=100, blank=True)
    note = models.TextField(_("note"), blank=True)
    source = models.TextField(_("source"))
    history = HistoricalRecords()

    objects = OfProvinceQuerySet.as_manager()

    class Meta:
        verbose_name = _("published figure")
        verbose_name_plural = _("published figures")
        ordering = ["as_of", "metric"]
        indexes = [models.Index(fields=["province", "metric", "as_of"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(value__isnull=False) | ~Q(text=""),
                name="published_figure_says_something",
            ),
        ]

    def __str__(self):
        return f"{self.metric} {self.as_of:%d/%m/%Y}: {self.value or self.text}"

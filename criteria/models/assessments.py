"""What was reported of a commune in a period, and what counts of it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from communes.models import Commune, Province
from communes.scope import Action, scope_of
from criteria.models.sets import CriteriaSet, Criterion, Indicator


class Verdict(models.TextChoices):
    MET = "met", _("Met")
    BASICALLY = "basically", _("Basically met")
    NOT_MET = "not_met", _("Not met")
    NOT_APPLICABLE = "not_applicable", _("Not applicable")


class ReportingPeriod(models.Model):
    """A quarter of a province; opens, falls due, is closed."""

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
    history = HistoricalRecords()

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
        ]

    def __str__(self):
        return _("Quarter %(quarter)s/%(year)s") % {"quarter": self.quarter, "year": self.year}


class AssessmentQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Official ones of the user's provinces, and all others of the user's own area."""
        return self.filter(
            Q(state=Assessment.State.APPROVED)
            & scope_of(user, Action.READ).provinces_q("commune__province")
            | scope_of(user, Action.FOLLOW).communes_q("commune__")
        )

    def editable_by(self, user):
        return self.filter(scope_of(user, Action.ENTER).communes_q("commune__"))

    def official(self):
        return self.filter(state=Assessment.State.APPROVED)


class Assessment(models.Model):
    """One commune, one criteria set, one period: its scores and its place in the workflow.

    The counts are filled when it is approved, in the same transaction, and only then.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SUBMITTED = "submitted", _("Submitted")
        CHECKED = "checked", _("Verified by the district")
        APPROVED = "approved", _("Approved")
        RETURNED = "returned", _("Returned")
        REOPENED = "reopened", _("Reopened")

    commune = models.ForeignKey(Commune, models.PROTECT, related_name="assessments")
    criteria_set = models.ForeignKey(CriteriaSet, models.PROTECT, related_name="assessments")
    period = models.ForeignKey(ReportingPeriod, models.PROTECT, related_name="assessments")
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.DRAFT)
    version = models.PositiveIntegerField(_("version"), default=1)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    submitted_at = models.DateTimeField(_("submitted at"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    criteria_met = models.PositiveSmallIntegerField(_("criteria met"), null=True, blank=True)
    criteria_basically = models.PositiveSmallIntegerField(
        _("criteria basically met"), null=True, blank=True
    )
    criteria_applicable = models.PositiveSmallIntegerField(
        _("criteria that apply"), null=True, blank=True
    )
    is_illustrative = models.BooleanField(_("illustrative"), default=False)
    source = models.TextField(_("source"), blank=True)
    history = HistoricalRecords()

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assessment")
        verbose_name_plural = _("assessments")
        constraints = [
            models.UniqueConstraint(
                fields=["commune", "criteria_set", "period"], name="assessment_once"
            ),
            models.CheckConstraint(
                name="assessment_not_decided_by_its_author",
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("submitted_by")),
            ),
            models.CheckConstraint(
                name="assessment_counted_if_approved",
                condition=Q(
                    state="approved",
                    decided_at__isnull=False,
                    criteria_met__isnull=False,
                    criteria_basically__isnull=False,
                    criteria_applicable__isnull=False,
                )
                | ~Q(state="approved")
                & Q(
                    criteria_met__isnull=True,
                    criteria_basically__isnull=True,
                    criteria_applicable__isnull=True,
                ),
            ),
        ]

    def __str__(self):
        return f"{self.commune}, {self.period}"


class Score(models.Model):
    """One finding: of an indicator, or of a criterion in a set without indicators.

    `verdict` null is "not assessed", never "not met".
    """

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="scores")
    indicator = models.ForeignKey(
        Indicator, models.PROTECT, related_name="+", null=True, blank=True
    )
    criterion = models.ForeignKey(
        Criterion, models.PROTECT, related_name="+", null=True, blank=True
    )
    value = models.DecimalField(_("value"), max_digits=14, decimal_places=4, null=True, blank=True)
    verdict = models.CharField(  # noqa: DJ001 null says "not assessed" in the value too
        _("verdict"),
        max_length=20,
        choices=Verdict,
        null=True,
        blank=True,
    )
    note = models.TextField(_("note"), blank=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("score")
        verbose_name_plural = _("scores")
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "indicator"], name="score_of_indicator_once"
            ),
            models.UniqueConstraint(
                fields=["assessment", "criterion"], name="score_of_criterion_once"
            ),
            models.CheckConstraint(
                name="score_of_indicator_or_criterion",
                condition=Q(indicator__isnull=True, criterion__isnull=False)
                | Q(indicator__isnull=False, criterion__isnull=True),
            ),
        ]

    def __str__(self):
        return f"{self.indicator or self.criterion}: {self.value or self.verdict}"


def evidence_path(evidence, filename):
    """A random name under a folder that no web server serves; the real name is a field."""
    return f"evidence/{evidence.key}"


class Evidence(models.Model):
    """A file that backs a score; served only through a view that checks access."""

    score = models.ForeignKey(Score, models.CASCADE, related_name="evidence")
    key = models.UUIDField(unique=True, editable=False)
    file = models.FileField(_("file"), upload_to=evidence_path)
    filename = models.CharField(_("file name"), max_length=250)
    content_type = models.CharField(_("content type"), max_length=100)
    size = models.PositiveIntegerField(_("size in bytes"))
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("uploaded by")
    )
    uploaded_at = models.DateTimeField(_("uploaded at"), auto_now_add=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")

    def __str__(self):
        return self.filename


class CriterionResult(models.Model):
    """The verdict on one criterion of an approved assessment, kept for aggregates."""

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="results")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="results")
    verdict = models.CharField(_("verdict"), max_length=20, choices=Verdict)

    class Meta:
        verbose_name = _("criterion result")
        verbose_name_plural = _("criterion results")
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "criterion"], name="criterion_result_once"
            ),
        ]

    def __str__(self):
        return f"{self.criterion.number}: {self.get_verdict_display()}"

"""What was reported of a commune in a period, and its way to approval."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from communes.models import Commune
from communes.scope import Action, scope_of
from criteria.models.periods import ReportingPeriod, enterable_q
from criteria.models.sets import CriteriaSet, Criterion, Indicator, Verdict

# A commune without a district has nobody to verify its assessments but the province.
IS_CHECKED_FIRST = Q(period__district_verifies=True, commune__district__isnull=False)
FOR_DISTRICT = IS_CHECKED_FIRST & Q(state="submitted")
FOR_PROVINCE = Q(state="checked") | ~IS_CHECKED_FIRST & Q(state="submitted")


class AssessmentQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Official ones of the user's provinces, and all others of the user's own area."""
        return self.filter(visible_q(user))

    def followed_by(self, user):
        """Those of the user's own area, whatever their state."""
        return self.filter(scope_of(user, Action.FOLLOW).communes_q("commune__"))

    def editable_by(self, user):
        """Those of the user's area whose period lets the user's kind of unit enter."""
        return self.filter(enterable_q(scope_of(user, Action.ENTER)))

    def checkable_by(self, user):
        """Those that the user may verify for the district, in periods with that step."""
        return self.filter(_checkable_q(user))

    def decidable_by(self, user):
        return self.filter(_decidable_q(user))

    def reviewable_by(self, user):
        """Those that the user may verify or decide on, whatever their state."""
        return self.filter(_checkable_q(user) | _decidable_q(user))

    def waiting_for(self, user):
        """Those whose next step is the user's to take: who decides does not do the district's.

        What the user entered or submitted waits for somebody else.
        """
        decides = _decidable_q(user)
        checks = _checkable_q(user) & ~decides
        rows = self.filter(decides & FOR_PROVINCE | checks & FOR_DISTRICT)
        return rows.exclude(submitted_by=user).exclude(scores__entered_by=user)

    def official(self):
        return self.filter(state=Assessment.State.APPROVED)

    def waiting_for_check(self):
        """Submitted ones that the district verifies first."""
        return self.filter(FOR_DISTRICT)

    def waiting_for_approval(self):
        """Those whose next step is the province's."""
        return self.filter(FOR_PROVINCE)

    def with_names(self):
        """Bring along what a page about an assessment prints and its steps ask for."""
        return self.select_related(
            "commune__district",
            "commune__province__region",
            "commune__province__entry_limits",
            "period",
            "criteria_set",
        )


def visible_q(user, to: str = "") -> Q:
    """What `visible_to` narrows to; `to` leads to the assessments, as in `"assessment__"`."""
    return Q(**{f"{to}state": Assessment.State.APPROVED}) & scope_of(
        user, Action.READ
    ).provinces_q(f"{to}commune__province") | scope_of(user, Action.FOLLOW).communes_q(
        f"{to}commune__"
    )


def _checkable_q(user) -> Q:
    return scope_of(user, Action.CHECK).communes_q("commune__") & IS_CHECKED_FIRST


def _decidable_q(user) -> Q:
    return scope_of(user, Action.DECIDE).provinces_q("commune__province")


class Assessment(models.Model):
    """One commune, one criteria set, one period: its scores and its place in the workflow.

    The counts are filled when it is approved, in the same transaction, and only then.
    `version` rises with every step. `changed_at` moves with every write to it or to one of its
    scores, which triggers of the database see to (`criteria.guards`).
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SUBMITTED = "submitted", _("Submitted")
        CHECKED = "checked", _("Verified by the district")
        APPROVED = "approved", _("Approved")
        RETURNED = "returned", _("Returned")
        REOPENED = "reopened", _("Reopened")

    # States in which scores may be written.
    IN_ENTRY = (State.DRAFT, State.RETURNED, State.REOPENED)

    commune = models.ForeignKey(Commune, models.PROTECT, related_name="assessments")
    criteria_set = models.ForeignKey(CriteriaSet, models.PROTECT, related_name="assessments")
    period = models.ForeignKey(ReportingPeriod, models.PROTECT, related_name="assessments")
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.DRAFT)
    version = models.PositiveIntegerField(_("version"), default=1)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    submitted_at = models.DateTimeField(_("submitted at"), null=True, blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    checked_at = models.DateTimeField(_("verified by the district at"), null=True, blank=True)
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
    changed_at = models.DateTimeField(_("changed at"), default=timezone.now, editable=False)

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assessment")
        verbose_name_plural = _("assessments")
        indexes = [models.Index(fields=["changed_at"])]
        constraints = [
            models.UniqueConstraint(
                fields=["commune", "criteria_set", "period"], name="assessment_once"
            ),
            # That nobody decides on scores they entered is held by `criteria.guards`.
            models.CheckConstraint(
                name="assessment_not_decided_by_its_author",
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("submitted_by")),
            ),
            models.CheckConstraint(
                name="assessment_not_checked_by_its_author",
                condition=Q(checked_by__isnull=True) | ~Q(checked_by=F("submitted_by")),
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

    def get_absolute_url(self):
        return reverse("criteria:assessment", kwargs={"pk": self.pk})

    @property
    def is_in_entry(self) -> bool:
        """May scores be written, as far as the state goes?"""
        return self.state in self.IN_ENTRY

    @property
    def has_district_step(self) -> bool:
        """Does the district verify before the province approves? See `IS_CHECKED_FIRST`."""
        return bool(self.period.district_verifies and self.commune.district_id)


class Origin(models.TextChoices):
    """From where a change came."""

    FORM = "form", _("Form")
    GRID = "grid", _("Grid")
    EXCEL = "excel", _("Excel")
    API = "api", _("API")


class FromWhere(models.Model):
    """From where a row of a history came; `token` names the access token of a program."""

    origin = models.CharField(_("from"), max_length=10, choices=Origin, default=Origin.FORM)
    token = models.CharField(_("access token"), max_length=100, blank=True, default="")

    class Meta:
        abstract = True

    @property
    def came_from(self) -> str:
        """In words; the name of a token tells programs of one person apart."""
        label = Origin(self.origin).label if self.origin else ""
        if not self.token:
            return str(label)
        words = {"origin": label, "token": self.token}
        return _("%(origin)s, access token “%(token)s”") % words


class AssessmentStep(FromWhere):
    """One move of an assessment through the workflow: its history, never changed."""

    class Action(models.TextChoices):
        SUBMIT = "submit", _("Submitted")
        WITHDRAW = "withdraw", _("Taken back")
        CHECK = "check", _("Verified by the district")
        APPROVE = "approve", _("Approved")
        RETURN = "return", pgettext_lazy("step", "Returned")
        UNDO = "undo", _("Approval undone")
        REOPEN = "reopen", _("Reopened")

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="steps")
    action = models.CharField(_("step"), max_length=20, choices=Action)
    before = models.CharField(_("state before"), max_length=20, choices=Assessment.State)
    after = models.CharField(_("state after"), max_length=20, choices=Assessment.State)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("at"))
    reason = models.TextField(_("reason"), blank=True)

    class Meta:
        verbose_name = _("step of an assessment")
        verbose_name_plural = _("steps of assessments")
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["assessment", "at"]), models.Index(fields=["at"])]

    def __str__(self):
        return f"{self.assessment}: {self.get_action_display()}"


def about_one(name: str) -> models.CheckConstraint:
    """The row is about an indicator, or about a criterion as a whole."""
    return models.CheckConstraint(
        name=name,
        condition=Q(indicator__isnull=True, criterion__isnull=False)
        | Q(indicator__isnull=False, criterion__isnull=True),
    )


class ReturnReason(models.Model):
    """Why an indicator or criterion was returned, with the step that returned it."""

    step = models.ForeignKey(AssessmentStep, models.CASCADE, related_name="reasons")
    indicator = models.ForeignKey(
        Indicator, models.PROTECT, related_name="+", null=True, blank=True
    )
    criterion = models.ForeignKey(
        Criterion, models.PROTECT, related_name="+", null=True, blank=True
    )
    text = models.TextField(_("reason"))

    class Meta:
        verbose_name = _("reason for a return")
        verbose_name_plural = _("reasons for returns")
        constraints = [about_one("return_reason_of_indicator_or_criterion")]

    def __str__(self):
        return f"{self.indicator or self.criterion}: {self.text}"


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

"""Legal acts that recognise a commune, a district or a smaller place."""

import uuid
from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from communes.models import Commune, District, Province
from communes.models.units import in_force_on
from communes.scope import Action, scope_of
from criteria.models.assessments import FromWhere, Origin
from criteria.models.scores import evidence_path
from criteria.models.sets import Grade


class DecisionFileQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(scope_of(user, Action.READ).provinces_q("province"))

    def unused(self):
        """Files of forms that were never finished."""
        return self.filter(recognitions=None)


class DecisionFile(models.Model):
    """A decision as it was signed; one file for all the recognitions that it gives."""

    province = models.ForeignKey(Province, models.PROTECT, related_name="+")
    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    file = models.FileField(_("file"), upload_to=evidence_path)
    filename = models.CharField(_("file name"), max_length=250)
    content_type = models.CharField(_("content type"), max_length=100)
    size = models.PositiveIntegerField(_("size in bytes"))
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("uploaded by")
    )
    uploaded_at = models.DateTimeField(_("uploaded at"), auto_now_add=True)

    objects = DecisionFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("file of a decision")
        verbose_name_plural = _("files of decisions")

    def __str__(self):
        return self.filename


class RecognitionTrail(FromWhere):
    """What a history row of a recognition says besides: that it came through the API."""

    origin = models.CharField(_("from"), max_length=10, choices=Origin, blank=True, default="")

    class Meta:
        abstract = True


class RecognitionQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(scope_of(user, Action.READ).provinces_q("province"))

    def editable_by(self, user):
        return self.filter(scope_of(user, Action.DECIDE).provinces_q("province"))

    def standing(self):
        return self.filter(revoked_on__isnull=True)

    def counting_on(self, day: date):
        """Those that count on a day (see `Recognition.counts_on`) and whose holder is there."""
        is_year_end = (day.month, day.day) == (12, 31)
        decided = Q(year=day.year) & (Q() if is_year_end else Q(decided_on__lte=day))
        is_there = Q()
        for unit in ("commune", "district"):
            is_there &= Q(**{f"{unit}__isnull": True}) | in_force_on(day, f"{unit}__")
        still = Q(revoked_on__isnull=True) | Q(revoked_on__gt=day)
        return self.filter(still, Q(year__lt=day.year) | decided, is_there)

    def with_names(self):
        """Bring along what a row of the register prints."""
        return self.select_related("commune__district", "district", "file").prefetch_related(
            "carried_to__commune"
        )


class Recognition(models.Model):
    """A recognition, by the year it counts for: decisions often follow in January.

    It never passes through a merger on its own: a new commune has one only by a decision,
    which `carried_from` then links to the old one's.
    """

    class Kind(models.TextChoices):
        COMMUNE = "commune", _("Commune")
        DISTRICT = "district", _("District")
        RESIDENTIAL_AREA = "residential_area", _("Model residential area")
        GARDEN = "garden", _("Model garden")

    province = models.ForeignKey(Province, models.PROTECT, related_name="recognitions")
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.COMMUNE)
    commune = models.ForeignKey(
        Commune, models.PROTECT, related_name="recognitions", null=True, blank=True
    )
    district = models.ForeignKey(
        District, models.PROTECT, related_name="recognitions", null=True, blank=True
    )
    place = models.CharField(
        _("place"), max_length=150, blank=True, help_text=_("Name of the village or garden.")
    )
    grade = models.CharField(_("grade"), max_length=20, choices=Grade, default=Grade.STANDARD)
    field = models.CharField(
        _("field"), max_length=100, blank=True, help_text=_("What a model commune is model in.")
    )
    year = models.PositiveSmallIntegerField(_("counts for the year"))
    decision = models.CharField(_("decision number"), max_length=50, blank=True)
    decided_on = models.DateField(_("decision date"), null=True, blank=True)
    revoked_on = models.DateField(_("revoked on"), null=True, blank=True)
    revocation = models.CharField(_("revoked by decision"), max_length=50, blank=True)
    revocation_reason = models.TextField(_("reason for revoking"), blank=True)
    carried_from = models.ForeignKey(
        "self", models.PROTECT, related_name="carried_to", null=True, blank=True
    )
    file = models.ForeignKey(
        DecisionFile, models.PROTECT, related_name="recognitions", null=True, blank=True
    )
    evidence = models.CharField(_("how it is known"), max_length=250, blank=True)
    is_illustrative = models.BooleanField(_("illustrative"), default=False)
    source = models.TextField(_("source"))
    history = HistoricalRecords(bases=[RecognitionTrail])

    objects = RecognitionQuerySet.as_manager()

    class Meta:
        verbose_name = _("recognition")
        verbose_name_plural = _("recognitions")
        ordering = ["year", "decided_on", "pk"]
        indexes = [models.Index(fields=["province", "kind"])]
        constraints = [
            models.UniqueConstraint(
                fields=["commune", "grade", "year"],
                condition=Q(kind="commune"),
                name="recognition_once_a_year",
            ),
            models.CheckConstraint(
                name="recognition_place_fits_kind",
                condition=Q(kind="commune", commune__isnull=False, district__isnull=True)
                | Q(kind="district", commune__isnull=True, district__isnull=False)
                | Q(kind__in=["residential_area", "garden"]),
            ),
            models.CheckConstraint(
                name="recognition_revoked_after_it_was_made",
                condition=Q(revoked_on__isnull=True)
                | Q(decided_on__isnull=True)
                | Q(revoked_on__gte=F("decided_on")),
            ),
            models.CheckConstraint(
                name="recognition_revoked_with_a_reason",
                condition=Q(revoked_on__isnull=True) | ~Q(revocation_reason=""),
            ),
        ]

    def __str__(self):
        return f"{self.holder}: {self.get_grade_display()} {self.year}"

    def get_absolute_url(self):
        where = {"province": self.province.code, "pk": self.pk}
        return reverse("criteria:recognition", kwargs=where)

    @property
    def unit(self) -> Commune | District | None:
        return self.commune or self.district

    @property
    def holder(self):
        return self.place or self.commune or self.district

    def counts_on(self, day: date) -> bool:
        """Does it count on a day? From the end of its year, or from its own date if that is
        earlier in that year; no longer once it is revoked.
        """
        if self.revoked_on and self.revoked_on <= day:
            return False
        is_year_end = (day.month, day.day) == (12, 31)
        is_decided = bool(self.decided_on and self.decided_on <= day)
        return self.year < day.year or (self.year == day.year and (is_decided or is_year_end))

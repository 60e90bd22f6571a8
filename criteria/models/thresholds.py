"""What indicators must reach, and which province has confirmed it from which document."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from communes.models import AreaGroup, Province
from criteria.models.sets import Indicator


class ThresholdQuerySet(models.QuerySet):
    def known_to(self, province: Province):
        """The national ones and the province's own, each with `is_confirmed` for the province."""
        own = Verification.objects.filter(threshold=OuterRef("pk"), province=province)
        return self.filter(Q(province__isnull=True) | Q(province=province)).annotate(
            is_confirmed=Q(is_verified=True) | Exists(own)
        )

    def binding(self, province: Province):
        """Those of the area groups that communes of the province may be in under each set."""
        scheme = F("indicator__criterion__criteria_set__group_scheme")
        is_elsewhere = Q(area_group__scheme=AreaGroup.Scheme.REGION) & ~Q(
            area_group=province.region_id
        )
        return self.known_to(province).filter(~is_elsewhere, area_group__scheme=scheme)


class Threshold(models.Model):
    """What an indicator must reach in an area group, from a day on.

    `text` keeps the words of the source where they are no number. A province's own value,
    where the threshold is delegated, carries the province. `is_verified` is for every province;
    a province confirms others for itself by a `Verification`.
    """

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="thresholds")
    area_group = models.ForeignKey(AreaGroup, models.PROTECT, related_name="+")
    province = models.ForeignKey(Province, models.PROTECT, related_name="+", null=True, blank=True)
    value = models.DecimalField(_("value"), max_digits=14, decimal_places=4, null=True, blank=True)
    text = models.CharField(_("in words"), max_length=250, blank=True)
    valid_from = models.DateField(_("in force from"))
    valid_to = models.DateField(_("last day in force"), null=True, blank=True)
    is_verified = models.BooleanField(_("verified"), default=False)
    source = models.TextField(_("source"))
    history = HistoricalRecords()

    objects = ThresholdQuerySet.as_manager()

    class Meta:
        verbose_name = _("threshold")
        verbose_name_plural = _("thresholds")
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "area_group", "valid_from"],
                condition=Q(province__isnull=True),
                name="threshold_once",
            ),
            models.UniqueConstraint(
                fields=["indicator", "area_group", "province", "valid_from"],
                condition=Q(province__isnull=False),
                name="threshold_of_province_once",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="threshold_ends_after_it_begins",
            ),
        ]

    def __str__(self):
        return f"{self.indicator.code}: {self.text or self.value}"

    @cached_property
    def is_confirmed(self) -> bool:
        """For the province that it was read for by `known_to`; without one, for every one."""
        return self.is_verified

    def is_valid_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or self.valid_to >= day)


class Verification(models.Model):
    """A province's word that a threshold is what a document says; taken back, it is deleted."""

    threshold = models.ForeignKey(Threshold, models.CASCADE, related_name="verifications")
    province = models.ForeignKey(Province, models.PROTECT, related_name="+")
    document = models.CharField(_("document"), max_length=250)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("at"))
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("verification of a threshold")
        verbose_name_plural = _("verifications of thresholds")
        constraints = [
            models.UniqueConstraint(
                fields=["threshold", "province"], name="threshold_verified_once"
            ),
            models.CheckConstraint(
                name="threshold_verified_by_a_document", condition=~Q(document="")
            ),
        ]

    def __str__(self):
        return f"{self.threshold}: {self.document}"

"""How a province's summary workbook was corrected the last time."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from communes.models import Province
from criteria.models.sets import CriteriaSet


class SummaryMapping(models.Model):
    """What people said of columns and rows, by headings and names, for the workbooks to come.

    `said` is what `criteria.summary` calls corrections.
    """

    province = models.ForeignKey(Province, models.CASCADE, related_name="+")
    criteria_set = models.ForeignKey(CriteriaSet, models.CASCADE, related_name="+")
    said = models.JSONField(default=dict)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True
    )
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("mapping of summary workbooks")
        verbose_name_plural = _("mappings of summary workbooks")
        constraints = [
            models.UniqueConstraint(
                fields=["province", "criteria_set"], name="summary_mapping_once"
            ),
        ]

    def __str__(self):
        return f"{self.province}, {self.criteria_set}"

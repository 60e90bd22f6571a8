"""How the criteria of one set answer to those of another."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from communes.models import Province
from criteria.models.sets import Criterion


class Relation(models.TextChoices):
    SAME = "same", _("the same")
    NARROWER = "narrower", _("narrower than")
    BROADER = "broader", _("broader than")
    NONE = "none", _("no counterpart")


class CriterionLink(models.Model):
    """What a province takes a criterion to be in another, earlier or later, set.

    `other` is null where the other set, `other_set`, has no counterpart.
    """

    province = models.ForeignKey(Province, models.CASCADE, related_name="+")
    criterion = models.ForeignKey(Criterion, models.CASCADE, related_name="links")
    other_set = models.ForeignKey("CriteriaSet", models.CASCADE, related_name="+")
    other = models.ForeignKey(Criterion, models.CASCADE, related_name="+", null=True, blank=True)
    relation = models.CharField(_("relation"), max_length=20, choices=Relation)

    class Meta:
        verbose_name = _("counterpart of a criterion")
        verbose_name_plural = _("counterparts of criteria")
        constraints = [
            models.UniqueConstraint(
                fields=["province", "criterion", "other_set"], name="criterion_link_once"
            ),
            models.CheckConstraint(
                name="criterion_link_names_its_counterpart",
                condition=Q(relation="none", other__isnull=True)
                | ~Q(relation="none") & Q(other__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.criterion} {self.get_relation_display()} {self.other or self.other_set}"

"""Boundary changes: on a day, old units pass into new ones, whole or in part."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from communes.models.units import Commune, Province
from communes.scope import Action, scope_of


def share_field(label):
    return models.DecimalField(
        label,
        max_digits=6,
        decimal_places=5,
        null=True,
        blank=True,
        help_text=_("Share of the old unit, 0 to 1. Empty: not known."),
    )


def is_share(field: str) -> Q:
    return Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__gte": 0, f"{field}__lte": 1})


class BoundaryChangeQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(scope_of(user, Action.READ).provinces_q("province"))


class BoundaryChange(models.Model):
    """One resolution that takes effect on one day."""

    province = models.ForeignKey(Province, models.PROTECT, related_name="boundary_changes")
    effective_on = models.DateField(_("in effect from"))
    resolution = models.CharField(_("resolution"), max_length=100)
    title = models.CharField(_("title"), max_length=250, blank=True)
    source = models.TextField(_("source"), blank=True)
    history = HistoricalRecords()

    objects = BoundaryChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("boundary change")
        verbose_name_plural = _("boundary changes")
        ordering = ["effective_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["province", "effective_on", "resolution"], name="boundary_change_once"
            ),
        ]

    def __str__(self):
        return f"{self.resolution} ({self.effective_on:%d/%m/%Y})"


class BoundaryChangePart(models.Model):
    """An old unit, or part of it, passes into a new one.

    A unit that takes others in and lives on under its code and name keeps its row; it has no
    part here. Every unit that ends has parts that say where its land went.
    """

    class Kind(models.TextChoices):
        MERGED = "merged_into_new", _("Merged into a new unit")
        ABSORBED = "absorbed", _("Taken in by a unit that lives on")
        SPLIT = "dissolved_split", _("Dissolved, split between units")
        TRANSFER = "boundary_transfer", _("Part of its land passed on")
        RECODED = "code_change", _("Same unit with a new code, name or district")

    change = models.ForeignKey(BoundaryChange, models.CASCADE, related_name="parts")
    old = models.ForeignKey(Commune, models.PROTECT, related_name="passed_into")
    new = models.ForeignKey(Commune, models.PROTECT, related_name="formed_from")
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    is_whole = models.BooleanField(_("as a whole"))
    share_people = share_field(_("share of people"))
    share_area = share_field(_("share of area"))
    population = models.PositiveIntegerField(_("people passed on"), null=True, blank=True)
    area_km2 = models.DecimalField(
        _("area passed on (km²)"), max_digits=9, decimal_places=2, null=True, blank=True
    )
    confidence = models.CharField(_("confidence"), max_length=10, blank=True)
    source = models.TextField(_("source"), blank=True)

    class Meta:
        verbose_name = _("part of a boundary change")
        verbose_name_plural = _("parts of boundary changes")
        constraints = [
            models.UniqueConstraint(fields=["change", "old", "new"], name="change_part_once"),
            models.UniqueConstraint(
                fields=["change", "old"], condition=Q(is_whole=True), name="change_whole_once"
            ),
            models.CheckConstraint(condition=~Q(old=F("new")), name="change_part_moves"),
            models.CheckConstraint(
                condition=is_share("share_people") & is_share("share_area"),
                name="change_part_shares_are_shares",
            ),
        ]

    def __str__(self):
        return f"{self.old} → {self.new}"

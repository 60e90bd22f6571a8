"""A boundary change in the making: kept until it is complete, and then what was asked for."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from accounts.models import Membership
from communes.models import BoundaryChange, BoundaryChangePart, Commune, District, Province
from communes.models.changes import is_share, share_field
from ntm_tracker.web.numbers import day

Kind = BoundaryChangePart.Kind
# The others pass a unit on as a whole.
IN_PART = {Kind.SPLIT, Kind.TRANSFER}


class BoundaryDraft(models.Model):
    """One resolution as it is being entered. `change` is what applying it made."""

    province = models.ForeignKey(Province, models.PROTECT, related_name="boundary_drafts")
    effective_on = models.DateField(_("in effect from"))
    resolution = models.CharField(_("resolution"), max_length=100)
    title = models.CharField(_("title"), max_length=250, blank=True)
    source = models.TextField(_("source"), blank=True)
    districts_ended = models.ManyToManyField(
        District,
        blank=True,
        related_name="+",
        verbose_name=_("districts that end"),
    )
    change = models.OneToOneField(
        BoundaryChange, models.SET_NULL, related_name="draft", null=True, editable=False
    )
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("draft of a boundary change")
        verbose_name_plural = _("drafts of boundary changes")
        ordering = ["-effective_on", "-pk"]

    def __str__(self):
        return f"{self.resolution} ({day(self.effective_on)})"

    def get_absolute_url(self):
        return reverse("boundary_draft", kwargs={"province": self.province.code, "pk": self.pk})


class DraftUnit(models.Model):
    """A unit that the change forms. `made` is the commune that applying it made."""

    draft = models.ForeignKey(BoundaryDraft, models.CASCADE, related_name="units")
    code = models.CharField(_("code"), max_length=10)
    name = models.CharField(_("name"), max_length=100)
    kind = models.CharField(
        _("kind"), max_length=20, choices=Commune.Kind, default=Commune.Kind.COMMUNE
    )
    district = models.ForeignKey(
        District,
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("district"),
    )
    latitude = models.DecimalField(
        _("latitude"), max_digits=9, decimal_places=6, null=True, blank=True
    )
    longitude = models.DecimalField(
        _("longitude"), max_digits=9, decimal_places=6, null=True, blank=True
    )
    area_km2 = models.DecimalField(
        _("area (km²)"), max_digits=9, decimal_places=2, null=True, blank=True
    )
    population = models.PositiveIntegerField(
        _("population"), null=True, blank=True, help_text=_("Census of 1 April 2019.")
    )
    is_border = models.BooleanField(
        _("border commune"), null=True, blank=True, help_text=_("Empty: not known.")
    )
    note = models.TextField(_("note"), blank=True)
    source = models.TextField(_("source"), blank=True)
    made = models.OneToOneField(
        Commune, models.SET_NULL, related_name="drafted_as", null=True, editable=False
    )

    class Meta:
        verbose_name = _("new unit of a draft")
        verbose_name_plural = _("new units of drafts")
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(
                fields=["draft", "code"],
                name="draft_unit_once",
                violation_error_message=_("This draft has a new unit with this code already."),
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.name}"


class DraftPart(models.Model):
    """An old unit, or part of it, passes into a new unit or into one that lives on."""

    draft = models.ForeignKey(BoundaryDraft, models.CASCADE, related_name="parts")
    old = models.ForeignKey(
        Commune, models.PROTECT, related_name="drafted_out", verbose_name=_("old unit")
    )
    unit = models.ForeignKey(
        DraftUnit, models.CASCADE, related_name="parts", null=True, blank=True
    )
    into = models.ForeignKey(
        Commune, models.PROTECT, related_name="drafted_in", null=True, blank=True
    )
    kind = models.CharField(_("what happens"), max_length=20, choices=Kind)
    share_people = share_field(_("share of people"))
    share_area = share_field(_("share of area"))
    population = models.PositiveIntegerField(_("people passed on"), null=True, blank=True)
    area_km2 = models.DecimalField(
        _("area passed on (km²)"), max_digits=9, decimal_places=2, null=True, blank=True
    )
    confidence = models.CharField(_("confidence"), max_length=10, blank=True)
    source = models.TextField(_("source"), blank=True)

    class Meta:
        verbose_name = _("line of a draft")
        verbose_name_plural = _("lines of drafts")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["draft", "old", "unit"], name="draft_part_once"),
            models.UniqueConstraint(fields=["draft", "old", "into"], name="draft_part_into_once"),
            models.CheckConstraint(
                condition=Q(unit__isnull=True, into__isnull=False)
                | Q(unit__isnull=False, into__isnull=True),
                name="draft_part_has_one_target",
            ),
            models.CheckConstraint(
                condition=is_share("share_people") & is_share("share_area"),
                name="draft_part_shares_are_shares",
            ),
        ]

    def __str__(self):
        return f"{self.old} → {self.target}"

    @property
    def target(self):
        """Where it goes: a new unit of the draft, or a commune that lives on."""
        return self.unit or self.into

    @target.setter
    def target(self, unit):
        self.unit = unit if isinstance(unit, DraftUnit) else None
        self.into = unit if isinstance(unit, Commune) else None

    @property
    def is_whole(self):
        return self.kind not in IN_PART

    @property
    def ends_old(self):
        return self.kind != Kind.TRANSFER


class MovedRole(models.Model):
    """A role that moved with a unit into its successor, so that it can be moved back."""

    draft = models.ForeignKey(BoundaryDraft, models.CASCADE, related_name="moved")
    membership = models.ForeignKey(Membership, models.CASCADE, related_name="moved")
    before = models.ForeignKey(Commune, models.PROTECT, related_name="+")
    after = models.ForeignKey(Commune, models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("role that moved")
        verbose_name_plural = _("roles that moved")

    def __str__(self):
        return f"{self.membership}: {self.before} → {self.after}"

"""Criteria sets: versions of criteria, their indicators and the thresholds in force."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from communes.models import AreaGroup, Province
from communes.models.units import in_force_on
from communes.scope import Action, scope_of


class Verdict(models.TextChoices):
    MET = "met", _("Met")
    BASICALLY = "basically", _("Basically met")
    NOT_MET = "not_met", _("Not met")
    NOT_APPLICABLE = "not_applicable", _("Not applicable")


class Grade(models.TextChoices):
    STANDARD = "standard", _("NTM")
    ADVANCED = "advanced", _("Advanced NTM")
    MODEL = "model", _("Model NTM")
    MODERN = "modern", _("Modern NTM")


class Named(models.Model):
    """Something with a legal name in Vietnamese and a translation."""

    name = models.TextField(_("name"))
    name_en = models.TextField(_("name in English"), blank=True)

    class Meta:
        abstract = True

    @property
    def local_name(self):
        """The name in the reader's language; Vietnamese where no translation is known."""
        return self.name_en if get_language() == "en" and self.name_en else self.name


class CriteriaSetQuerySet(models.QuerySet):
    def official_to(self, user):
        """The national sets and those of provinces that `user` reads; no drafts."""
        own = scope_of(user, Action.READ).provinces_q("province")
        return self.filter(Q(province__isnull=True) | own, is_draft=False)

    def known_to(self, province):
        """The national sets and the province's own, drafts too; takes a province or its key."""
        return self.filter(Q(province__isnull=True) | Q(province=province))

    def counting_in(self, province):
        """Those that may count there: a draft counts nowhere."""
        return self.known_to(province).filter(is_draft=False)

    def in_force(self, on: date, province: Province):
        return self.counting_in(province).filter(in_force_on(on))


class CriteriaSet(Named):
    """A version of the criteria: national, or made by a province for itself.

    A set is written as a draft, which counts nowhere; once in force it is only superseded.
    """

    class Level(models.TextChoices):
        COMMUNE = "commune", _("Commune")
        DISTRICT = "district", _("District")
        PROVINCE = "province", _("Province")

    province = models.ForeignKey(
        Province, models.PROTECT, related_name="criteria_sets", null=True, blank=True
    )
    is_draft = models.BooleanField(_("draft"), db_default=False)
    code = models.CharField(_("code"), max_length=50, unique=True)
    level = models.CharField(_("level"), max_length=20, choices=Level)
    grade = models.CharField(_("grade"), max_length=20, choices=Grade)
    decision = models.CharField(_("decision"), max_length=100)
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    amended_by = models.CharField(_("amended by"), max_length=250, blank=True)
    valid_from = models.DateField(_("in force from"))
    valid_to = models.DateField(_("last day in force"), null=True, blank=True)
    group_scheme = models.CharField(
        _("thresholds differ by"),
        max_length=20,
        choices=AreaGroup.Scheme,
        default=AreaGroup.Scheme.REGION,
    )
    is_scored = models.BooleanField(
        _("scored criterion by criterion"),
        default=True,
        help_text=_("Off for a list of conditions that is not a score table."),
    )
    note = models.TextField(_("note"), blank=True)
    source = models.TextField(_("source"))
    history = HistoricalRecords()

    objects = CriteriaSetQuerySet.as_manager()

    class Meta:
        verbose_name = _("criteria set")
        verbose_name_plural = _("criteria sets")
        ordering = ["level", "valid_from", "grade"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="criteria_set_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(is_draft=False) | Q(province__isnull=False),
                name="criteria_set_drafted_by_a_province",
            ),
        ]

    def __str__(self):
        return self.local_name

    def is_edited_by(self, province: Province) -> bool:
        """May the province change its criteria? Only while it is the province's own draft."""
        return self.is_draft and self.province_id == province.pk


class Criterion(Named):
    criteria_set = models.ForeignKey(CriteriaSet, models.PROTECT, related_name="criteria")
    number = models.PositiveSmallIntegerField(_("number"))
    group = models.CharField(_("group"), max_length=100, blank=True)
    is_verified = models.BooleanField(_("wording verified"), default=False)
    source = models.TextField(_("source"), blank=True)

    class Meta:
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")
        ordering = ["criteria_set", "number"]
        constraints = [
            models.UniqueConstraint(fields=["criteria_set", "number"], name="criterion_once"),
        ]

    def __str__(self):
        return f"{self.number}. {self.local_name}"


class Indicator(Named):
    class Kind(models.TextChoices):
        PERCENT = "percent", _("Percentage")
        NUMBER = "number", _("Number")
        COUNT = "count", _("Whole number")
        VERDICT = "verdict", _("Met or not met")

    class Direction(models.TextChoices):
        AT_LEAST = "at_least", _("at least")
        AT_MOST = "at_most", _("at most")

    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="indicators")
    code = models.CharField(_("number"), max_length=10)
    position = models.PositiveSmallIntegerField(_("position"))
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    unit = models.CharField(_("unit"), max_length=50, blank=True)
    direction = models.CharField(_("direction"), max_length=20, choices=Direction, blank=True)
    is_delegated = models.BooleanField(_("threshold delegated to the province"), default=False)
    is_verified = models.BooleanField(_("wording verified"), default=False)
    note = models.TextField(_("note"), blank=True)
    source = models.TextField(_("source"), blank=True)

    class Meta:
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        ordering = ["criterion", "position"]
        constraints = [
            models.UniqueConstraint(fields=["criterion", "code"], name="indicator_once"),
            models.CheckConstraint(
                name="indicator_direction_fits_kind",
                condition=Q(kind="verdict", direction="") | ~Q(kind="verdict") & ~Q(direction=""),
            ),
        ]

    def __str__(self):
        return f"{self.code} {self.local_name}"

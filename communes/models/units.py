"""Provinces, districts and communes, and the groups that thresholds depend on."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from communes.names import search_key, sort_key
from communes.news import News, official_data_changed
from communes.scope import Action, scope_of


def in_force_on(day: date, path: str = "") -> Q:
    """Rows whose validity covers `day`; `valid_to` is the last day in force, null is still."""
    return Q(**{f"{path}valid_from__lte": day}) & (
        Q(**{f"{path}valid_to__isnull": True}) | Q(**{f"{path}valid_to__gte": day})
    )


class AreaGroup(models.Model):
    """A group of areas with thresholds of its own: a region, or a commune group from 2026."""

    class Scheme(models.TextChoices):
        REGION = "region", _("Region")
        COMMUNE_GROUP = "commune_group", _("Commune group")

    scheme = models.CharField(_("scheme"), max_length=20, choices=Scheme)
    code = models.CharField(_("code"), max_length=20)
    name = models.CharField(_("name"), max_length=250)
    source = models.TextField(_("source"), blank=True)

    class Meta:
        verbose_name = _("area group")
        verbose_name_plural = _("area groups")
        ordering = ["scheme", "code"]
        constraints = [
            models.UniqueConstraint(fields=["scheme", "code"], name="area_group_once"),
        ]

    def __str__(self):
        return self.name


class DatedUnitQuerySet(models.QuerySet):
    def in_force(self, on: date):
        return self.filter(in_force_on(on))

    def search(self, text: str):
        """Units whose name holds `text`, with or without diacritics, or whose code is `text`."""
        return self.filter(Q(search_key__contains=search_key(text)) | Q(code=text.strip()))

    def bearing(self, code: str, on: date):
        """Units that ever bore `code`: that of the day first, then the newest."""
        return (
            self.filter(code=code)
            .annotate(is_in_force=models.Case(models.When(in_force_on(on), 1), default=0))
            .order_by("-is_in_force", "-valid_from")
        )


class DatedUnit(models.Model):
    """A unit known by (code, valid_from): codes are used again after a merger."""

    code = models.CharField(_("code"), max_length=10)
    name = models.CharField(_("name"), max_length=100)
    sort_key = models.CharField(max_length=400, editable=False)
    search_key = models.CharField(max_length=100, editable=False)
    valid_from = models.DateField(_("in force from"))
    valid_to = models.DateField(_("last day in force"), null=True, blank=True)
    latitude = models.DecimalField(
        _("latitude"), max_digits=9, decimal_places=6, null=True, blank=True
    )
    longitude = models.DecimalField(
        _("longitude"), max_digits=9, decimal_places=6, null=True, blank=True
    )
    population = models.PositiveIntegerField(
        _("population"), null=True, blank=True, help_text=_("Census of 1 April 2019.")
    )
    source = models.TextField(_("source"), blank=True)
    history = HistoricalRecords(inherit=True)

    class Meta:
        abstract = True

    def __str__(self):
        return self.full_name

    def save(self, *args, **kwargs):
        self.set_keys()
        super().save(*args, **kwargs)

    def set_keys(self):
        """Derive the stored keys from the name; for bulk writes, which skip `save()`."""
        self.sort_key = sort_key(self.name)
        self.search_key = search_key(self.name)

    @property
    def full_name(self):
        return f"{self.get_kind_display()} {self.name}"


def unit_constraints(model: str):
    """What the database holds for every dated unit.

    That the days of two units with one code never overlap is held by `communes.guards`,
    in the words of each database.
    """
    return [
        models.UniqueConstraint(fields=["code", "valid_from"], name=f"{model}_once"),
        models.UniqueConstraint(
            fields=["code"], condition=Q(valid_to__isnull=True), name=f"{model}_code_in_force_once"
        ),
        models.CheckConstraint(
            condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
            name=f"{model}_ends_after_it_begins",
        ),
    ]


class ProvinceQuerySet(DatedUnitQuerySet):
    def visible_to(self, user):
        return self.filter(scope_of(user, Action.READ).provinces_q())

    def raise_data_version(self, *news: News):
        """Say that official data changed; call it in the transaction of the change itself."""
        raised = self.update(data_version=F("data_version") + 1, data_changed_at=timezone.now())
        official_data_changed.send(sender=self.model, provinces=self, news=news)
        return raised


class Province(DatedUnit):
    class Kind(models.TextChoices):
        PROVINCE = "province", _("Province")
        CITY = "city", _("City under central government")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.PROVINCE)
    region = models.ForeignKey(
        AreaGroup, models.PROTECT, related_name="+", verbose_name=_("region")
    )
    register_complete = models.BooleanField(
        _("recognition register is complete"),
        default=False,
        help_text=_("Recognised communes are counted only from a complete register."),
    )
    basically_met_counts = models.BooleanField(
        _("“basically met” counts as met"),
        default=False,
        help_text=_("The province's own rule for counting criteria."),
    )
    data_version = models.PositiveBigIntegerField(_("data version"), default=1, editable=False)
    data_changed_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = ProvinceQuerySet.as_manager()

    class Meta:
        verbose_name = _("province")
        verbose_name_plural = _("provinces")
        ordering = ["sort_key", "valid_from"]
        constraints = unit_constraints("province")


class DistrictQuerySet(DatedUnitQuerySet):
    def visible_to(self, user):
        return self.filter(scope_of(user, Action.READ).provinces_q("province"))


class District(DatedUnit):
    """A district-level unit; abolished throughout the country on 1 July 2025."""

    class Kind(models.TextChoices):
        DISTRICT = "district", _("District")
        CITY = "city", _("City")
        TOWN = "town", _("Town")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.DISTRICT)
    province = models.ForeignKey(Province, models.PROTECT, related_name="districts")

    objects = DistrictQuerySet.as_manager()

    class Meta:
        verbose_name = _("district")
        verbose_name_plural = _("districts")
        ordering = ["sort_key", "valid_from"]
        constraints = unit_constraints("district")


class CommuneQuerySet(DatedUnitQuerySet):
    def visible_to(self, user):
        """Communes of the provinces whose official figures `user` may read."""
        return self.filter(scope_of(user, Action.READ).provinces_q("province"))

    def editable_by(self, user):
        return self.filter(scope_of(user, Action.ENTER).communes_q())

    def in_programme(self):
        return self.filter(kind=Commune.Kind.COMMUNE)

    def at(self, code: str, on: date):
        """The unit that bears `code` on a day, else the last one that bore it, else None."""
        return self.bearing(code, on).first()


class Commune(DatedUnit):
    """A commune-level unit. Towns and wards are kept too, but stand outside the programme."""

    class Kind(models.TextChoices):
        COMMUNE = "commune", _("Commune")
        TOWNSHIP = "township", _("Township")
        WARD = "ward", _("Ward")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.COMMUNE)
    province = models.ForeignKey(Province, models.PROTECT, related_name="communes")
    district = models.ForeignKey(
        District, models.PROTECT, related_name="communes", null=True, blank=True
    )
    is_border = models.BooleanField(
        _("border commune"), null=True, blank=True, help_text=_("Empty: not known.")
    )
    area_km2 = models.DecimalField(
        _("area (km²)"), max_digits=9, decimal_places=2, null=True, blank=True
    )
    note = models.TextField(_("note"), blank=True)

    objects = CommuneQuerySet.as_manager()

    class Meta:
        verbose_name = _("commune")
        verbose_name_plural = _("communes")
        ordering = ["sort_key", "valid_from"]
        indexes = [models.Index(fields=["province", "valid_from", "valid_to"])]
        constraints = unit_constraints("commune")

    @property
    def is_in_programme(self):
        return self.kind == self.Kind.COMMUNE


class CommuneGroup(models.Model):
    """The group a commune belongs to for a time, for criteria sets with group thresholds."""

    commune = models.ForeignKey(Commune, models.CASCADE, related_name="groups")
    group = models.ForeignKey(AreaGroup, models.PROTECT, related_name="members")
    valid_from = models.DateField(_("in force from"))
    valid_to = models.DateField(_("last day in force"), null=True, blank=True)
    source = models.TextField(_("source"), blank=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("commune's group")
        verbose_name_plural = _("communes' groups")
        constraints = [
            models.UniqueConstraint(
                fields=["commune", "valid_from"], name="commune_group_once_a_day"
            ),
            models.UniqueConstraint(
                fields=["commune"],
                condition=Q(valid_to__isnull=True),
                name="commune_group_in_force_once",
            ),
        ]

    def __str__(self):
        return f"{self.commune}: {self.group}"

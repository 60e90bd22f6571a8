"""The areas of communes, as the map draws them, and the files they came from."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from communes.models.units import Commune, Province


class AreaUploadQuerySet(models.QuerySet):
    def waiting(self):
        """Uploads that were looked at and neither applied nor given up."""
        return self.filter(applied_at__isnull=True)

    def applied(self):
        return self.filter(applied_at__isnull=False)

    def with_names(self):
        return self.select_related("province", "uploaded_by", "applied_by", "removed_by")


class AreaUpload(models.Model):
    """A file of areas: read and simplified, then applied as a whole, then perhaps removed.

    `areas` has the rings by code until they are applied. The codes are those of the day `on`.
    """

    province = models.ForeignKey(Province, models.PROTECT, related_name="area_uploads")
    on = models.DateField(_("day of the codes"))
    source = models.TextField(_("source"))
    file_name = models.CharField(_("file"), max_length=250)
    code_property = models.CharField(_("property with the code"), max_length=100)
    areas = models.JSONField(default=dict, blank=True)
    unknown = models.JSONField(_("codes of no commune of that day"), default=list, blank=True)
    mended = models.JSONField(_("areas that were mended"), default=list, blank=True)
    corners_before = models.PositiveIntegerField(_("corners in the file"))
    corners_after = models.PositiveIntegerField(_("corners kept"))
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True)
    applied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    applied_at = models.DateTimeField(_("applied at"), null=True, blank=True)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    removed_at = models.DateTimeField(_("removed at"), null=True, blank=True)

    objects = AreaUploadQuerySet.as_manager()

    class Meta:
        verbose_name = _("file of areas")
        verbose_name_plural = _("files of areas")
        ordering = ["-uploaded_at", "-pk"]
        constraints = [
            models.CheckConstraint(name="area_upload_with_a_source", condition=~Q(source="")),
            models.CheckConstraint(
                name="area_upload_applied_by_somebody",
                condition=Q(applied_at__isnull=True, applied_by__isnull=True)
                | Q(applied_at__isnull=False, applied_by__isnull=False),
            ),
            models.CheckConstraint(
                name="area_upload_removed_after_it_was_applied",
                condition=Q(removed_at__isnull=True, removed_by__isnull=True)
                | Q(removed_at__isnull=False, removed_by__isnull=False, applied_at__isnull=False),
            ),
        ]

    def __str__(self):
        return self.file_name


class CommuneArea(models.Model):
    """The area of one commune for its time in force: rings of longitude and latitude.

    Holes run the other way round than the borders around them.
    """

    commune = models.OneToOneField(Commune, models.CASCADE, related_name="area")
    upload = models.ForeignKey(AreaUpload, models.CASCADE, related_name="drawn")
    rings = models.JSONField()

    class Meta:
        verbose_name = _("area of a commune")
        verbose_name_plural = _("areas of communes")

    def __str__(self):
        return str(self.commune)

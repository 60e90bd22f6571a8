"""Which reference data the database holds."""

from django.db import models


class ReferenceLoad(models.Model):
    """One run of `load_reference`: the digest of the files it loaded."""

    digest = models.CharField(max_length=64)
    loaded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        get_latest_by = "loaded_at"
        ordering = ["-loaded_at"]

    def __str__(self):
        return f"{self.digest[:12]} {self.loaded_at:%Y-%m-%d %H:%M}"

"""What the system tells one person: in the app, and once by e-mail."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from criteria.models.assessments import Assessment
from criteria.models.periods import ReportingPeriod
from criteria.models.scores import Comment


class Notice(models.Model):
    """One thing told to one person. `key` says what it is about, so that it is told once."""

    class Kind(models.TextChoices):
        DUE_SOON = "due_soon", _("Falls due soon")
        OVERDUE = "overdue", _("Overdue")
        RETURNED = "returned", _("Returned")
        MENTIONED = "mentioned", _("Your answer is asked for")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices")
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    key = models.CharField(max_length=100)
    period = models.ForeignKey(ReportingPeriod, models.CASCADE, related_name="+", null=True)
    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="+", null=True)
    comment = models.ForeignKey(Comment, models.CASCADE, related_name="+", null=True)
    made_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-made_at", "-pk"]
        indexes = [models.Index(fields=["user", "read_at"])]
        constraints = [
            models.UniqueConstraint(fields=["user", "key"], name="notice_told_once"),
        ]

    def __str__(self):
        return f"{self.user}: {self.get_kind_display()}"

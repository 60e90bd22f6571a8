"""Answers kept for programs that ask again because they never heard the first one."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

KEPT_FOR = timedelta(hours=24)


class KeptAnswerQuerySet(models.QuerySet):
    def outdated(self):
        return self.filter(made_at__lt=timezone.now() - KEPT_FOR)


class KeptAnswer(models.Model):
    """The answer to a POST under the key that its sender gave it; `asked` tells requests apart."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    key = models.CharField(_("key"), max_length=200)
    asked = models.CharField(_("digest of the request"), max_length=64)
    status = models.PositiveSmallIntegerField(_("status"), default=0)
    headers = models.JSONField(_("headers"), default=dict)
    body = models.BinaryField(_("body"), default=bytes)
    made_at = models.DateTimeField(_("made at"), default=timezone.now, db_index=True)

    objects = KeptAnswerQuerySet.as_manager()

    class Meta:
        verbose_name = _("kept answer")
        verbose_name_plural = _("kept answers")
        constraints = [
            models.UniqueConstraint(fields=["user", "key"], name="answer_kept_once_a_key")
        ]

    def __str__(self):
        return f"{self.key}: {self.status}"

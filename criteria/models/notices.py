"""What the system tells one person: in the app, and once by e-mail."""

from django.conf import settings
from django.db import models
from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from criteria.models.assessments import Assessment
from criteria.models.periods import ReportingPeriod
from criteria.models.scores import Comment
from ntm_tracker.web.numbers import day


class NoticeQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(user=user.pk)

    def unread(self):
        return self.filter(read_at__isnull=True)

    def unread_first(self):
        return self.order_by(F("read_at").desc(nulls_first=True), "-made_at", "-pk")

    def with_names(self):
        """Bring along what the sentences of notices say."""
        return self.select_related(
            "period",
            "assessment__commune",
            "assessment__period",
            "comment__by",
            "comment__indicator",
            "comment__criterion",
        )


class Notice(models.Model):
    """One thing told to one person. `key` says what it is about, so that it is told once."""

    class Kind(models.TextChoices):
        DUE_SOON = "due_soon", _("Falls due soon")
        OVERDUE = "overdue", _("Overdue")
        RETURNED = "returned", _("Returned")
        MENTIONED = "mentioned", _("Your answer is asked for")
        EXCEPTED = "excepted", _("Exception to a closed period")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices")
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    key = models.CharField(max_length=100)
    period = models.ForeignKey(ReportingPeriod, models.CASCADE, related_name="+", null=True)
    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="+", null=True)
    comment = models.ForeignKey(Comment, models.CASCADE, related_name="+", null=True)
    made_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)

    objects = NoticeQuerySet.as_manager()

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

    def get_absolute_url(self):
        """Where the thing that it is about is seen or done."""
        about = self.comment or self.assessment
        return about.get_absolute_url() if about else reverse("criteria:work")

    @property
    def sentence(self) -> str:
        """What is told, in the language of the reader."""
        sentences = {
            self.Kind.DUE_SOON: gettext("%(about)s falls due on %(due)s."),
            self.Kind.OVERDUE: gettext("%(about)s was due on %(due)s and is not complete."),
            self.Kind.RETURNED: gettext("%(about)s was returned. Mend it and submit it again."),
            self.Kind.MENTIONED: gettext("%(by)s asks for your answer on %(code)s, %(about)s."),
            self.Kind.EXCEPTED: gettext(
                "%(about)s is closed, but an exception lets you write in it for a while. My work "
                "says until when."
            ),
        }
        return sentences[self.kind] % self._words

    @property
    def _words(self) -> dict:
        period = self.period or (self.assessment and self.assessment.period)
        words = {"about": self.assessment or period, "due": day(period and period.due_on)}
        if self.comment:
            words |= {"by": self.comment.by, "code": self.comment.code}
        return words

"""Single findings, what backs them and what is said about them."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from communes.scope import Action, scope_of
from criteria.file_kinds import KINDS
from criteria.models.assessments import Assessment, FromWhere, about_one, visible_q
from criteria.models.sets import Criterion, Indicator, Verdict


class ScoreTrail(FromWhere):
    """What a history row of a score says besides: from where, and what stood there before."""

    before_value = models.DecimalField(max_digits=14, decimal_places=4, null=True)
    before_verdict = models.CharField(max_length=20, choices=Verdict, null=True)  # noqa: DJ001
    before_note = models.TextField(blank=True)

    class Meta:
        abstract = True


class ScoreQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of the assessments that `user` may see."""
        return self.filter(visible_q(user, "assessment__"))


class Score(models.Model):
    """One finding: of an indicator, or of a criterion in a set without indicators.

    `verdict` null is "not assessed", never "not met". `version` rises with every change, for
    optimistic locking; a score nobody has written yet counts as version 0.
    """

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="scores")
    indicator = models.ForeignKey(
        Indicator, models.PROTECT, related_name="+", null=True, blank=True
    )
    criterion = models.ForeignKey(
        Criterion, models.PROTECT, related_name="+", null=True, blank=True
    )
    value = models.DecimalField(_("value"), max_digits=14, decimal_places=4, null=True, blank=True)
    verdict = models.CharField(  # noqa: DJ001 null says "not assessed" in the value too
        _("verdict"),
        max_length=20,
        choices=Verdict,
        null=True,
        blank=True,
    )
    note = models.TextField(_("note"), blank=True)
    is_carried = models.BooleanField(_("carried forward"), db_default=False)
    version = models.PositiveIntegerField(_("version"), db_default=1)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    entered_at = models.DateTimeField(_("entered at"), null=True, blank=True)
    history = HistoricalRecords(bases=[ScoreTrail])

    objects = ScoreQuerySet.as_manager()

    class Meta:
        verbose_name = _("score")
        verbose_name_plural = _("scores")
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "indicator"], name="score_of_indicator_once"
            ),
            models.UniqueConstraint(
                fields=["assessment", "criterion"], name="score_of_criterion_once"
            ),
            about_one("score_of_indicator_or_criterion"),
        ]

    def __str__(self):
        return f"{self.indicator or self.criterion}: {self.value or self.verdict}"


EVIDENCE_FOLDER = "evidence"


class AboutLine:
    """A row about an indicator, or about a criterion as a whole."""

    @property
    def code(self) -> str:
        """The number of the line, as `criteria.sheets.Line` gives it."""
        return self.indicator.code if self.indicator else str(self.criterion.number)


def evidence_path(evidence, filename):
    """A random name under a folder that no web server serves; the real name is a field."""
    return f"{EVIDENCE_FOLDER}/{evidence.key}"


class EvidenceQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Files back work that is followed up; official figures alone do not open them."""
        return self.filter(scope_of(user, Action.FOLLOW).communes_q("assessment__commune__"))

    def with_line(self):
        """Bring along what `code` asks for."""
        return self.select_related("indicator", "criterion")

    def present(self):
        return self.filter(removed_at__isnull=True)


class Evidence(AboutLine, models.Model):
    """A file that backs a finding; served only through a view that checks access.

    What is taken away is marked so and kept, for the history.
    """

    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="evidence")
    indicator = models.ForeignKey(
        Indicator, models.PROTECT, related_name="+", null=True, blank=True
    )
    criterion = models.ForeignKey(
        Criterion, models.PROTECT, related_name="+", null=True, blank=True
    )
    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    file = models.FileField(_("file"), upload_to=evidence_path)
    filename = models.CharField(_("file name"), max_length=250)
    content_type = models.CharField(_("content type"), max_length=100)
    size = models.PositiveIntegerField(_("size in bytes"))
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("uploaded by")
    )
    uploaded_at = models.DateTimeField(_("uploaded at"), auto_now_add=True)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    removed_at = models.DateTimeField(_("taken away at"), null=True, blank=True)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering = ["uploaded_at", "pk"]
        constraints = [
            about_one("evidence_of_indicator_or_criterion"),
            models.CheckConstraint(
                name="evidence_removed_by_somebody",
                condition=Q(removed_at__isnull=True, removed_by__isnull=True)
                | Q(removed_at__isnull=False, removed_by__isnull=False),
            ),
        ]

    def __str__(self):
        return self.filename

    @property
    def preview(self) -> str:
        """How a browser may show it: as an image, as a document, or not at all."""
        return KINDS[self.content_type].preview


class CommentQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(scope_of(user, Action.FOLLOW).communes_q("assessment__commune__"))

    def in_thread_of(self, comment: "Comment"):
        """The comment that a thread begins with and its answers, given any of them."""
        first = comment.parent_id or comment.pk
        return self.filter(Q(pk=first) | Q(parent=first))


class Comment(AboutLine, models.Model):
    """Something said about an indicator or criterion of an assessment; answers form a thread."""

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="comments")
    indicator = models.ForeignKey(
        Indicator, models.PROTECT, related_name="+", null=True, blank=True
    )
    criterion = models.ForeignKey(
        Criterion, models.PROTECT, related_name="+", null=True, blank=True
    )
    parent = models.ForeignKey(
        "self", models.CASCADE, related_name="answers", null=True, blank=True
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("at"), auto_now_add=True)
    text = models.TextField(_("comment"))

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["at", "pk"]
        constraints = [
            about_one("comment_of_indicator_or_criterion"),
            models.CheckConstraint(name="comment_says_something", condition=~Q(text="")),
        ]

    def __str__(self):
        return self.text[:50]

    def get_absolute_url(self):
        line = {"pk": self.assessment_id, "code": self.code}
        return f"{reverse('criteria:line_talk', kwargs=line)}#comment-{self.pk}"


class Mention(models.Model):
    """Somebody who must answer a comment, and when they did."""

    comment = models.ForeignKey(Comment, models.CASCADE, related_name="mentions")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)

    class Meta:
        verbose_name = _("mention")
        verbose_name_plural = _("mentions")
        constraints = [
            models.UniqueConstraint(fields=["comment", "user"], name="mention_once"),
        ]

    def __str__(self):
        return f"{self.comment_id}: {self.user}"

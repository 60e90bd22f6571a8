"""Documents that were asked for: made once for all who ask for the same, and kept."""

import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communes.models import District, Province
from communes.scope import Action, scope_of

FOLDER = "documents"
PATIENCE = timedelta(minutes=1)


class Format(models.TextChoices):
    PDF = "pdf", "PDF"
    WORD = "docx", "Word"
    EXCEL = "xlsx", "Excel"


def document_path(document, filename):
    """A random name under a folder that no web server serves."""
    return f"{FOLDER}/{document.key}"


class DocumentQuerySet(models.QuerySet):
    def visible_to(self, user):
        """They hold official figures only, so whoever may read the province may read them."""
        return self.filter(scope_of(user, Action.READ).provinces_q("province"))

    def editable_by(self, user):
        """Those the user may cancel: who asked first, or who decides for the province."""
        own = Q(by=user.pk) | scope_of(user, Action.DECIDE).provinces_q("province")
        return self.visible_to(user).filter(own)

    def with_names(self):
        return self.select_related("province", "district", "by")


class Document(models.Model):
    """A document of a kind about a province or district on a day, and the file once it is made.

    `fingerprint` stands for all that decides its content, so that two who ask for the same share
    one.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting to be made")
        RUNNING = "running", _("Being made")
        DONE = "done", _("Ready")
        FAILED = "failed", _("Not made")
        CANCELLED = "cancelled", _("Cancelled")

    IN_WORK = (State.WAITING, State.RUNNING)
    SHARED = (*IN_WORK, State.DONE)

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(_("kind"), max_length=30)
    province = models.ForeignKey(Province, models.PROTECT, related_name="documents")
    district = models.ForeignKey(District, models.PROTECT, related_name="+", null=True)
    as_of = models.DateField(_("as of"))
    format = models.CharField(_("format"), max_length=10, choices=Format)
    data_version = models.PositiveIntegerField(_("data version"))
    template_version = models.CharField(_("version of the template"), max_length=64)
    # As they were when it was asked for, so that it can be made again as it was.
    letter = models.JSONField(default=dict)
    link = models.TextField()
    fingerprint = models.CharField(max_length=64)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    refusal = models.TextField(blank=True)
    file = models.FileField(_("file"), upload_to=document_path, blank=True)
    filename = models.CharField(_("file name"), max_length=250)
    size = models.PositiveIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("asked for at"), auto_now_add=True)
    touched_at = models.DateTimeField(auto_now_add=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["province", "-at"])]
        constraints = [
            models.UniqueConstraint(
                fields=["fingerprint"],
                condition=Q(state__in=["waiting", "running", "done"]),
                name="document_made_once",
            ),
            models.CheckConstraint(
                condition=~Q(state="done") | ~Q(file="") & ~Q(sha256=""),
                name="document_done_has_its_file",
            ),
        ]

    def __str__(self):
        return self.filename

    def get_absolute_url(self):
        return self._address("document")

    @property
    def file_url(self):
        return self._address("document_file")

    @property
    def cancel_url(self):
        return self._address("document_cancel")

    @property
    def run_url(self):
        return self._address("document_run")

    def _address(self, name):
        place = {"province": self.province.code, "key": self.key}
        return reverse(f"reports:{name}", kwargs=place)

    @property
    def is_in_work(self) -> bool:
        return self.state in self.IN_WORK

    @property
    def is_stuck(self) -> bool:
        """Has nothing happened for so long that somebody should be able to begin anew?"""
        return self.is_in_work and self.touched_at < timezone.now() - PATIENCE

    def move(self, before: tuple | str, after: str, **changes) -> bool:
        """Change the state in one UPDATE: of two who try at once, only the first wins."""
        before = (before,) if isinstance(before, str) else before
        changes |= {"state": after, "touched_at": timezone.now()}
        rows = Document.objects.filter(pk=self.pk, state__in=before)
        if not rows.update(**changes):
            return False
        for name, value in changes.items():
            setattr(self, name, value)
        return True

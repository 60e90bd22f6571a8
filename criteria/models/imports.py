"""Workbooks that came in: what they ask for, what was written from them, and its undoing."""

import uuid
from datetime import timedelta
from typing import NamedTuple

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communes.models import Province
from communes.scope import Action, scope_of
from criteria.models.periods import ReportingPeriod
from criteria.models.sets import CriteriaSet

IMPORT_FOLDER = "imports"
PATIENCE = timedelta(minutes=1)


class Proposal(NamedTuple):
    """What a workbook asks for in one line of an assessment, and in which of its cells.

    A blank text keeps the finding, None keeps the note; `version` is that of the score when the
    workbook was made, None where it does not say. Rows and columns count from 0.
    """

    assessment: int
    code: str
    text: str
    note: str | None
    version: int | None
    sheet: str
    row: int
    column: int


class Written(NamedTuple):
    """What an import replaced in one line; `version` is that of the score it wrote."""

    assessment: int
    code: str
    value: str | None
    verdict: str | None
    note: str
    is_carried: bool
    version: int


def import_path(workbook, filename):
    """A random name under a folder that no web server serves; the real name is a field."""
    return f"{IMPORT_FOLDER}/{workbook.key}"


class WorkbookImportQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The user's own, and all of the provinces where the user decides."""
        return self.filter(Q(by=user.pk) | scope_of(user, Action.DECIDE).provinces_q("province"))

    def editable_by(self, user):
        """Those the user may apply and undo: who sent it, or who decides for the province."""
        return self.visible_to(user)

    def with_names(self):
        return self.select_related("province", "period", "criteria_set", "by", "applied_by")


class WorkbookImport(models.Model):
    """A workbook of scores: sent, read, looked at, applied as a whole, and undone as a whole."""

    class Kind(models.TextChoices):
        TEMPLATE = "template", _("Entry template")
        SUMMARY = "summary", _("Summary of the province")

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting to be read")
        READING = "reading", _("Being read")
        MAPPING = "mapping", _("Columns and rows to be checked")
        PREVIEWED = "previewed", _("To be looked at")
        QUEUED = "queued", _("Waiting to be saved")
        APPLYING = "applying", _("Being saved")
        APPLIED = "applied", _("Saved")
        UNDONE = "undone", _("Undone")
        FAILED = "failed", _("Not readable")

    # States in which somebody waits for the machine.
    IN_WORK = (State.WAITING, State.READING, State.QUEUED, State.APPLYING)

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    province = models.ForeignKey(Province, models.PROTECT, related_name="+")
    period = models.ForeignKey(ReportingPeriod, models.PROTECT, related_name="+", null=True)
    criteria_set = models.ForeignKey(CriteriaSet, models.PROTECT, related_name="+", null=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.TEMPLATE)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    file = models.FileField(_("file"), upload_to=import_path)
    filename = models.CharField(_("file name"), max_length=250)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("sent at"), auto_now_add=True)
    touched_at = models.DateTimeField(auto_now_add=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    proposals = models.JSONField(default=list)
    # Sentences about what is not understood.
    faults = models.JSONField(default=list)
    # What was agreed to, while it waits to be saved.
    agreed = models.JSONField(default=dict)
    written = models.JSONField(default=list)
    # Why the last step was not taken.
    refusal = models.TextField(blank=True)
    applied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True
    )
    applied_at = models.DateTimeField(_("saved at"), null=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True
    )
    undone_at = models.DateTimeField(_("undone at"), null=True)

    objects = WorkbookImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("import of a workbook")
        verbose_name_plural = _("imports of workbooks")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="import_applied_by_somebody",
                condition=Q(state__in=["applied", "undone"], applied_at__isnull=False)
                | ~Q(state__in=["applied", "undone"]) & Q(applied_at__isnull=True),
            ),
        ]

    def __str__(self):
        return self.filename

    def get_absolute_url(self):
        return self._address("excel_import")

    @property
    def mapping_url(self):
        return self._address("summary_mapping")

    @property
    def apply_url(self):
        return self._address("excel_apply")

    @property
    def undo_url(self):
        return self._address("excel_undo")

    @property
    def run_url(self):
        return self._address("excel_run")

    def _address(self, name):
        place = {"province": self.province.code, "key": self.key}
        return reverse(f"criteria:{name}", kwargs=place)

    @property
    def is_in_work(self) -> bool:
        return self.state in self.IN_WORK

    @property
    def is_stuck(self) -> bool:
        """Has nothing happened for so long that somebody should be able to begin anew?"""
        return self.is_in_work and self.touched_at < timezone.now() - PATIENCE

    @property
    def asks(self) -> list[Proposal]:
        return [Proposal(*row) for row in self.proposals]

    @property
    def replaced(self) -> list[Written]:
        return [Written(*row) for row in self.written]

    def move(self, before: str, after: str, **changes) -> bool:
        """Change the state in one UPDATE: of two who try at once, only the first wins."""
        changes |= {"state": after, "touched_at": timezone.now()}
        if not WorkbookImport.objects.filter(pk=self.pk, state=before).update(**changes):
            return False
        for name, value in changes.items():
            setattr(self, name, value)
        return True

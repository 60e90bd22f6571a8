"""Files that back a finding: which are taken, and how they are kept with their rows."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.refusals import Refused
from criteria.file_kinds import Kind, Unfit, kind_of
from criteria.models import Assessment, DecisionFile, Evidence
from criteria.models.scores import EVIDENCE_FOLDER as FOLDER
from criteria.scoring import refuse_unless_writable
from criteria.sheets import Line
from ntm_tracker.web.numbers import number

MEGABYTE = 1024 * 1024
FIELD = Evidence._meta.get_field("file")
NAME_AT_MOST = Evidence._meta.get_field("filename").max_length


@dataclass
class Examined:
    """Files that were sent: those that fit with their kinds, and why each other does not."""

    fit: list[tuple[UploadedFile, Kind]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def examine(uploads: Iterable[UploadedFile]) -> Examined:
    """Look into each file; one that does not fit keeps no other back."""
    examined = Examined()
    for upload in uploads:
        try:
            examined.fit.append((upload, _fitting_kind(upload)))
        except Refused as fault:
            examined.faults.append(str(fault))
    return examined


def expected() -> str:
    """What may be sent."""
    return _(
        "a PDF, an image (PNG, JPEG, WebP), or a Word, Excel, PowerPoint or OpenDocument file "
        "without macros, of at most %(limit)d MB"
    ) % {"limit": settings.EVIDENCE_MAX_MB}


@contextmanager
def stored(
    fit: Iterable[tuple[UploadedFile, Kind]], by, model: type[Model] = Evidence
) -> Iterator[list]:
    """Write files under random names, for rows of `model` that the block saves.

    When the block fails, its transaction included, the files go again.
    """
    rows = [_row(upload, kind, by, model) for upload, kind in fit]
    try:
        for row, (upload, _kind) in zip(rows, fit, strict=True):
            upload.seek(0)
            FIELD.storage.save(row.file.name, upload)
        yield rows
    except BaseException:
        for row in rows:
            FIELD.storage.delete(row.file.name)
        raise


@transaction.atomic
def attach(assessment: Assessment, line: Line, rows: list[Evidence]) -> int:
    """Save rows made by `stored` for a line of an assessment that is locked; how many are new.

    What the line has already, under the same name, is passed over, so a repeat does no harm.
    """
    refuse_unless_writable([assessment])
    present = list(Evidence.objects.present().filter(assessment=assessment, **line.ids))
    fresh = [row for row in rows if not any(_is_same(row, other) for other in present)]
    for row in fresh:
        row.assessment = assessment
        row.indicator_id, row.criterion_id = line.key
    Evidence.objects.bulk_create(fresh)
    for row in rows:
        if row not in fresh:
            transaction.on_commit(partial(FIELD.storage.delete, row.file.name))
    return len(fresh)


@transaction.atomic
def take_away(evidence: Evidence, assessment: Assessment, *, by):
    """Take a file off its line, whose assessment is locked; it is kept for the history."""
    refuse_unless_writable([assessment])
    present = Evidence.objects.present().filter(pk=evidence.pk)
    if not present.update(removed_by=by, removed_at=timezone.now()):
        raise Refused(_("“%(file)s” has been taken away already.") % {"file": evidence.filename})


def orphans(*, before: datetime) -> list[str]:
    """Names of files written before a moment that no row knows: what a crash left behind."""
    if not FIELD.storage.exists(FOLDER):
        return []
    names = {f"{FOLDER}/{name}" for name in FIELD.storage.listdir(FOLDER)[1]}
    unknown = names.difference(
        Evidence.objects.values_list("file", flat=True),
        DecisionFile.objects.values_list("file", flat=True),
    )
    return sorted(name for name in unknown if FIELD.storage.get_modified_time(name) < before)


def _fitting_kind(upload: UploadedFile) -> Kind:
    words = {"file": upload.name, "expected": expected()}
    if len(upload.name) > NAME_AT_MOST:
        words |= {"file": f"{upload.name[:60]}…", "limit": NAME_AT_MOST}
        raise Refused(_("“%(file)s”: the name has more than %(limit)d characters.") % words)
    if not upload.size:
        raise Refused(_("“%(file)s” is empty; expected is %(expected)s.") % words)
    if upload.size > settings.EVIDENCE_MAX_MB * MEGABYTE:
        words["found"] = number(upload.size / MEGABYTE, 1)
        raise Refused(_("“%(file)s” has %(found)s MB or more; expected is %(expected)s.") % words)
    try:
        kind = kind_of(upload)
    except Unfit as error:
        words["found"] = error.found
        raise Refused(
            _("“%(file)s” holds %(found)s; expected is %(expected)s.") % words
        ) from error
    if not upload.name.lower().endswith(kind.endings):
        words |= {"found": kind.name, "ending": kind.endings[0]}
        raise Refused(
            _(
                "“%(file)s” holds %(found)s, so its name must end in %(ending)s. Rename it, or "
                "choose the file you mean."
            )
            % words
        )
    return kind


def _row(upload: UploadedFile, kind: Kind, by, model):
    row = model(
        filename=upload.name, content_type=kind.content_type, size=upload.size, uploaded_by=by
    )
    row.file = FIELD.generate_filename(row, upload.name)
    return row


def _is_same(row: Evidence, other: Evidence) -> bool:
    if (row.filename, row.size) != (other.filename, other.size):
        return False
    with row.file.open() as one, other.file.open() as another:
        return one.read() == another.read()

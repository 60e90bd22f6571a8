"""Asking for a document, making it, cancelling it."""

import json
from dataclasses import asdict, dataclass
from datetime import date
from hashlib import sha256

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.refusals import Refused
from communes.models import District, Province
from reports.kinds import KINDS, Kind, release_of_layout
from reports.models import Document, Letterhead

State = Document.State


class Cancelled(Exception):
    """Nobody wants the document any more."""


@dataclass(frozen=True)
class Wanted:
    """What somebody asks for; `link` leads to the page with that state."""

    kind: Kind
    province: Province
    as_of: date
    format: str
    link: str
    district: District | None = None


def ask(wanted: Wanted, *, by: User) -> Document:
    """The document, or the one that somebody asked for before and that would be the same."""
    letter = asdict(Letterhead.of(wanted.province).letter)
    fields = {
        "kind": wanted.kind.name,
        "province": wanted.province,
        "district": wanted.district,
        "as_of": wanted.as_of,
        "format": wanted.format,
        "data_version": wanted.province.data_version,
        "template_version": _template_version(letter),
        "letter": letter,
        "link": wanted.link,
    }
    document = Document(**fields, filename=_filename(wanted), by=by)
    document.fingerprint = fingerprint_of(document)
    try:
        with transaction.atomic():
            document.save()
    except IntegrityError:
        return Document.objects.with_names().get(
            fingerprint=document.fingerprint, state__in=Document.SHARED
        )
    return document


def _template_version(letter: dict) -> str:
    said = json.dumps(letter, ensure_ascii=False, sort_keys=True)
    return sha256(f"{release_of_layout()}\n{said}".encode()).hexdigest()[:16]


def fingerprint_of(document: Document) -> str:
    """What decides the content of a document."""
    parts = [
        document.kind,
        document.province_id,
        document.district_id,
        document.as_of.isoformat(),
        document.format,
        document.data_version,
        document.template_version,
    ]
    return sha256("\n".join(map(str, parts)).encode()).hexdigest()


def _filename(wanted: Wanted) -> str:
    place = [wanted.province.code, wanted.district.code if wanted.district else ""]
    parts = [wanted.kind.file_name, *place, wanted.as_of.isoformat()]
    return f"{'-'.join(filter(None, parts))}.{wanted.format}"


def make(document: Document):
    """Make the file of a document that is being made, and keep it."""
    _catch_up(document)
    maker = KINDS[document.kind].makers[document.format]
    content = maker(document, lambda done, total: step(document, done, total))
    kept = document.file.storage.save(
        document.file.field.generate_filename(document, document.filename), ContentFile(content)
    )
    is_kept = document.move(
        State.RUNNING,
        State.DONE,
        file=kept,
        size=len(content),
        sha256=sha256(content).hexdigest(),
        done=document.total,
    )
    if not is_kept:
        document.file.storage.delete(kept)


def _catch_up(document: Document):
    """Official data may have changed since it was asked for; the document says its version."""
    document.province.refresh_from_db()
    if document.data_version == document.province.data_version:
        return
    document.data_version = document.province.data_version
    document.fingerprint = fingerprint_of(document)
    try:
        with transaction.atomic():
            document.save(update_fields=["data_version", "fingerprint"])
    except IntegrityError as error:
        raise Refused(
            _("The same document was asked for again and is made from newer data; see the list.")
        ) from error


def step(document: Document, done: int, total: int):
    """Say how far it is; stop where it was cancelled."""
    rows = Document.objects.filter(pk=document.pk, state=State.RUNNING)
    if not rows.update(done=done, total=total, touched_at=timezone.now()):
        raise Cancelled
    document.done, document.total = done, total


def cancel(document: Document):
    if not document.move(Document.IN_WORK, State.CANCELLED):
        raise Refused(_("The document is not being made any more."))

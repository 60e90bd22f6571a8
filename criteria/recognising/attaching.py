"""The file of a decision: kept as soon as it is sent, so that no answer of the form loses it."""

from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from accounts.refusals import Refused
from communes.models import Province
from criteria.evidence import examine, stored
from criteria.models import DecisionFile


def keep(upload: UploadedFile, province: Province, *, by) -> DecisionFile:
    """Store a file of a kind that is taken; raises Refused for another."""
    examined = examine([upload])
    if examined.faults:
        raise Refused(examined.faults[0])
    with stored(examined.fit, by, DecisionFile) as rows, transaction.atomic():
        [row] = rows
        row.province = province
        row.save()
    return row


def kept_before(key: UUID | None, province: Province, *, by) -> DecisionFile | None:
    """A file that the same person sent with an earlier answer of the form."""
    own = DecisionFile.objects.unused().filter(province=province, uploaded_by=by)
    return own.filter(key=key).first() if key else None

"""A bound on what one upload may fill the disk with."""

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler

MEGABYTE = 1024 * 1024


class Bounded(FileUploadHandler):
    """Keeps no more of a file than shows that it is too large, however long it is sent.

    First of the handlers: those behind it get nothing once the bound is passed, so the file
    that a view sees is just over the limit and is refused there, by name.
    """

    def receive_data_chunk(self, raw_data, start):
        most = max(settings.EVIDENCE_MAX_MB, settings.UPLOADED_TABLE_MAX_MB)
        return raw_data if start <= most * MEGABYTE else None

    def file_complete(self, file_size):
        return None

"""Rows of the access matrix: documents of a province."""

from django.core.files.base import ContentFile

from reports.models import Document
from tests.access.rows import EVERYBODY, OFFICERS, Row, file_of, province


def document(scene):
    """One that the officer asked for and that waits."""
    number = Document.objects.count()
    made = Document.objects.create(
        province=scene.province,
        kind="pack",
        as_of="2025-06-30",
        format="pdf",
        data_version=1,
        template_version="1",
        fingerprint=f"trial {number}",
        filename="bao-cao.pdf",
        by=scene.officer,
    )
    return province(scene) | {"key": made.key}


def made_document(scene):
    place = document(scene)
    found = Document.objects.get(key=place["key"])
    found.file = ContentFile(b"%PDF-1.7", name="a.pdf")
    found.state, found.sha256 = Document.State.DONE, "0" * 64
    found.save()
    return place


def of_all(name, method="get", args=province):
    """Official figures: for whoever may read the province."""
    return Row(f"reports:{name}", EVERYBODY, method, neighbour="alike", args=args)


def of_officers(name, method="get", args=province, refused=403):
    return Row(f"reports:{name}", OFFICERS, method, refused, "alike", args=args)


ROWS = [
    of_all("documents"),
    of_all("documents", "post"),
    of_all("documents_table", args=file_of("documents", province)),
    of_all("document", args=document),
    of_all("document_file", args=made_document),
    of_all("document_run", "post", args=document),
    # by others than who asked for it
    of_officers("document_cancel", "post", args=document, refused=404),
    of_officers("letterhead"),
    of_officers("letterhead", "post"),
]

"""What a file is, by what it holds: a list of what is taken, and names for what is not.

Office files say in their own table of contents what they are and whether they carry macros.
Old ones (.doc, .xls) do not say it reliably, so they are not taken.
"""

import struct
import zipfile
import zlib
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

# Entries of a ZIP file that are looked at, and how much of one of them is unpacked.
ENTRIES_AT_MOST = 5000
BYTES_AT_MOST = 1024 * 1024
UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    KeyError,
    NotImplementedError,
    OSError,
    ValueError,
)


@dataclass(frozen=True)
class Kind:
    """A kind of file that is taken; `preview` says how a browser may show it."""

    name: str
    content_type: str
    endings: tuple[str, ...]
    preview: str = ""


class Unfit(Exception):
    """A file of a kind that is not taken; `found` says in words what it is."""

    def __init__(self, found):
        super().__init__(found)
        self.found = found


IMAGE, DOCUMENT = "image", "document"
_OPENXML = "application/vnd.openxmlformats-officedocument."
_ODF = "application/vnd.oasis.opendocument."

PDF = Kind(_("a PDF document"), "application/pdf", (".pdf",), DOCUMENT)
PNG = Kind(_("a PNG image"), "image/png", (".png",), IMAGE)
JPEG = Kind(_("a JPEG image"), "image/jpeg", (".jpg", ".jpeg"), IMAGE)
WEBP = Kind(_("a WebP image"), "image/webp", (".webp",), IMAGE)
DOCX = Kind(_("a Word document"), f"{_OPENXML}wordprocessingml.document", (".docx",))
XLSX = Kind(_("an Excel workbook"), f"{_OPENXML}spreadsheetml.sheet", (".xlsx",))
PPTX = Kind(_("a PowerPoint file"), f"{_OPENXML}presentationml.presentation", (".pptx",))
ODT = Kind(_("an OpenDocument text"), f"{_ODF}text", (".odt",))
ODS = Kind(_("an OpenDocument workbook"), f"{_ODF}spreadsheet", (".ods",))
KINDS = {kind.content_type: kind for kind in (PDF, PNG, JPEG, WEBP, DOCX, XLSX, PPTX, ODT, ODS)}
ENDINGS = [ending for kind in KINDS.values() for ending in kind.endings]

_SIGNATURES = {b"%PDF-": PDF, b"\x89PNG\r\n\x1a\n": PNG, b"\xff\xd8\xff": JPEG}
_MACROS = _("an Office file with macros")
_ARCHIVE = _("an archive")
_PROGRAM = _("a program")
_DAMAGED = _("a damaged file")
_NOT_TAKEN = {
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": _(
        "an old Office file (.doc, .xls) or one locked with a password; save it anew as .docx, "
        ".xlsx or PDF"
    ),
    b"MZ": _PROGRAM,
    b"\x7fELF": _PROGRAM,
    b"#!": _PROGRAM,
    b"Rar!": _ARCHIVE,
    b"7z\xbc\xaf": _ARCHIVE,
    b"\x1f\x8b": _ARCHIVE,
    b"<": _("a web page or drawing (HTML, SVG)"),
}


def kind_of(file) -> Kind:
    """The kind of a file, read from its beginning; raises Unfit for one that is not taken."""
    file.seek(0)
    head = file.read(64)
    if head.startswith(b"PK\x03\x04"):
        return _kind_in_zip(file)
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return WEBP
    if kind := _matching(_SIGNATURES, head):
        return kind
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    raise Unfit(_matching(_NOT_TAKEN, text) or _("something that is not recognised"))


def _matching(signatures, head: bytes):
    return next((found for start, found in signatures.items() if head.startswith(start)), None)


def _kind_in_zip(file) -> Kind:
    file.seek(0)
    if file.read().count(b"PK\x01\x02") > ENTRIES_AT_MOST:
        raise Unfit(_ARCHIVE)
    try:
        with zipfile.ZipFile(file) as archive:
            return _office_kind(archive)
    except UNREADABLE as error:
        raise Unfit(_DAMAGED) from error


def _office_kind(archive: zipfile.ZipFile) -> Kind:
    names = archive.namelist()
    if "[Content_Types].xml" in names:
        return _openxml_kind(names, _beginning(archive, "[Content_Types].xml").lower())
    if "mimetype" in names:
        return _opendocument_kind(names, _beginning(archive, "mimetype"))
    raise Unfit(_ARCHIVE)


def _openxml_kind(names: list[str], types: bytes) -> Kind:
    # Besides VBA there are macro sheets; both, and files made for them, say so in their types.
    if b"macro" in types or any(b"vbaproject" in text for text in (types, _joined(names))):
        raise Unfit(_MACROS)
    for kind in (DOCX, XLSX, PPTX):
        if f"{kind.content_type}.main+xml".encode() in types:
            return kind
    raise Unfit(_("an Office file of another kind"))


def _opendocument_kind(names: list[str], declared: bytes) -> Kind:
    if any(name.startswith(("Basic/", "Scripts/")) for name in names):
        raise Unfit(_MACROS)
    kind = KINDS.get(declared.decode("ascii").strip())
    if kind in (ODT, ODS):
        return kind
    raise Unfit(_("an Office file of another kind"))


def _joined(names: list[str]) -> bytes:
    return "\n".join(names).lower().encode()


def _beginning(archive: zipfile.ZipFile, name: str) -> bytes:
    """One entry, which must be short and neither locked nor packed in an unusual way."""
    entry = archive.getinfo(name)
    if (
        entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
        or entry.flag_bits & 1
    ):
        raise Unfit(_DAMAGED)
    with archive.open(entry) as opened:
        content = opened.read(BYTES_AT_MOST + 1)
    if len(content) > BYTES_AT_MOST:
        raise Unfit(_DAMAGED)
    return content

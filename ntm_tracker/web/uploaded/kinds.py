"""What an uploaded table is, by what it holds; the end of its name must agree."""

from enum import StrEnum

from ntm_tracker.web.uploaded import zipped
from ntm_tracker.web.uploaded.faults import Fault, Unfit

ZIP = b"PK\x03\x04"
EMPTY_ZIP = b"PK\x05\x06"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OTHERS = (
    b"%PDF-",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x1f\x8b",
    b"MZ",
)
BYTE_ORDER_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
WORKBOOK = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
OPEN_DOCUMENT = b"application/vnd.oasis.opendocument.spreadsheet"
SCRIPTS = ("basic/", "scripts/")


class Format(StrEnum):
    """The formats that are read."""

    XLSX = "xlsx"
    XLS = "xls"
    ODS = "ods"
    TEXT = "text"


ENDINGS = {
    Format.XLSX: (".xlsx",),
    Format.XLS: (".xls",),
    Format.ODS: (".ods",),
    Format.TEXT: (".csv", ".tsv", ".txt"),
}


def format_of(content: bytes, name: str) -> tuple[Format, zipped.Package | None]:
    """The format of a file, with what is in its package; raises Unfit."""
    if not content.strip(b"\0 \t\r\n"):
        raise Unfit(Fault.EMPTY)
    package = None
    if content.startswith((ZIP, EMPTY_ZIP)):
        package = zipped.opened(content)
        found = _packed_format(package)
    elif content.startswith(OLE):
        found = _old_format(content)
    else:
        _refuse_what_is_no_text(content)
        found = Format.TEXT
    if not name.lower().endswith(ENDINGS[found]):
        raise Unfit(Fault.ENDING)
    return found, package


def _packed_format(package: zipped.Package) -> Format:
    if "[Content_Types].xml" in package:
        return _open_xml_format(package)
    if "mimetype" in package and package.read("mimetype").strip() == OPEN_DOCUMENT:
        if any(name.startswith(SCRIPTS) for name in package.names):
            raise Unfit(Fault.MACROS)
        return Format.ODS
    raise Unfit(Fault.OTHER_KIND)


def _open_xml_format(package: zipped.Package) -> Format:
    types = package.read("[Content_Types].xml").lower()
    # Besides VBA there are macro sheets; both, and files made for them, say so in their types.
    if b"macro" in types or b"vbaproject" in types or any("vba" in n for n in package.names):
        raise Unfit(Fault.MACROS)
    if WORKBOOK not in types:
        raise Unfit(Fault.OTHER_KIND)
    return Format.XLSX


def _old_format(content: bytes) -> Format:
    if _stream("EncryptedPackage") in content:
        raise Unfit(Fault.LOCKED)
    if _stream("_VBA_PROJECT") in content:
        raise Unfit(Fault.MACROS)
    if _stream("Root Entry") not in content:
        raise Unfit(Fault.DAMAGED)
    if not any(_stream(name) in content for name in ("Workbook\0", "Book\0")):
        raise Unfit(Fault.OTHER_KIND)
    return Format.XLS


def _stream(name: str) -> bytes:
    """A name as the directory of an OLE file holds it."""
    return name.encode("utf-16-le")


def _refuse_what_is_no_text(content: bytes) -> None:
    if content.startswith(OTHERS):
        raise Unfit(Fault.OTHER_KIND)
    if content.startswith(BYTE_ORDER_MARKS[1:]):
        return
    if b"\0" in content:
        raise Unfit(Fault.NOT_A_TABLE)
    if content.removeprefix(BYTE_ORDER_MARKS[0]).lstrip().startswith(b"<"):
        raise Unfit(Fault.WEB_PAGE)

"""Small files of the kinds that people send, and of some that they should not."""

import io
import zipfile

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c49444154789c63d0f29d030001b8011450d5d7480000000049454e44ae426082"
)
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(20) + b"\xff\xd9"
WEBP = b"RIFF\x1a\x00\x00\x00WEBPVP8L" + bytes(14)
OLD_OFFICE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504)
PROGRAM = b"MZ\x90\x00" + bytes(60)
CONTENT_TYPES = "[Content_Types].xml"


def zipped(entries: dict[str, str]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in entries.items():
            archive.writestr(name, text)
    return made.getvalue()


def openxml(main="wordprocessingml.document", more_types="", **more_entries) -> bytes:
    """A Word document, or another Office file by its main type."""
    kind = f"application/vnd.openxmlformats-officedocument.{main}.main+xml"
    types = f'<Types><Override PartName="/main.xml" ContentType="{kind}"/>{more_types}</Types>'
    return zipped({"main.xml": "<x/>", CONTENT_TYPES: types, **more_entries})


def opendocument(kind="text", **more_entries) -> bytes:
    declared = f"application/vnd.oasis.opendocument.{kind}"
    return zipped({"mimetype": declared, "content.xml": "<x/>", **more_entries})

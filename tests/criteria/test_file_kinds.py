"""What is taken for a PDF, an image or an Office file, and what is not."""

import contextlib
import io
import zipfile

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from criteria import file_kinds
from criteria.file_kinds import DOCX, JPEG, ODS, ODT, PDF, PNG, PPTX, WEBP, XLSX, Unfit, kind_of
from tests.criteria import samples
from tests.criteria.samples import CONTENT_TYPES, opendocument, openxml, zipped


def kind(content: bytes):
    return kind_of(io.BytesIO(content))


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (samples.PDF, PDF),
        (samples.PNG, PNG),
        (samples.JPEG, JPEG),
        (samples.WEBP, WEBP),
        (openxml(), DOCX),
        (openxml("spreadsheetml.sheet"), XLSX),
        (openxml("presentationml.presentation"), PPTX),
        (opendocument(), ODT),
        (opendocument("spreadsheet"), ODS),
    ],
    ids=lambda value: getattr(value, "endings", [""])[0],
)
def test_kind_is_told_by_content(content, expected):
    assert kind(content) is expected


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (openxml(**{"word/vbaProject.bin": "x"}), "macros"),
        (openxml(more_types="application/vnd.ms-office.vbaProject"), "macros"),
        (openxml(more_types="application/vnd.ms-excel.Macrosheet+xml"), "macros"),
        (zipped({CONTENT_TYPES: "vnd.ms-word.document.macroEnabled.main+xml"}), "macros"),
        (opendocument(**{"Basic/Standard/Module1.xml": "x"}), "macros"),
        (openxml("presentationml.slideshow"), "another kind"),
        (opendocument("graphics"), "another kind"),
        (samples.OLD_OFFICE, "old Office"),
        (zipped({"a.txt": "b"}), "archive"),
        (b"Rar!\x1a\x07", "archive"),
        (samples.PROGRAM, "program"),
        (b"\x7fELF\x02", "program"),
        (b"#!/bin/sh", "program"),
        (b"\xef\xbb\xbf\n <html><script>alert(1)</script>", "web page"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "web page"),
        (b"\n%PDF-1.7", "not recognised"),
        (b"RIFF\x1a\x00\x00\x00AVI LIST", "not recognised"),
        ("Xã Hội Hoan".encode(), "not recognised"),
        (b"PK\x03\x04" + bytes(40), "damaged"),
        (openxml()[:-30], "damaged"),
    ],
)
def test_what_is_not_taken_is_named(content, found, english):
    with pytest.raises(Unfit) as refused:
        kind(content)
    assert found in str(refused.value.found)


@pytest.fixture
def english():
    with translation.override("en"):
        yield


def test_long_list_of_contents_is_not_read(monkeypatch):
    monkeypatch.setattr(file_kinds, "ENTRIES_AT_MOST", 2)
    assert kind(openxml()) is DOCX
    with pytest.raises(Unfit):
        kind(openxml(third="x"))


def test_only_the_beginning_of_an_entry_is_unpacked(monkeypatch):
    monkeypatch.setattr(file_kinds, "BYTES_AT_MOST", 1000)
    assert kind(openxml()) is DOCX
    with pytest.raises(Unfit):
        kind(openxml(more_types=" " * 1000))


def test_entry_packed_in_an_unusual_way_is_not_unpacked():
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_BZIP2) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
    with pytest.raises(Unfit):
        kind(made.getvalue())


@settings(max_examples=300, deadline=None)
@given(st.sampled_from([openxml(), opendocument()]), st.data())
def test_no_damage_gets_further_than_a_refusal(content, data):
    damaged = bytearray(content)
    for place in data.draw(st.lists(st.integers(0, len(content) - 1), max_size=6)):
        damaged[place] = data.draw(st.integers(0, 255))
    with contextlib.suppress(Unfit):
        kind(bytes(damaged))

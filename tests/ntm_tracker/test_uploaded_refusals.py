"""Hostile and unfit files are refused by a sentence, and cost little before they are."""

import random
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest

from ntm_tracker.web.uploaded import limits, reading
from ntm_tracker.web.uploaded.faults import Fault
from ntm_tracker.web.uploaded.reading import read_tables
from ntm_tracker.web.uploaded.refusals import BadUpload
from tests.ntm_tracker.uploads import lying, ods, rows_as_xls, rows_as_xlsx, with_entry, zipped

GOOD = rows_as_xlsx([["Xã", "TC1"], ["Hội Hoan", "x"]])
SHEET = "xl/worksheets/sheet1.xml"
TYPES = "[Content_Types].xml"
DOCTYPE = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>'
MUCH = 60_000


def far(make, row, column):
    rows = [[] for _ in range(row + 1)]
    rows[0], rows[row] = ["x"], [None] * column + ["y"]
    return make(rows)


def macro(content):
    return with_entry(content, "xl/vbaProject.bin", lambda old: b"\0")


def declared(entry):
    return with_entry(GOOD, entry, lambda old: DOCTYPE + old.partition(b"?>")[2])


def old_office(*names):
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"".join(n.encode("utf-16-le") for n in names)


def many_cells():
    cells = b"".join(b"<row>%b</row>" % (b"<c><v>1</v></c>" * 100) for _ in range(3000))
    return with_entry(
        GOOD, SHEET, lambda old: b"<worksheet><sheetData>%b</sheetData></worksheet>" % cells
    )


def long_text_often():
    def strings(old):
        return (
            b"<sst><si><t>%b</t></si></sst>" % random.Random(1).randbytes(3_000_000).hex().encode()
        )

    rows = b"".join(b'<row><c t="s"><v>0</v></c></row>' for _ in range(40_000))
    content = with_entry(GOOD, "xl/sharedStrings.xml", strings)
    return with_entry(
        content, SHEET, lambda old: b"<worksheet><sheetData>%b</sheetData></worksheet>" % rows
    )


FAR_CELL = (
    b'<worksheet><sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    b"</worksheet>"
)
LAST_CELL = """<table:table-row table:number-rows-repeated="1048575"/><table:table-row>
<table:table-cell table:number-columns-repeated="16383"/><table:table-cell
 office:value-type="float" office:value="1"/></table:table-row>"""
REPEATED = """<table:table-row table:number-rows-repeated="1048576"><table:table-cell
 table:number-columns-repeated="16384" office:value-type="float" office:value="1"/>
</table:table-row>"""

HOSTILE = {
    "far cell": (lambda: with_entry(GOOD, SHEET, lambda old: FAR_CELL), "b.xlsx", Fault.TOO_MUCH),
    "far cell, xls": (lambda: far(rows_as_xls, 65535, 255), "b.xls", Fault.TOO_MUCH),
    "far cell, ods": (lambda: ods(LAST_CELL), "b.ods", Fault.TOO_MUCH),
    "repeated, ods": (lambda: ods(REPEATED), "b.ods", Fault.TOO_MUCH),
    "many cells": (many_cells, "b.xlsx", Fault.TOO_MUCH),
    "long text often": (long_text_often, "b.xlsx", Fault.TOO_MUCH),
    "rows of text": (lambda: b"a;b\n" * MUCH, "b.csv", Fault.TOO_MUCH),
    "bomb": (
        lambda: with_entry(GOOD, "a.bin", lambda old: b"\0" * 90_000_000),
        "b.xlsx",
        Fault.TOO_MUCH,
    ),
    "lying bomb": (
        lambda: lying(with_entry(GOOD, "a.bin", lambda old: b"\0" * 50_000_017), "a.bin", 17),
        "b.xlsx",
        Fault.TOO_MUCH,
    ),
    "lying a little": (lambda: lying(GOOD, TYPES, 17), "b.xlsx", Fault.DAMAGED),
    "entries": (
        lambda: zipped({str(n): b"" for n in range(limits.ENTRIES + 1)}),
        "b.xlsx",
        Fault.TOO_MUCH,
    ),
    "doctype of a sheet": (lambda: declared(SHEET), "b.xlsx", Fault.DOCTYPE),
    "doctype of strings": (lambda: declared("xl/sharedStrings.xml"), "b.xlsx", Fault.DOCTYPE),
    "doctype in utf-16": (
        lambda: with_entry(
            GOOD, "xl/theme/theme1.xml", lambda old: "<!DOCTYPE a><a/>".encode("utf-16")
        ),
        "b.xlsx",
        Fault.DOCTYPE,
    ),
    "doctype far behind": (
        lambda: with_entry(
            GOOD, "xl/theme/theme1.xml", lambda old: b"<!--%b-->%b" % (b" " * 70_000, DOCTYPE[21:])
        ),
        "b.xlsx",
        Fault.DOCTYPE,
    ),
    "doctype, ods": (lambda: ods("", **{"meta.xml": DOCTYPE}), "b.ods", Fault.DOCTYPE),
    "wrong ending": (lambda: GOOD, "b.csv", Fault.ENDING),
    "xlsm that is none": (lambda: GOOD, "b.xlsm", Fault.ENDING),
    "csv as xlsx": (lambda: b"a,b\n", "b.xlsx", Fault.ENDING),
    "macros": (lambda: macro(GOOD), "b.xlsm", Fault.MACROS),
    "macros under another name": (lambda: macro(GOOD), "b.xlsx", Fault.MACROS),
    "macros, ods": (lambda: ods("", **{"Basic/Standard/M.xml": "<a/>"}), "b.ods", Fault.MACROS),
    "macros, xls": (
        lambda: rows_as_xls([["x"]]) + old_office("_VBA_PROJECT_CUR"),
        "b.xls",
        Fault.MACROS,
    ),
    "password": (lambda: old_office("EncryptedPackage"), "b.xlsx", Fault.LOCKED),
    "password, ods": (
        lambda: ods("", **{"META-INF/manifest.xml": "<m><encryption-data/></m>"}),
        "b.ods",
        Fault.LOCKED,
    ),
    "Word, old": (lambda: old_office("Root Entry", "WordDocument"), "b.xls", Fault.OTHER_KIND),
    "archive": (lambda: zipped({"a.txt": "a"}), "b.xlsx", Fault.OTHER_KIND),
    "PDF": (lambda: b"%PDF-1.7\n", "b.csv", Fault.OTHER_KIND),
    "web page": (lambda: b"<html><table></table></html>", "b.xls", Fault.WEB_PAGE),
    "cut off": (lambda: GOOD[: len(GOOD) // 2], "b.xlsx", Fault.DAMAGED),
    "cut off, xls": (lambda: rows_as_xls([["x"]])[:2000], "b.xls", Fault.DAMAGED),
    "no XML": (lambda: with_entry(GOOD, SHEET, lambda old: b"x"), "b.xlsx", Fault.DAMAGED),
    "bytes": (lambda: bytes(range(256)), "b.csv", Fault.NOT_A_TABLE),
    "control letters": (lambda: b"a\x01;b", "b.csv", Fault.NOT_A_TABLE),
    "open quote": (lambda: b'x;y\na;"b\nc;d\n', "b.csv", Fault.QUOTES),
    "nothing": (lambda: b"", "b.xlsx", Fault.EMPTY),
    "blank text": (lambda: b" \r\n", "b.csv", Fault.EMPTY),
    "no cell": (lambda: rows_as_xlsx([]), "b.xlsx", Fault.EMPTY),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_file_is_refused(case):
    make, name, fault = HOSTILE[case]
    with pytest.raises(BadUpload) as refused:
        read_tables(BytesIO(make()), name)
    assert refused.value.fault is fault
    assert str(refused.value)


def test_too_large_a_file_starts_no_process(settings, monkeypatch):
    settings.UPLOADED_TABLE_MAX_MB = 1
    monkeypatch.setattr(reading, "_run", lambda *given: pytest.fail("was read"))
    with pytest.raises(BadUpload, match="1 MB"):
        read_tables(BytesIO(b"a;b\n" * 400_000), "b.csv")


def test_slow_file_is_given_up(monkeypatch):
    monkeypatch.setattr(limits, "SECONDS", 0.01)
    with pytest.raises(BadUpload) as refused:
        read_tables(BytesIO(GOOD), "b.xlsx")
    assert refused.value.fault is Fault.TOO_SLOW


def test_child_knows_nothing_of_the_environment():
    assert not {"SECRET_KEY", "DATABASE_URL"} & set(reading.ENVIRONMENT)
    assert len(reading.ENVIRONMENT) <= 2


# Its own small process, as a child's peak counts from its parent's size on.
MEASURE = """
import resource, subprocess, sys
subprocess.run([sys.executable, "-m", "ntm_tracker.web.uploaded.child", sys.argv[1]],
               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, stdin=open(sys.argv[2], "rb"))
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


@pytest.mark.skipif(not Path("/proc").exists(), reason="counts in kilobytes as Linux does")
@pytest.mark.parametrize(
    "case", ["181 × 57", "far cell, xls", "many cells", "long text often", "lying bomb", "bomb"]
)
def test_reading_stays_under_400_megabytes(case, tmp_path):
    table = [[f"Xã {n}"] + [n * k / 7 for k in range(57)] for n in range(181)]
    make, name, _ = HOSTILE.get(case) or (lambda: rows_as_xlsx(table), "b.xlsx", None)
    (tmp_path / name).write_bytes(make())
    command = [sys.executable, "-c", MEASURE, name, str(tmp_path / name)]
    told = subprocess.run(command, cwd=reading.ROOT, capture_output=True, check=True).stdout
    assert int(told) / 1024 < (100 if case == "181 × 57" else 400)

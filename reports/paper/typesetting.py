"""What typst makes of a document: PDF, and its charts as pictures. Nothing comes from the system.

Values go in as JSON and are never markup.
"""

import json
from dataclasses import asdict
from datetime import UTC, date, datetime
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import typst

from ntm_tracker.web.numbers import day
from reports.content import Chart, Content
from reports.paper.codes import code_of
from reports.paper.colours import colours

SOURCES = Path(__file__).parent / "typst"
FONT_PACKAGE = "fontpkg_source_serif_4"
# Archivable, and readable by a screen reader.
STANDARDS = ["a-2b", "ua-1"]
LACKING = "could not be displayed"
SHARP = 300  # dots per inch


@cache
def _fonts() -> list[str]:
    """Folders of font files that came with a package; all of Vietnamese is in them."""
    return [
        str(Path(folder) / "files")
        for folder in find_spec(FONT_PACKAGE).submodule_search_locations
    ]


def pdf(content: Content, as_of: date) -> bytes:
    """The document; the same content gives the same bytes."""
    given = {
        "content": asdict(content),
        "colours": colours(),
        "code": code_of(content.link),
        "source": source_line(content, as_of),
    }
    made_on = datetime(as_of.year, as_of.month, as_of.day, tzinfo=UTC)
    try:
        return _compiled(
            "document.typ", given, format="pdf", pdf_standards=STANDARDS, timestamp=made_on
        )
    except typst.TypstError as error:
        if LACKING not in error.message:
            raise
        # A letter that no font has, as a box; such a file cannot be kept as PDF/A.
        return _compiled("document.typ", given, format="pdf", timestamp=made_on)


def pictures(charts: list[Chart]) -> list[bytes]:
    """Each chart as a PNG, sharp on paper."""
    if not charts:
        return []
    given = {"charts": [asdict(chart) for chart in charts], "colours": colours()}
    made = _compiled("pictures.typ", given, format="png", ppi=SHARP)
    return made if isinstance(made, list) else [made]


def source_line(content: Content, as_of: date) -> str:
    mark = " Số liệu minh họa." if content.illustrative else ""
    return f"Số liệu đến {day(as_of)}.{mark}"


def _compiled(name: str, given: dict, **options):
    return typst.compile(
        SOURCES / name,
        root=SOURCES,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(given, ensure_ascii=False)},
        **options,
    )

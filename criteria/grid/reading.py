"""The grid as it stands: communes in rows, lines of their set in columns, findings in cells."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from django.db.models import QuerySet
from django.utils.translation import get_language

from communes.models import Commune, District
from criteria.cells import cell_text
from criteria.models import Assessment, Score
from criteria.opening import communes_of, why_not_reporting
from criteria.scoring import why_not_writable
from criteria.sheets import Line, layout_of

FIELDS = ("value", "verdict", "note", "version", "is_carried", "entered_by_id", "entered_at")


class Found(NamedTuple):
    """What a cell holds; a score nobody has written yet is like `NOTHING`."""

    value: Decimal | None
    verdict: str | None
    note: str
    version: int
    is_carried: bool
    entered_by_id: int | None
    entered_at: datetime | None


NOTHING = Found(None, None, "", 0, False, None, None)


@dataclass(eq=False)
class Row:
    """One assessment; `shut` says why it takes no scores now.

    One of a commune that does not report in the period goes by no name: its code, or its name,
    may be another's now.
    """

    assessment: Assessment
    lines: dict[str, Line]
    shut: str = ""
    reports: bool = True
    cells: dict[tuple, Found] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """How a page tells the row from all others."""
        return str(self.assessment.pk)

    @property
    def commune(self) -> Commune:
        return self.assessment.commune

    @property
    def district(self) -> District | None:
        return self.commune.district

    def found(self, line: Line) -> Found:
        return self.cells.get(line.key, NOTHING)

    def text(self, line: Line) -> str:
        """The cell as it stands in an input, where the number alone may tell the verdict."""
        found = self.found(line)
        return finding_text(found.value, found.verdict, number_decides=line.number_decides)


@dataclass
class Grid:
    """Rows by district and name, in Vietnamese order."""

    rows: list[Row]

    @cached_property
    def columns(self) -> list[Line]:
        """The lines of the set; thresholds may differ from row to row."""
        return list(self.rows[0].lines.values()) if self.rows else []

    def columns_of(self, what: str) -> list[Line]:
        """All lines, those of a criterion by its number, or the one with a code."""
        if what == "all":
            return self.columns
        return [line for line in self.columns if what in (str(line.criterion.number), line.code)]

    def in_district(self, district: str) -> list[Row]:
        """The rows of a district by its code; all of them for none."""
        return [row for row in self.rows if not district or _code(row.district) == district]


def read_grid(assessments: QuerySet) -> Grid:
    """The grid of assessments of one province, period and set.

    Three queries for any number of communes beside those of the layout, one more where the
    period is closed.
    """
    found = sorted(assessments.with_names(), key=_place)
    if not found:
        return Grid([])
    layout = layout_of(found[0])
    reporting = set(communes_of(found[0].period).values_list("pk", flat=True))
    shut = _why_not_reporting(found, reporting) | why_not_writable(found)
    cells = _cells(found)
    by_lines = {}
    rows = []
    for assessment in found:
        lines = layout.lines(assessment.commune)
        coded = by_lines.setdefault(id(lines), {line.code: line for line in lines})
        rows.append(
            Row(
                assessment,
                coded,
                shut.get(assessment.pk, ""),
                assessment.commune_id in reporting,
                cells.get(assessment.pk, {}),
            )
        )
    return Grid(rows)


def _why_not_reporting(assessments: Iterable[Assessment], reporting: set[int]) -> dict[int, str]:
    return {
        of.pk: why_not_reporting(of.commune, of.period)
        for of in assessments
        if of.commune_id not in reporting
    }


def finding_text(value, verdict, *, number_decides: bool = False) -> str:
    """A finding as `criteria.cells` reads it, in the reader's language."""
    is_english = get_language() == "en"
    return cell_text(value, verdict, number_decides=number_decides, is_english=is_english)


def _cells(assessments: Iterable[Assessment]) -> dict[int, dict[tuple, Found]]:
    rows = Score.objects.filter(assessment__in=[a.pk for a in assessments])
    found = defaultdict(dict)
    for pk, indicator, criterion, *fields in rows.values_list(
        "assessment", "indicator", "criterion", *FIELDS
    ):
        found[pk][indicator, criterion] = Found(*fields)
    return found


def _place(assessment: Assessment) -> tuple[str, str, str]:
    district = assessment.commune.district
    by_district = (district.sort_key, district.code) if district else ("", "")
    return (*by_district, assessment.commune.sort_key)


def _code(district: District | None) -> str:
    return district.code if district else ""

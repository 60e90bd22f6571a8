"""The values of all indicators of the set in use, of each commune's latest verified assessment."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from communes.models import Commune
from criteria.cells import cell_text
from criteria.excel.styles import limit_text
from criteria.models import CriteriaSet, Criterion, Indicator, Score
from criteria.sheets import Layout, Line
from reports.pack.subject import Subject
from reports.workbook.summary import Group
from targets import tables
from targets.snapshot import Snapshot


@dataclass(frozen=True)
class Heading:
    """An indicator, its criterion, and the thresholds that its communes have."""

    criterion: Criterion
    indicator: Indicator
    threshold: str


@dataclass(frozen=True)
class Row:
    """A commune's cells; a cell is a number, a text, or None."""

    name: str
    verified_on: date | None
    age_days: int | None
    cells: list[float | str | None]


@dataclass(frozen=True)
class Values:
    headings: list[Heading]
    groups: list[tuple[str, list[Row]]]


def values_of(subject: Subject, groups: list[Group]) -> Values:
    """Five queries, and one more where thresholds differ by commune group."""
    snapshot, at = subject.snapshot, subject.at
    lines = _lines(snapshot, tables.current_set(snapshot, at), at.as_of, groups)
    headings = _headings(lines)
    stands = tables.standing(snapshot, at).frame
    stands = stands[stands.index.isin(lines) & stands["assessment_id"].notna()]
    scores = _scores(stands["assessment_id"])
    latest = {row.Index: row for row in stands.itertuples()}
    rows = [
        (
            group.area.name if group.area else "",
            [_row(place, latest.get(place.pk), lines[place.pk], scores) for place in group.places],
        )
        for group in groups
    ]
    return Values(headings, rows)


def _lines(snapshot: Snapshot, set_id: int, on: date, groups: list[Group]) -> dict:
    """The indicators' lines of each commune."""
    communes = [place.pk for group in groups for place in group.places]
    criteria_set = CriteriaSet.objects.filter(pk=set_id).first()
    if criteria_set is None:
        return {pk: [] for pk in communes}
    layout = Layout(criteria_set, snapshot.province, on)
    found = Commune.objects.in_bulk(communes)
    return {
        pk: [line for line in layout.lines(commune) if line.indicator]
        for pk, commune in found.items()
    }


def _headings(lines: dict[int, list[Line]]) -> list[Heading]:
    together = zip(*{tuple(of) for of in lines.values()}, strict=True)
    return [
        Heading(
            of[0].criterion,
            of[0].indicator,
            " / ".join(sorted({text for line in of if (text := limit_text(line))})),
        )
        for of in together
    ]


def _scores(assessments) -> dict[int, dict[int, tuple]]:
    rows = Score.objects.filter(
        assessment__in=assessments.astype(int).tolist(), indicator__isnull=False
    )
    found = {}
    for assessment, *of in rows.values_list("assessment_id", "indicator_id", "value", "verdict"):
        found.setdefault(assessment, {})[of[0]] = (of[1], of[2])
    return found


def _row(place, standing, lines: list[Line], scores) -> Row:
    if standing is None:
        return Row(place.name, None, None, [None] * len(lines))
    of = scores.get(int(standing.assessment_id), {})
    cells = [_cell(line, *of.get(line.indicator.pk, (None, None))) for line in lines]
    return Row(place.name, standing.period_end.date(), int(standing.age_days), cells)


# Thousands of cells say the same.
_text = lru_cache(maxsize=4096)(cell_text)


def _cell(line: Line, value, verdict) -> float | str | None:
    """A number where it says all there is, else as people type it."""
    told = line.number_decides or verdict is None
    text = _text(value, verdict, number_decides=told)
    is_bare = value is not None and " " not in text
    return float(value) if is_bare else text or None

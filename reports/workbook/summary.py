"""What stands in the summary: the province, its districts, and their communes."""

from dataclasses import dataclass, field, replace

import pandas as pd

from criteria.cells import DASH, LETTERS
from criteria.rules import Verdict
from ntm_tracker.web.numbers import day
from reports.pack.periods import is_year_end
from reports.pack.recognised import GRADES
from reports.pack.subject import Kind, Subject
from targets import progress, tables, verdict_tables
from targets.models import Metric

# Met is a cross, as forms have it; all of them are words that the import knows.
MARKS = {verdict.value: letter for verdict, letter in LETTERS.items()} | {Verdict.MET.value: "x"}
NO_REGISTER = "Sổ công nhận chưa đủ để đếm: xã không đánh dấu công nhận có thể đã được công nhận."
TO_FILL_IN = "Ô màu vàng do cơ quan báo cáo điền."
INTERPOLATED = (
    "Kế hoạch không giao riêng cho năm này; mức của tỉnh nằm trên đường thẳng nối hai mốc."
)


@dataclass(frozen=True)
class Area:
    """A province's or a district's figures; None where there is none."""

    name: str
    communes: int
    met: dict[int, int]
    bands: list[int]
    grades: list[float | None]
    share: float | None
    mean: float | None
    plan: float | None
    estimate: float | None


@dataclass(frozen=True)
class Place:
    """A commune: its marks by criterion, how many it meets, its band and its rank."""

    pk: int
    name: str
    marks: list[str]
    counted: float | None
    band: int
    rank: int


@dataclass(frozen=True)
class Group:
    """A district and its communes; those without a district have no area."""

    area: Area | None
    places: list[Place]


@dataclass(frozen=True)
class Summary:
    """`whole` is the province's row, None in a workbook of one district."""

    year: int
    titles: dict[int, str]
    bands: list[str]
    whole: Area | None
    groups: list[Group]
    notes: list[str] = field(default_factory=list)


def summary_of(subject: Subject) -> Summary:
    snapshot, at = subject.snapshot, subject.at
    titles = snapshot.titles(tables.current_set(snapshot, at))
    return Summary(
        year=at.as_of.year,
        titles=titles,
        bands=tables.bands(snapshot, at)["label"].tolist(),
        whole=_province(subject) if subject.is_province else None,
        groups=_groups(subject, list(titles)),
        notes=_notes(subject),
    )


def _groups(subject: Subject, numbers: list[int]) -> list[Group]:
    """By district in the province's order; communes without one come first, under no heading."""
    frame = verdict_tables.matrix(subject.snapshot, subject.at)
    places = _places(frame, numbers)
    districts = {row.Index: row for row in _district_rows(subject)}
    found = {}
    for district, place in zip(frame["district_id"].tolist(), places, strict=True):
        found.setdefault(None if pd.isna(district) else int(district), []).append(place)
    areas = {pk: _district(subject, pk, districts.get(pk)) for pk in found if pk is not None}
    ordered = sorted(found, key=lambda pk: pk is not None)
    return [Group(areas.get(pk), found[pk]) for pk in ordered]


def _places(frame: pd.DataFrame, numbers: list[int]) -> list[Place]:
    verdicts = frame.reindex(columns=numbers).astype(object)
    columns = (frame[name].tolist() for name in ("name", "counted", "band", "rank"))
    return [
        Place(pk, name, [MARKS.get(of, DASH) for of in line], _known(counted), band, rank)
        for pk, name, counted, band, rank, line in zip(
            frame.index.tolist(), *columns, verdicts.itertuples(index=False), strict=True
        )
    ]


def _district_rows(subject: Subject):
    return tables.districts(subject.snapshot, subject.at).frame.itertuples()


def _district(subject: Subject, pk: int, row) -> Area:
    own = Subject(subject.snapshot, replace(subject.at, district=pk))
    recognised = _of(row, "recognised")
    return Area(
        name=own.name[0].upper() + own.name[1:],
        **_counts(own),
        grades=[_of(row, name) for _metric, name, _title in GRADES],
        share=_of(row, "share"),
        mean=_of(row, "mean"),
        plan=_of(row, "target"),
        estimate=recognised if is_year_end(subject.at.as_of) else None,
    )


def _province(subject: Subject) -> Area:
    standard = subject.row(Metric.COMMUNES_STANDARD, Kind.CUMULATIVE_COUNT)
    share = subject.row(Metric.COMMUNES_STANDARD, Kind.SHARE)
    return Area(
        name="Toàn tỉnh",
        **_counts(subject),
        grades=[
            _of(subject.row(metric, Kind.CUMULATIVE_COUNT), "value")
            for metric, _name, _title in GRADES
        ],
        share=_of(share, "value"),
        mean=_of(subject.row(Metric.AVG_CRITERIA, Kind.MEAN), "value"),
        plan=_of(standard, "target_this_year"),
        estimate=_of(standard, "value") if is_year_end(subject.at.as_of) else None,
    )


def _counts(subject: Subject) -> dict:
    """How many communes there are, meet each criterion, and are in each band."""
    held = progress.rows_of(verdict_tables.bottlenecks(subject.snapshot, subject.at))
    return {
        "communes": len(subject.communes),
        "met": {int(row.number): int(row.met) for row in held},
        "bands": tables.bands(subject.snapshot, subject.at)["communes"].tolist(),
    }


def _notes(subject: Subject) -> list[str]:
    said = []
    if not subject.snapshot.register_is_complete:
        said.append(NO_REGISTER)
    if not is_year_end(subject.at.as_of):
        said.append(TO_FILL_IN)
    if not subject.is_province:
        return said
    standard = subject.row(Metric.COMMUNES_STANDARD, Kind.CUMULATIVE_COUNT)
    if standard is not None and standard.is_interpolated:
        said.append(INTERPOLATED)
    return said + _of_other_days(subject)


def _of_other_days(subject: Subject) -> list[str]:
    """Figures of the province's row that are not of the day itself."""
    asked = [(metric, Kind.CUMULATIVE_COUNT, title) for metric, _name, title in GRADES]
    asked += [
        (Metric.COMMUNES_STANDARD, Kind.SHARE, "Tỷ lệ xã đạt chuẩn"),
        (Metric.AVG_CRITERIA, Kind.MEAN, "Số tiêu chí bình quân"),
    ]
    rows = ((subject.row(metric, kind), title) for metric, kind, title in asked)
    return [
        f"Hàng toàn tỉnh, {title}: số liệu ngày {day(row.value_on)}."
        for row, title in rows
        if _of(row, "value") is not None and row.value_on != subject.at.as_of
    ]


def _of(row, name: str) -> float | None:
    return None if row is None else _known(getattr(row, name))


def _known(value) -> float | None:
    return None if value is None or value != value else float(value)

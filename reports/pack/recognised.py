"""Recognised, advanced and model communes, and who became one this year."""

from dataclasses import replace
from datetime import date

from ntm_tracker.web.numbers import number
from reports.content import Section, Table
from reports.pack.result import reached
from reports.pack.shapes import table
from reports.pack.subject import Kind, Subject
from targets import progress, tables
from targets.models import Metric
from targets.unit_wording import grade_names

GRADES = [
    (Metric.COMMUNES_STANDARD, "recognised", "Đạt chuẩn NTM"),
    (Metric.COMMUNES_ADVANCED, "advanced", "Đạt chuẩn NTM nâng cao"),
    (Metric.COMMUNES_MODEL, "model", "Đạt chuẩn NTM kiểu mẫu"),
]


def recognised(subject: Subject) -> Section:
    new = newly_recognised(subject)
    found = {"new": _new_table(subject, new)} if new else {}
    if subject.is_province and (grades := _grades(subject)).rows:
        found = {"grades": grades} | found
    return Section(
        "Công nhận xã đạt chuẩn",
        tuple(said for said in [_counts(subject), _new_sentence(subject, new)] if said),
        found,
    )


def _counts(subject: Subject) -> str:
    row = subject.district
    if subject.is_province:
        values = [
            getattr(subject.row(metric, Kind.CUMULATIVE_COUNT), "value", None)
            for metric, _name, _title in GRADES
        ]
    else:
        values = [getattr(row, name, None) for _metric, name, _title in GRADES]
    if any(value is None or value != value for value in values):
        return ""
    standard, advanced, model = map(number, values)
    return (
        f"Lũy kế {subject.place} có {standard} xã đạt chuẩn nông thôn mới, trong đó {advanced} xã "
        f"đạt chuẩn nông thôn mới nâng cao và {model} xã đạt chuẩn nông thôn mới kiểu mẫu "
        "(xã kiểu mẫu cũng tính là xã nâng cao)."
    )


def _grades(subject: Subject) -> Table:
    titles = (
        "Danh hiệu",
        "Lũy kế",
        "Cùng kỳ",
        f"Mới trong năm {subject.at.as_of.year}",
    )
    rows = [
        (
            title,
            reached(row, subject.at.as_of),
            reached(subject.rows_then.get((metric, Kind.CUMULATIVE_COUNT)), subject.at_then.as_of),
            number(new_in_year(subject, metric)),
        )
        for metric, _name, title in GRADES
        if (row := subject.row(metric, Kind.CUMULATIVE_COUNT))
    ]
    return table("recognised", "grades", "Xã đạt chuẩn theo danh hiệu", titles, rows)


def new_in_year(subject: Subject, metric: Metric) -> float:
    series = tables.history(subject.snapshot, subject.at, metric, Kind.NEW_IN_YEAR)
    return series["value"].iloc[-1]


def newly_recognised(subject: Subject) -> list:
    """The pack's communes that hold a higher grade than at the end of the year before."""
    if not subject.snapshot.register_is_complete:
        return []
    before = replace(subject.at, as_of=date(subject.at.as_of.year - 1, 12, 31))
    then = tables.ranks(subject.snapshot, before).to_dict()
    now = zip(subject.communes.index.tolist(), _rows(subject), strict=True)
    return [row for pk, row in now if row.grade_rank > then.get(pk, 0)]


def _rows(subject: Subject) -> list:
    """`rank` is a name that named tuples of frames keep for themselves nowhere else."""
    columns = dict(subject.communes.columns)
    columns["grade_rank"] = columns.pop("rank")
    return progress.rows_of(progress.Table(columns, subject.communes.index))


def _new_table(subject: Subject, new: list) -> Table:
    titles = (
        "STT",
        "Xã",
        "Huyện",
        "Danh hiệu",
    )
    names = grade_names()
    rows = [
        (number(place), row.name, row.district or "–", names[row.grade_rank])
        for place, row in enumerate(new, start=1)
    ]
    caption = f"Xã được công nhận trong năm {subject.at.as_of.year}"
    return table("recognised", "new", caption, titles, rows)


def _new_sentence(subject: Subject, new: list) -> str:
    year = subject.at.as_of.year
    if not subject.snapshot.register_is_complete:
        return "Sổ công nhận chưa đủ, nên không nêu các xã mới được công nhận trong năm."
    if not new:
        return f"Trong năm {year} đến ngày báo cáo chưa có thêm quyết định công nhận xã."
    return (
        f"Trong năm {year} đến ngày báo cáo, {number(len(new))} xã được công nhận danh hiệu mới."
    )

"""Districts compared, or the communes of one; and the border communes."""

from dataclasses import replace

from ntm_tracker.web.numbers import number, percent, signed
from reports.content import Section
from reports.pack import charts
from reports.pack.shapes import table
from reports.pack.subject import Subject
from targets import progress, tables
from targets.models import Metric
from targets.unit_wording import grade_names

COMPARED = "Kết quả của các huyện, thành phố"
COMMUNE_TITLES = (
    "STT",
    "Xã",
    "Huyện",
    "Danh hiệu",
    "Tiêu chí đạt",
)


def places(subject: Subject) -> Section:
    return districts(subject) if subject.is_province else communes(subject)


def districts(subject: Subject) -> Section:
    rows = subject.districts
    if not rows:
        said = "Tại ngày báo cáo không còn đơn vị hành chính cấp huyện để so sánh."
        return Section("So sánh giữa các huyện", (said,))
    titles = (
        "Huyện",
        "Đạt chuẩn/ tổng số xã",
        "Tỷ lệ",
        "Nâng cao",
        "Kiểu mẫu",
        "Tiêu chí bình quân",
        "So với quý trước",
        "Xã dưới 10 TC",
    )
    cells = tuple(_district_cells(row) for row in rows)
    return Section(
        "So sánh giữa các huyện",
        tuple(said for said in [_best_and_last(rows)] if said),
        {"districts": table("places", "districts", COMPARED, titles, cells)},
        {"districts": charts.districts(rows, subject)} if _is_counted(rows) else {},
    )


def _district_cells(row) -> tuple[str, ...]:
    return (
        row.name,
        f"{number(row.recognised)}/{number(row.of)}",
        percent(row.share),
        number(row.advanced),
        number(row.model),
        number(row.mean, 2),
        signed(row.change, 2),
        number(row.below),
    )


def _is_counted(rows: list) -> bool:
    return all(row.recognised == row.recognised for row in rows)


def _best_and_last(rows: list) -> str:
    if len(rows) < 2 or not _is_counted(rows):
        return ""
    order = sorted(rows, key=lambda row: row.share)
    best, last = order[-1], order[0]
    if best.share == last.share:
        return f"Các huyện có cùng tỷ lệ xã đạt chuẩn: {percent(best.share)}."
    return (
        f"Tỷ lệ xã đạt chuẩn cao nhất ở {best.name} ({number(best.recognised)}/{number(best.of)} "
        f"xã, {percent(best.share)}), thấp nhất ở {last.name} "
        f"({number(last.recognised)}/{number(last.of)} xã, {percent(last.share)})."
    )


def communes(subject: Subject) -> Section:
    caption = f"Các xã của {subject.name}"
    found = table("places", "communes", caption, COMMUNE_TITLES, _cells(subject.communes))
    said = f"{subject.begins} có {number(len(subject.communes))} xã thuộc chương trình."
    return Section("Kết quả của từng xã", (said,), {"communes": found} if found.rows else {})


def border(subject: Subject) -> Section:
    at = replace(subject.at, border=True)
    shown = tables.narrow(tables.communes(subject.snapshot, at), at)
    if not len(shown):
        said = f"{subject.begins} không có xã biên giới."
        return Section("Xã biên giới", (said,))
    said = [f"Có {number(len(shown))} xã biên giới.", _border_average(subject)]
    found = table("border", "border", "Các xã biên giới", COMMUNE_TITLES, _cells(shown))
    return Section("Xã biên giới", tuple(s for s in said if s), {"border": found})


def _border_average(subject: Subject) -> str:
    if not subject.is_province or subject.at.plan is None:
        return ""
    series = tables.history(subject.snapshot, subject.at, Metric.BORDER_AVG_CRITERIA)
    row = next(iter(progress.rows_of(series.tail(1))), None)
    return "" if row is None or row.value != row.value else _mean_of_border(row)


def _mean_of_border(row) -> str:
    base = f"tính trên {number(row.base)}/{number(row.of)} xã"
    return f"Bình quân mỗi xã biên giới đạt {number(row.value, 2)} tiêu chí ({base})."


def _cells(shown: progress.Table) -> list[tuple[str, ...]]:
    names = grade_names()
    ranks = shown["rank"].tolist()
    return [
        (
            number(place),
            row.name,
            row.district or "–",
            names[rank],
            f"{number(row.counted)}/{number(row.total)}" if row.band >= 0 else "–",
        )
        for place, (row, rank) in enumerate(
            zip(progress.rows_of(shown), ranks, strict=True), start=1
        )
    ]

"""Criteria met: the average, the bands, and which criteria hold communes back."""

from ntm_tracker.web.numbers import day, number, percent
from reports.content import Section
from reports.pack import charts
from reports.pack.shapes import table
from reports.pack.subject import Kind, Subject
from targets import progress, tables, verdict_tables
from targets.models import Metric

HARDEST_FIRST = "Kết quả theo từng tiêu chí, khó nhất ở trên"
NAMED = 3  # criteria that a sentence names
NOTHING_VERIFIED = "Đến ngày báo cáo chưa có phiếu đánh giá nào được thẩm định."


def spread(subject: Subject) -> Section:
    """Average and bands."""
    bands = tables.bands(subject.snapshot, subject.at)
    said = [_average(subject), _below(subject)]
    is_assessed = subject.is_assessed
    titles = ("Số tiêu chí đạt", "Số xã")
    rows = tuple((row.label, number(row.communes)) for row in progress.rows_of(bands))
    return Section(
        "Mức độ đạt tiêu chí",
        tuple(sentence for sentence in said if sentence) or (NOTHING_VERIFIED,),
        {"bands": table("spread", "bands", "Xã theo số tiêu chí đạt", titles, rows)}
        if is_assessed
        else {},
        {"bands": charts.bands(bands, subject)} if is_assessed else {},
    )


def _average(subject: Subject) -> str:
    row = subject.row(Metric.AVG_CRITERIA, Kind.MEAN) if subject.is_province else subject.district
    if row is None:
        return ""
    mean = row.value if subject.is_province else row.mean
    if mean != mean:
        return ""
    base = f"tính trên {number(row.base)}/{number(row.of)} xã"
    if subject.is_province and row.state_of_truth == "published":
        base = f"số liệu công bố ngày {day(row.value_on)}"
    said = f"Bình quân mỗi xã đạt {number(mean, 2)} tiêu chí ({base})"
    if subject.is_province:
        said += f"; mục tiêu năm {row.final_year}: {number(row.target_final, 2)}"
    return f"{said}."


def _below(subject: Subject) -> str:
    if subject.is_province:
        row = subject.row(Metric.COMMUNES_BELOW_10, Kind.FLOOR)
        count = None if row is None else row.value
    else:
        count = None if subject.district is None else subject.district.below
    if count is None or count != count:
        return ""
    if count == 0:
        return "Không còn xã nào đạt dưới 10 tiêu chí."
    return f"Còn {number(count)} xã đạt dưới 10 tiêu chí."


def hardest(subject: Subject) -> list:
    """The criteria by how many communes they hold back, those that hold back none left out."""
    rows = progress.rows_of(verdict_tables.bottlenecks(subject.snapshot, subject.at))
    return [row for row in rows if row.held_back]


def bottlenecks(subject: Subject) -> Section:
    rows = progress.rows_of(verdict_tables.bottlenecks(subject.snapshot, subject.at))
    if not rows:
        return Section("Tiêu chí còn vướng", (NOTHING_VERIFIED,))
    titles = (
        "Số",
        "Tiêu chí",
        "Đạt",
        "Cơ bản đạt",
        "Chưa đạt",
        "Số xã đánh giá",
        "Tỷ lệ đạt",
    )
    cells = tuple(
        (
            number(row.number),
            row.title,
            number(row.met),
            number(row.basically),
            number(row.not_met),
            number(row.base),
            percent(row.share),
        )
        for row in rows
    )
    found = hardest(subject)[:NAMED]
    named = "; ".join(
        f"tiêu chí số {row.number} ({row.title}): {number(row.held_back)}/{number(row.base)} xã"
        for row in found
    )
    sentence = (
        f"Các tiêu chí có nhiều xã chưa đạt hoặc mới cơ bản đạt nhất: {named}."
        if found
        else "Mọi xã được đánh giá đều đạt tất cả tiêu chí."
    )
    return Section(
        "Tiêu chí còn vướng",
        (sentence,),
        {"criteria": table("criteria", "criteria", HARDEST_FIRST, titles, cells)},
        {"criteria": charts.bottlenecks(rows, subject)} if found else {},
    )

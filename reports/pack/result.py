"""Against the plan: what was reached, last year's, and what must come each year from now."""

from ntm_tracker.web.numbers import day, number
from reports.content import Section, Table
from reports.pack.charts import trend
from reports.pack.periods import is_year_end, until, year_before
from reports.pack.shapes import table
from reports.pack.subject import Kind, Subject
from targets.cards import MEANS, show, titles
from targets.models import Metric

TO_FILL_IN = "…………"
OUTLOOK = f"Nhận định về khả năng hoàn thành: {TO_FILL_IN * 3}"
STATUS = {
    "achieved": "đã đạt",
    "on_plan": "đúng tiến độ",
    "slightly_behind": "chậm nhẹ",
    "behind": "chậm",
    "no_data": "chưa có số liệu",
}
STANDARD = (Metric.COMMUNES_STANDARD, Kind.CUMULATIVE_COUNT)


def result(subject: Subject) -> Section:
    """Section I; of a district what is known of one."""
    if subject.is_province:
        sentences = [_headline(subject), _share(subject), _tally(subject)]
        found = {"plan": plan_table(subject)} if subject.rows else {}
    else:
        sentences = [_district_headline(subject)]
        found = {"district": district_table(subject)} if subject.district else {}
    charts = {"recognised": trend(subject, Metric.COMMUNES_STANDARD)}
    return Section(
        "Kết quả thực hiện so với kế hoạch",
        tuple(sentence for sentence in sentences if sentence),
        found,
        {name: chart for name, chart in charts.items() if chart},
    )


def _headline(subject: Subject) -> str:
    """The first sentence of every report: how many communes, and is that on plan?"""
    row = subject.row(*STANDARD)
    begins = f"Đến {until(subject.at.as_of)}, {subject.place}"
    if row is None:
        return f"{begins} chưa có kế hoạch về số xã đạt chuẩn nông thôn mới."
    if row.value != row.value:
        return f"{begins} chưa có số liệu về số xã đạt chuẩn nông thôn mới."
    said = f"{begins} có {number(row.value)}/{number(row.of)} xã đạt chuẩn nông thôn mới"
    then = subject.rows_then.get(STANDARD)
    if then is not None and then.value == then.value:
        said += f" (cùng kỳ năm trước: {number(then.value)}/{number(then.of)} xã)"
    return f"{said}, {_against_plan(row)}."


def _against_plan(row) -> str:
    goal = f"{number(row.target_final)} xã của năm {row.final_year}"
    if row.status == "achieved":
        return f"đã đạt mục tiêu {goal}"
    if row.gap == 0:
        return f"đúng tiến độ kế hoạch để đạt mục tiêu {goal}"
    gap = number(abs(row.gap), 0 if abs(row.gap) >= 1 else 1)
    word = "chậm" if row.gap < 0 else "vượt"
    return f"{word} {gap} xã so với tiến độ kế hoạch để đạt mục tiêu {goal}"


def _share(subject: Subject) -> str:
    row = subject.row(Metric.COMMUNES_STANDARD, Kind.SHARE)
    if row is None or row.value != row.value:
        return ""
    goal = show(row.target_final, row.metric, row.kind)
    return (
        f"Tỷ lệ xã đạt chuẩn là {show(row.value, row.metric, row.kind)} trên tổng số "
        f"{number(row.base)} xã (mục tiêu năm {row.final_year}: {goal})."
    )


def _tally(subject: Subject) -> str:
    """How many targets are in each state, in words."""
    states = [str(row.status) for row in subject.rows]
    counts = [(STATUS[state], states.count(state)) for state in STATUS if state in states]
    if not counts:
        return ""
    told = "; ".join(f"{number(count)} mục tiêu {word}" for word, count in counts)
    return f"Trong {number(len(states))} mục tiêu của kế hoạch: {told}."


def plan_table(subject: Subject) -> Table:
    """Plan, actual, the same day of the year before, and the estimate for the year."""
    at = subject.at
    titles_of = (
        "STT",
        "Mục tiêu",
        f"Kế hoạch năm {at.as_of.year}",
        f"Thực hiện đến {subject.day}",
        f"Cùng kỳ ({day(year_before(at.as_of))})",
        f"Ước thực hiện năm {at.as_of.year}",
        "Đánh giá",
    )
    rows = [
        (
            number(place),
            titles().get((row.metric, row.kind), row.metric),
            _planned(row),
            reached(row, at.as_of),
            reached(subject.rows_then.get((row.metric, row.kind)), year_before(at.as_of)),
            reached(row, at.as_of) if is_year_end(at.as_of) else TO_FILL_IN,
            STATUS[str(row.status)],
        )
        for place, row in enumerate(subject.rows, start=1)
    ]
    caption = "Kết quả thực hiện các mục tiêu của kế hoạch"
    return table("result", "plan", caption, titles_of, rows, _note(subject))


def _note(subject: Subject) -> str:
    said = []
    if any(row.is_interpolated for row in subject.rows):
        said.append(
            "(*) Kế hoạch không giao riêng cho năm này; đây là mức trên đường thẳng nối hai mốc."
        )
    if not is_year_end(subject.at.as_of):
        said.append("Cột ước thực hiện do cơ quan báo cáo điền.")
    return " ".join(said)


def _planned(row) -> str:
    if row.kind == Kind.RANGE and row.high == row.high:
        planned = f"{number(row.low, 1)}–{number(row.high, 1)}"
    else:
        planned = show(row.target_this_year, row.metric, row.kind)
    return f"{planned}*" if row.is_interpolated else planned


def reached(row, on) -> str:
    """A value, with its day where that is another one than asked for."""
    if row is None or row.value != row.value:
        return "–"
    text = show(row.value, row.metric, row.kind)
    return text if row.value_on == on else f"{text} ({day(row.value_on)})"


def _district_headline(subject: Subject) -> str:
    row, then = subject.district, subject.district_then
    begins = f"Đến {until(subject.at.as_of)}, {subject.name}"
    if row is None:
        return f"{begins} không có xã nào thuộc chương trình."
    if row.recognised != row.recognised:
        return f"{begins} có {number(row.of)} xã; sổ công nhận chưa đủ để đếm xã đạt chuẩn."
    said = f"{begins} có {number(row.recognised)}/{number(row.of)} xã đạt chuẩn nông thôn mới"
    if then is not None and then.recognised == then.recognised:
        said += f" (cùng kỳ năm trước: {number(then.recognised)}/{number(then.of)} xã)"
    if row.target == row.target:
        said += f"; kế hoạch giao cho huyện: {number(row.target)} xã"
    return f"{said}."


DISTRICT_LINES = [
    ("Xã đạt chuẩn NTM", "recognised", 0),
    ("Xã đạt chuẩn NTM nâng cao", "advanced", 0),
    ("Xã đạt chuẩn NTM kiểu mẫu", "model", 0),
    ("Số tiêu chí bình quân mỗi xã", "mean", 2),
    ("Xã đạt dưới 10 tiêu chí", "below", 0),
]


def district_table(subject: Subject) -> Table:
    at, now, then = subject.at, subject.district, subject.district_then
    titles_of = (
        "STT",
        "Mục tiêu",
        f"Kế hoạch năm {at.as_of.year}",
        f"Thực hiện đến {subject.day}",
        f"Cùng kỳ ({day(year_before(at.as_of))})",
        f"Ước thực hiện năm {at.as_of.year}",
    )
    rows = [
        (
            number(place),
            title,
            number(now.target) if name == "recognised" else "–",
            number(getattr(now, name), places),
            number(getattr(then, name, None), places),
            number(getattr(now, name), places) if is_year_end(at.as_of) else TO_FILL_IN,
        )
        for place, (title, name, places) in enumerate(DISTRICT_LINES, start=1)
    ]
    note = "" if is_year_end(at.as_of) else "Cột ước thực hiện do cơ quan báo cáo điền."
    caption = f"Kết quả thực hiện của {subject.name}"
    return table("result", "district", caption, titles_of, rows, note)


def pace(subject: Subject) -> Section:
    """What the years to come must bring; no forecast is made."""
    if not subject.is_province:
        said = "Kế hoạch tính nhịp cần đạt cho toàn tỉnh, không tính riêng cho từng huyện."
        return Section("Tiến độ cần đạt và triển vọng", (said, OUTLOOK))
    ahead = [row for row in subject.rows if row.pace_needed == row.pace_needed]
    ahead = [row for row in ahead if row.pace_needed > 0]
    titles_of = (
        "Mục tiêu",
        f"Thực hiện đến {subject.day}",
        "Mục tiêu cuối kỳ",
        "Nhịp cần đạt mỗi năm",
    )
    rows = [
        (
            titles().get((row.metric, row.kind), row.metric),
            reached(row, subject.at.as_of),
            f"{show(row.target_final, row.metric, row.kind)} ({row.final_year})",
            pace_text(row),
        )
        for row in ahead
    ]
    note = "Nhịp cần đạt là mức tăng (với số xã dưới 10 tiêu chí: mức giảm) quy ra một năm, kể từ "
    note += "ngày báo cáo đến hết năm mục tiêu."
    caption = "Nhịp cần đạt để hoàn thành mục tiêu"
    made = table("pace", "pace", caption, titles_of, rows, note)
    return Section(
        "Tiến độ cần đạt và triển vọng",
        (_pace_sentence(ahead), OUTLOOK),
        {"pace": made} if rows else {},
    )


def pace_text(row) -> str:
    return number(row.pace_needed, 2 if row.metric in MEANS else 1)


def _pace_sentence(ahead: list) -> str:
    row = next((row for row in ahead if (row.metric, row.kind) == STANDARD), None)
    if row is not None:
        return (
            f"Để có {number(row.target_final)} xã đạt chuẩn vào cuối năm {row.final_year}, từ nay "
            f"cần công nhận thêm với nhịp {pace_text(row)} xã mỗi năm (quy năm)."
        )
    if ahead:
        return f"Còn {number(len(ahead))} mục tiêu phải đẩy nhanh để hoàn thành."
    return "Không có mục tiêu nào phải tính nhịp tăng thêm tại ngày báo cáo."

"""The meeting pack of a province or district on a day."""

from datetime import date

from django.utils import translation

from ntm_tracker.web.numbers import day, moment
from reports.content import Content, Letter
from reports.pack import criteria, places, recognised, result, work
from reports.pack.periods import period
from reports.pack.subject import Subject, standpoint
from targets import tables
from targets.snapshot import Snapshot

# In the order in which they stand.
SECTIONS = {
    "result": result.result,
    "recognised": recognised.recognised,
    "spread": criteria.spread,
    "criteria": criteria.bottlenecks,
    "places": places.places,
    "border": places.border,
    "watch": work.watch,
    "next": work.upcoming,
    "pace": result.pace,
    "tasks": work.tasks,
}
ILLUSTRATIVE = "SỐ LIỆU MINH HỌA – lập ra cho khớp với số đã công bố, không phải số các xã báo cáo"

SHARES = "Tỷ lệ xã đạt chuẩn tính trên tổng số xã."
STATES_OF_TRUTH = (
    "Xã đạt chuẩn, nâng cao, kiểu mẫu: theo quyết định công nhận còn hiệu lực tại ngày báo cáo. "
    "Số tiêu chí: theo phiếu đã thẩm định gần nhất của từng xã."
)
MADE_UP = (
    "Có số liệu minh họa: lập ra cho khớp với số đã công bố, không phải số các xã báo cáo. "
    "Chỉ số liệu công bố, kế hoạch và các công nhận nêu tên là thật."
)


def build(
    snapshot: Snapshot, *, as_of: date, district: int | None, letter: Letter, link: str
) -> Content:
    with translation.override("vi"):
        subject = Subject(snapshot, standpoint(snapshot, as_of, district))
        province = Subject(snapshot, standpoint(snapshot, as_of)).name
        area = province if subject.is_province else f"{subject.name}, {province}"
        made = {name: make(subject) for name, make in SECTIONS.items()}
        return Content(
            letter=letter,
            kind="BÁO CÁO",
            subject=(
                "Kết quả thực hiện Chương trình mục tiêu quốc gia xây dựng nông thôn mới "
                f"{period(as_of)} trên địa bàn {area}"
            ),
            opening=_opening(subject, letter),
            sections=made,
            closing=(
                f"Trên đây là báo cáo kết quả xây dựng nông thôn mới {period(as_of)} "
                f"trên địa bàn {area}./."
            ),
            notes=notes_of(subject),
            link=link,
            illustrative=ILLUSTRATIVE if snapshot.is_illustrative else "",
        )


def _opening(subject: Subject, letter: Letter) -> str:
    plan = subject.at.plan
    who = letter.agency or "cơ quan báo cáo"
    if plan is None:
        return f"{_sentence_case(who)} báo cáo kết quả xây dựng nông thôn mới như sau:"
    dated = f" ngày {day(plan.decided_on)}" if plan.decided_on else ""
    return (
        f"Thực hiện {plan.name} ({plan.document}{dated}), {_sentence_case(who)} báo cáo kết quả "
        "như sau:"
    )


def _sentence_case(name: str) -> str:
    """An agency's name is in capitals in the head; in a sentence it keeps its first letter."""
    return name.capitalize() if name.isupper() else name


def notes_of(subject: Subject) -> tuple[str, ...]:
    snapshot, at = subject.snapshot, subject.at
    province = snapshot.province
    assessed = int((subject.communes["band"] >= 0).sum())
    basically = "được" if snapshot.basically_counts else "không"
    communes = f"{len(subject.communes)} xã thuộc chương trình"
    boundary = day(tables.boundary_day(at))
    changed = f"{province.data_version}, lúc {moment(province.data_changed_at)}"
    notes = [
        f"Số liệu tính đến ngày {subject.day}; xã theo địa giới hành chính ngày {boundary}.",
        f"Mẫu số: {communes}, trong đó {assessed} xã có phiếu đánh giá đã thẩm định. {SHARES}",
        f"{STATES_OF_TRUTH} Tiêu chí “cơ bản đạt” {basically} tính là đạt.",
        f"Phiên bản dữ liệu của tỉnh: {changed}.",
    ]
    if subject.at.plan:
        notes.append(f"Kế hoạch: {subject.at.plan.name}. Nguồn: {subject.at.plan.document}.")
    if snapshot.is_illustrative:
        notes.append(MADE_UP)
    return tuple(notes)

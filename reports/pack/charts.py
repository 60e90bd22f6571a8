"""Charts of the pack, from the tables that the charts on screen are drawn from."""

from datetime import date

from ntm_tracker.web.numbers import number, percent
from reports.content import Chart
from reports.pack.subject import Subject
from targets import trends
from targets.models import Metric

LINES = [
    ("plan", "Kế hoạch", "plan"),
    ("needed", "Nhịp cần đạt", "needed"),
    ("computed", "Thực hiện", "computed"),
]
MOST_BARS = 12


def trend(subject: Subject, metric: Metric) -> Chart | None:
    """Computed, planned, needed and published values over the plan's time."""
    make = trends.trend if subject.is_province else trends.district_trend
    table = make(subject.snapshot, subject.at, metric=metric)
    if table["computed"].notna().sum() < 2:
        return None
    start = table["date"].min()
    table = table.assign(x=(table["date"] - start).dt.days)
    lines = [
        {"name": name, "style": style, "points": _points(table, column)}
        for column, name, style in LINES
        if table[column].notna().any()
    ]
    published = _points(table, "published")
    if published:
        lines.append({"name": "Đã công bố", "style": "published", "points": published})
    years = range(table["date"].min().year, table["date"].max().year + 1)
    ticks = [
        {"x": (date(year, 12, 31) - start.date()).days, "label": f"cuối {year}"} for year in years
    ]
    last = table[table["computed"].notna()].iloc[-1]
    return Chart(
        "trend",
        f"Số xã đạt chuẩn nông thôn mới của {subject.name}",
        "xã, tại cuối mỗi quý",
        f"Thực hiện {number(last['computed'])} xã vào {subject.day}.",
        {"lines": lines, "ticks": ticks},
    )


def _points(table, column: str) -> list[dict]:
    rows = table[table[column].notna()]
    return [
        {"x": int(x), "y": float(y), "label": number(y)}
        for x, y in zip(rows["x"], rows[column], strict=True)
    ]


def bands(table, subject: Subject) -> Chart:
    bars = [
        {"label": row.label, "value": int(row.communes), "text": number(row.communes)}
        for row in table.itertuples()
    ]
    told = "; ".join(f"{bar['label']} tiêu chí: {bar['text']} xã" for bar in bars)
    return Chart(
        "columns", f"Xã của {subject.name} theo số tiêu chí đạt", "số xã", told, {"bars": bars}
    )


def bottlenecks(rows: list, subject: Subject) -> Chart:
    shown = [row for row in rows if row.held_back][:MOST_BARS]
    bars = [
        {
            "label": f"{row.number}. {row.title}",
            "values": [int(row.not_met), int(row.basically)],
            "text": number(row.held_back),
        }
        for row in shown
    ]
    told = "; ".join(f"{bar['label']}: {bar['text']} xã" for bar in bars)
    series = [
        {"name": "Chưa đạt", "style": "not-met"},
        {"name": "Cơ bản đạt", "style": "basically"},
    ]
    return Chart(
        "bars",
        f"Xã của {subject.name} chưa đạt từng tiêu chí",
        "số xã, tiêu chí khó nhất ở trên",
        told,
        {"bars": bars, "series": series},
    )


def districts(rows: list, subject: Subject) -> Chart:
    """Recognised communes out of all, the best share on top."""
    order = sorted(rows, key=lambda row: -row.share)
    bars = [
        {
            "label": row.name,
            "values": [int(row.recognised)],
            "base": int(row.of),
            "text": f"{number(row.recognised)}/{number(row.of)} ({percent(row.share)})",
        }
        for row in order
    ]
    told = "; ".join(f"{bar['label']}: {bar['text']}" for bar in bars)
    series = [
        {"name": "Xã đạt chuẩn NTM", "style": "computed"},
        {"name": "Tổng số xã", "style": "base"},
    ]
    return Chart(
        "bars",
        "Xã đạt chuẩn nông thôn mới của từng huyện",
        "số xã, tỷ lệ cao nhất ở trên",
        told,
        {"bars": bars, "series": series},
    )

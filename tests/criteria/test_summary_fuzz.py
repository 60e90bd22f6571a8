"""Summary workbooks of random layouts: what is read was written, and the rest is listed."""

import io
import unicodedata
from dataclasses import dataclass, field

import xlsxwriter
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from criteria.summary.known import Known, Target, Unit
from criteria.summary.reading import read
from ntm_tracker.web.uploaded import delimited, kinds, xlsx

DISTRICTS = ["Tràng Định", "Hữu Lũng", "Cao Lộc"]
# Names that repeat, that are those of districts or begin as totals do.
COMMUNES = [
    ("Tân Thành", 0), ("Hùng Sơn", 0), ("Tân Thành", 1), ("Hòa Bình", 1), ("Cộng Hòa", 1),
    ("Hòa Bình", 2), ("Cao Lộc", 2), ("Thụy Hùng", 2), ("Hữu Lũng", 1), ("Quốc Khánh", 0),
]  # fmt: skip
NAMES = [
    "Quy hoạch", "Giao thông", "Thủy lợi", "Điện", "Trường học", "Văn hóa", "Chợ", "Thu nhập",
]  # fmt: skip
TARGETS = [Target(str(n), name, str(n)) for n, name in enumerate(NAMES, start=1)]
TARGETS += [Target("2.1", "Đường xã", "2.1", "%"), Target("2.2", "Đường thôn", "2.2", "%")]
KNOWN = Known(
    [
        Unit(number, name, DISTRICTS[district], f"{6000 + number:05}")
        for number, (name, district) in enumerate(COMMUNES)
    ],
    TARGETS,
)
TEXTS = ["x", "X", "✓", "Đ", "đạt", "CĐ", "cơ bản đạt", "K", "chưa đạt", "KA", "14,5", "63,5 Đ"]
UNSURE = ["1.234", "có thể", "xem lại", "12abc"]
TITLES = [["UBND TỈNH", "", "", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"], ["BIỂU TỔNG HỢP KẾT QUẢ"],
          ["Kèm theo Báo cáo số 15/BC-UBND"], ["", "", "Đơn vị tính: tiêu chí"], []]  # fmt: skip


@dataclass
class Layout:
    """A table as rows of text, its merged cells, and what it says: unit, code → text and place."""

    rows: list[list[str]] = field(default_factory=list)
    merged: list[tuple] = field(default_factory=list)
    said: dict = field(default_factory=dict)
    is_clean: bool = True


def respelled(draw, text):
    """A name as somebody else types it."""
    if draw(st.booleans()):
        text = text.replace("òa", "oà").replace("ụy", "uỵ").replace("ủy", "uỷ")
    text = draw(st.sampled_from([text, text.upper(), f" {text} ", text.replace(" ", "  ")]))
    return unicodedata.normalize("NFD", text) if draw(st.booleans()) else text


def heading(draw, style, target):
    number, name = target.code, target.name
    return {
        "TC": f"TC{number}",
        "tiêu chí": f"Tiêu chí {number}",
        "số": number,
        "tên": respelled(draw, name),
        "số và tên": f"{number}. {name}",
        "TC và tên": f"TC {number}: {name}",
        "tên và TC": f"{name} (TC{number})",
    }[style]


@st.composite
def layouts(draw):
    found = Layout()
    found.rows += draw(st.lists(st.sampled_from(TITLES), max_size=4))
    targets = draw(st.lists(st.sampled_from(TARGETS), min_size=2, max_size=8, unique=True))
    others = draw(st.lists(st.sampled_from(["Dân số", "Tổng số TC đạt", "Ghi chú"]), max_size=2))
    columns = (
        draw(st.permutations([*targets, *others])) if draw(st.booleans()) else [*targets, *others]
    )
    has_order = draw(st.booleans())
    by_column = draw(st.booleans())
    before = ["TT"] * has_order + ["Huyện"] * by_column + ["Huyện/Xã"]
    found.is_clean = "Dân số" not in others
    headings(draw, found, before, columns)
    body(draw, found, before, columns)
    return found


def headings(draw, found, before, columns):
    style = draw(
        st.sampled_from(["TC", "tiêu chí", "số", "tên", "số và tên", "TC và tên", "tên và TC"])
    )
    names = [heading(draw, style, c) if isinstance(c, Target) else c for c in columns]
    top = len(found.rows)
    if draw(st.booleans()):
        found.rows += [
            [*before, "Kết quả thực hiện các tiêu chí", *[""] * (len(names) - 1)],
            [""] * len(before) + names,
        ]
        found.merged += [(top, c, top + 1, c) for c in range(len(before))]
        if len(names) > 1:
            found.merged.append((top, len(before), top, len(before) + len(names) - 1))
    else:
        found.rows.append([*before, *names])
    if style != "số" and draw(st.booleans()):
        found.rows.append([str(n) for n in range(1, len(before) + len(names) + 1)])


def body(draw, found, before, columns):
    order = 0
    for place in draw(st.permutations(range(len(DISTRICTS)))):
        district = DISTRICTS[place]
        if "Huyện" not in before:
            titled = draw(st.sampled_from(["Huyện ", "H. ", "huyện "]))
            roman = ["I", "II", "III"][place]
            lead = (
                [roman, titled + district] if "TT" in before else [f"{roman}. {titled}{district}"]
            )
            found.rows.append(lead)
        units = [u for u in KNOWN.units.values() if u.district == district]
        for unit in draw(st.permutations(units)):
            order += 1
            add_unit(draw, found, before, columns, unit, order)
        if draw(st.booleans()):
            found.rows.append(
                draw(st.sampled_from([[], [""] * (len(before) - 1) + ["Cộng", "3"]]))
            )
    if draw(st.booleans()):
        found.rows.append(["Tổng cộng", *[""] * (len(before) - 1), "5"])


def add_unit(draw, found, before, columns, unit, order):
    kind = draw(st.sampled_from(["", "xã ", "Xã ", "TT. ", "thị trấn "]))
    name = kind + respelled(draw, unit.name)
    if "TT" not in before and draw(st.booleans()):
        name = f"{order}. {name}"
    lead = [str(order)] * ("TT" in before) + [unit.district] * ("Huyện" in before) + [name]
    texts = [
        draw(st.sampled_from([*TEXTS, "", "", *UNSURE])) if isinstance(c, Target) else "7"
        for c in columns
    ]
    found.rows.append([*lead, *texts])
    for number, (target, text) in enumerate(zip(columns, texts, strict=True)):
        if isinstance(target, Target) and text:
            place = (len(found.rows) - 1, len(before) + number)
            found.said[unit.key, target.code] = (text, place)


def as_xlsx(layout):
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Biểu")
        for area in layout.merged:
            sheet.merge_range(*area, "")
        for number, row in enumerate(layout.rows):
            for column, text in enumerate(row):
                if text:
                    sheet.write_string(number, column, text)
    content = file.getvalue()
    return xlsx.read(content, kinds.format_of(content, "b.xlsx")[1])


def as_text(layout, delimiter, encoding):
    quoted = [[f'"{text}"' if text else "" for text in row] for row in layout.rows]
    lines = "\r\n".join(delimiter.join(row) for row in quoted)
    return delimited.read(lines.encode(encoding), "b.csv")


WRITERS = [
    as_xlsx,
    lambda layout: as_text(layout, ";", "utf-8-sig"),
    lambda layout: as_text(layout, ",", "utf-16"),
    lambda layout: as_text(layout, "\t", "utf-8"),
]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(layout=layouts(), write=st.sampled_from(WRITERS))
def test_what_is_read_was_written_and_the_rest_is_listed(layout, write):
    found = read(write(layout), KNOWN)
    assert len(found) == 1
    reading = found[0]
    told = {(f.unit, f.code): (f.text, (f.row, f.column)) for f in reading.findings}
    assert len(told) == len(reading.findings)
    assert told.items() <= layout.said.items()
    listed = listed_places(reading)
    for key, (text, place) in layout.said.items():
        assert key in told or place in listed, (text, place)
    event(f"read {10 * len(told) // max(len(layout.said), 1)} tenths")
    if layout.is_clean:
        unread = {text for text, place in layout.said.values() if place in listed}
        assert unread <= set(UNSURE)
        assert not reading.unknown_columns
        assert not reading.unknown_rows


def listed_places(reading):
    width = len(reading.columns)
    rows = {(row.number, column) for row in reading.unknown_rows for column in range(width)}
    columns = {
        (row.number, column.number) for column in reading.unknown_columns for row in reading.rows
    }
    return rows | columns | {(unread.row, unread.column) for unread in reading.unread}

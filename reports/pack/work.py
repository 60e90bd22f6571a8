"""Whom to look after, who comes next, and what is to be done."""

from ntm_tracker.web.numbers import number
from reports.content import Section, Table
from reports.pack.criteria import NAMED, NOTHING_VERIFIED, hardest
from reports.pack.result import TO_FILL_IN
from reports.pack.shapes import table
from reports.pack.subject import Subject
from targets.lists import next_in_line, watch_lists

NAMES_IN_A_SENTENCE = 10
# The lists of the dashboard, and what they are called here.
NAMES = {
    "under-10": "below",
    "fell-back": "fell",
    "ended-by-merger": "ended",
    "next-in-line": "next",
}


def listed(section: str, found: dict) -> Table:
    """A list of the dashboard as a table; all of it."""
    titles = ["Xã", *(title for title, _is_number in found["columns"])]
    rows = [
        (row["name"], *(str(cell) for cell, _is_number in row["cells"]))
        for row in [*found["rows"], *found["rest"]]
    ]
    return table(section, NAMES[found["file"]], found["title"], titles, rows, str(found["hint"]))


def watch(subject: Subject) -> Section:
    """Few criteria, fewer than before, recognition ended by a merger."""
    found = watch_lists(subject.snapshot, subject.at, subject.communes, {})
    if not subject.is_assessed:
        found = [of for of in found if of["file"] == "ended-by-merger"]
    sentences = [
        f"{of['title']}: {number(of['count'])} xã." if of["count"] else str(of["none"])
        for of in found
    ]
    shown = {NAMES[of["file"]]: listed("watch", of) for of in found if of["count"]}
    if not subject.is_assessed:
        sentences.insert(0, NOTHING_VERIFIED)
    return Section("Các xã cần theo dõi", tuple(sentences), shown)


def upcoming(subject: Subject) -> Section:
    found = _next(subject)
    if not found["count"]:
        said = str(found["none"]) if subject.is_assessed else NOTHING_VERIFIED
        return Section("Các xã có khả năng đạt chuẩn tiếp theo", (said,))
    said = (
        f"Có {number(found['count'])} xã chưa được công nhận chỉ còn thiếu một hoặc hai tiêu chí."
    )
    return Section(
        "Các xã có khả năng đạt chuẩn tiếp theo", (said,), {"next": listed("next", found)}
    )


def _next(subject: Subject) -> dict:
    return next_in_line(subject.snapshot, subject.at, subject.communes, {})


def tasks(subject: Subject) -> Section:
    """What follows from the figures, and lines for what does not."""
    near = _next(subject)
    below = watch_lists(subject.snapshot, subject.at, subject.communes, {})[0]
    said = []
    if near["count"]:
        said.append(
            f"Hoàn thiện các tiêu chí còn thiếu và hồ sơ của {number(near['count'])} xã có khả "
            f"năng đạt chuẩn tiếp theo: {_named(near)}."
        )
    if found := hardest(subject)[:NAMED]:
        named = ", ".join(f"số {row.number} ({row.title})" for row in found)
        said.append(f"Tập trung nguồn lực cho các tiêu chí còn vướng: {named}.")
    if below["count"]:
        said.append(
            f"Hỗ trợ riêng {number(below['count'])} xã còn dưới 10 tiêu chí: {_named(below)}."
        )
    said.append(f"Nhiệm vụ khác: {TO_FILL_IN * 4}")
    numbered = (f"{place}. {sentence}" for place, sentence in enumerate(said, start=1))
    return Section("Nhiệm vụ thời gian tới", tuple(numbered))


def _named(found: dict) -> str:
    """Names with their districts, for names repeat; the rest as a number."""
    rows = [*found["rows"], *found["rest"]]
    named = [f"{row['name']} ({row['cells'][0][0]})" for row in rows[:NAMES_IN_A_SENTENCE]]
    more = len(rows) - len(named)
    return ", ".join(named) + (f" và {number(more)} xã khác" if more else "")

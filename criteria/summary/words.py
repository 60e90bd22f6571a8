"""What the headings of summary workbooks say."""

import re
import unicodedata
from dataclasses import dataclass

from criteria.blocks import name_key
from criteria.readings import SPACES
from criteria.summary.known import Known
from criteria.summary.roles import ColumnKind, Why

LABEL = r"(?:tiêu chí|tc|chỉ tiêu|ct)(?:\s+số)?\s*[.:]?\s*"
CODE = r"\(?(?P<code>\d{1,2}(?:[.,]\d{1,2})?)\)?"
CODED = re.compile(rf"(?P<label>{LABEL})?{CODE}(?:\s*[.:)–-]\s*|\s+|$)(?P<rest>.*)")
CODE_BEHIND = re.compile(rf"(?P<rest>.*\S)\s*\((?P<label>{LABEL}){CODE}\)")
# The least share of a heading's words that the name has.
SHARE = 0.6

NAMES = {
    "huyện/xã", "xã", "tên xã", "đơn vị", "tên đơn vị", "xã/huyện", "huyện, xã", "xã, huyện",
    "đơn vị hành chính", "địa phương", "xã, phường", "xã/phường", "tên đơn vị hành chính",
    "huyện, thành phố", "huyện/thành phố/xã", "huyện, thành phố/xã", "xã, thị trấn", "địa bàn",
    "huyện - xã", "huyện/ xã", "huyện /xã", "huyện / xã", "danh sách xã", "tên huyện/xã",
}  # fmt: skip
DISTRICTS = {"huyện", "tên huyện", "huyện/thành phố", "thuộc huyện", "huyện/tp"}
ORDERS = {"tt", "stt", "số tt", "số thứ tự", "thứ tự", "no", "no."}
RESULTS = {
    "kết quả", "kết quả thực hiện", "thực hiện", "đánh giá", "kết quả đánh giá", "đạt/không đạt",
    "đạt/chưa đạt", "mức độ đạt", "đạt", "kq", "th",
}  # fmt: skip
TOTAL = re.compile(
    r"(?:tổng|cộng|(?:số|tỷ lệ|tỉ lệ)(?: lượng)? (?:tiêu chí|tc|chỉ tiêu|xã)|bình quân|trung bình|"
    r"ghi chú|xếp loại|phân loại|phân nhóm|nhóm xã|kết luận|kết quả chung|ký|mã)\b.*"
)
NUMBERING = re.compile(r"\(?(?:[a-z]|\d{1,3})\)?(?:\s*=.*)?")


@dataclass(frozen=True)
class Meaning:
    """What a heading says."""

    kind: ColumnKind
    code: str = ""
    why: Why | None = None


RESULT = Meaning(ColumnKind.FINDING)


def fold(text: str) -> str:
    """One spelling, lower case, single spaces."""
    return SPACES.sub(" ", unicodedata.normalize("NFC", text)).strip().casefold()


def is_numbering(text: str) -> bool:
    """Is it the number of a column, as forms print it under the headings: A, B, 1, (2), 3=1+2?"""
    return NUMBERING.fullmatch(fold(text)) is not None


def meaning_of(text: str, known: Known) -> Meaning | None:
    """What a heading says by itself; None for words that are not understood."""
    folded = fold(text)
    for words, kind in (
        (NAMES, ColumnKind.NAME),
        (ORDERS, ColumnKind.ORDER),
        (DISTRICTS, ColumnKind.DISTRICT),
    ):
        if folded in words:
            return Meaning(kind)
    if folded in RESULTS:
        return RESULT
    if TOTAL.fullmatch(folded) and not known.code_of_name(folded):
        return Meaning(ColumnKind.TOTAL)
    return _finding(folded, known)


def _finding(folded: str, known: Known) -> Meaning | None:
    named = known.code_of_name(folded)
    found = CODE_BEHIND.fullmatch(folded) or CODED.fullmatch(folded)
    if named or found is None:
        return Meaning(ColumnKind.FINDING, named) if named else None
    code = ".".join(part.lstrip("0") for part in re.split("[.,]", found["code"]))
    target, rest = known.targets.get(code), found["rest"]
    if target is None:
        return None
    if rest and known.code_of_name(rest) not in ("", code):
        return Meaning(ColumnKind.UNKNOWN, why=Why.CONFLICT)
    return Meaning(ColumnKind.FINDING, code) if not rest or _fits(rest, target.name) else None


def _fits(rest: str, name: str) -> bool:
    """Are most words of a heading those of the name?"""
    words, of_name = name_key(rest).split(), set(name_key(name).split())
    return bool(words) and sum(word in of_name for word in words) >= SHARE * len(words)

"""Tables as text: CSV and its kin, in the encodings that offices here write."""

import csv
import io
from collections import Counter

from ntm_tracker.web.tables import FORMULA_STARTS
from ntm_tracker.web.uploaded import limits
from ntm_tracker.web.uploaded.faults import Fault, Unfit
from ntm_tracker.web.uploaded.sheets import Sheet, trimmed
from ntm_tracker.web.uploaded.values import text_cell

ENCODINGS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
UNMARKED = ("utf-8", "cp1258")
DELIMITERS = "\t;,"
LOOKED_AT = 200
CONTROLS = {chr(code) for code in range(32)} - set("\t\n\r\f")


def read(content: bytes, name: str) -> list[Sheet]:
    """The one sheet of a text."""
    text = _decoded(content)
    if CONTROLS & set(text):
        raise Unfit(Fault.NOT_A_TABLE)
    delimiter, text = _delimiter(text)
    csv.field_size_limit(limits.CHARACTERS)
    rows, cells, columns = [], 0, 0
    for row in _split(text, delimiter):
        rows.append([text_cell(_bare(cell)) for cell in row])
        cells, columns = cells + sum(map(bool, row)), max(columns, len(row))
        limits.refuse_too_much(len(rows), columns, cells)
    return [Sheet(name, trimmed(rows))]


def _decoded(content: bytes) -> str:
    marked = next((code for mark, code in ENCODINGS.items() if content.startswith(mark)), None)
    for encoding in (marked,) if marked else UNMARKED:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unfit(Fault.NOT_A_TABLE)


def _delimiter(text: str) -> tuple[str, str]:
    """What parts the cells, and the text without a line that says it ("sep=;")."""
    first, _, rest = text.partition("\n")
    if first.lower().startswith("sep=") and first.strip()[4:] in set(DELIMITERS):
        return first.strip()[4:], rest
    return max(DELIMITERS, key=lambda delimiter: _evenness(text, delimiter)), text


def _evenness(text: str, delimiter: str) -> int:
    """How many of the first rows have the commonest number of cells, being more than one."""
    widths: Counter = Counter()
    beginning = text[: LOOKED_AT * 1000]
    try:
        for number, row in enumerate(_split(beginning, delimiter)):
            if number == LOOKED_AT:
                break
            widths[len(row)] += 1
    except Unfit:
        # cut in the middle of a cell in quotes; what came before counts
        pass
    del widths[1], widths[0]
    return max(widths.values(), default=0)


def _split(text: str, delimiter: str):
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    except csv.Error as error:
        raise Unfit(Fault.QUOTES) from error


def _bare(cell: str) -> str:
    """Text without the apostrophe that keeps spreadsheets from running it."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(FORMULA_STARTS) else cell

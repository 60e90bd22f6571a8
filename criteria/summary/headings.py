"""The headings of a summary sheet: where they stand and what each column is about."""

from collections import Counter
from dataclasses import dataclass, replace
from itertools import groupby

from criteria.summary.known import Known
from criteria.summary.roles import Column, ColumnKind, Corrections, Why
from criteria.summary.words import RESULT, Meaning, fold, is_numbering, meaning_of
from ntm_tracker.web.uploaded.sheets import Kind, Sheet

MOST_COLUMNS_BEFORE = 6
HOLDERS = {ColumnKind.NAME, ColumnKind.ORDER, ColumnKind.DISTRICT}


@dataclass(frozen=True)
class Text:
    """What stands over a column in one row, and whether it stands over its neighbours too."""

    text: str
    is_spread: bool = False


def names_column(sheet: Sheet, known: Known) -> int | None:
    """The column with the most communes in it; None where no column has any."""
    hits = Counter(
        column
        for row in sheet.rows
        for column, cell in enumerate(row[:MOST_COLUMNS_BEFORE])
        if cell.text and known.units_called(cell.text)
    )
    return max(hits, key=lambda column: (hits[column], -column)) if hits else None


def first_heading(sheet: Sheet, body: int, known: Known) -> int:
    """The row where the headings begin, below the titles of the sheet."""
    for number, row in enumerate(sheet.rows[:body]):
        found = [meaning_of(cell.text, known) for cell in row if cell.text]
        kinds = [meaning.kind for meaning in found if meaning]
        if len([cell for cell in row if cell.text]) > 1 and (
            HOLDERS & set(kinds) or kinds.count(ColumnKind.FINDING) > 1
        ):
            return number
    return max(body - 1, 0)


def columns_of(
    sheet: Sheet, first: int, body: int, known: Known, said: Corrections
) -> list[Column]:
    """What each column is about; a correction of the user's goes before all else."""
    stacks = _stacks(sheet, first, body, known)
    seen, columns = Counter(), []
    for number, stack in enumerate(stacks):
        texts = [text for text, _ in groupby(over.text for over in stack)]
        key = f"c:{' / '.join(map(fold, texts))}"
        seen[key] += 1
        key = f"{key} #{seen[key]}" if seen[key] > 1 else key
        meaning = _corrected(said.get(key), known) or _meaning(stack, known)
        heading = " / ".join(_own(stack, known))
        columns.append(Column(number, heading, key, meaning.kind, meaning.code, meaning.why))
    return _once(columns)


def _meaning(stack: list[Text], known: Known) -> Meaning:
    """What the headings over a column say together: the lowest that is understood decides."""
    if not stack:
        return Meaning(ColumnKind.UNKNOWN, why=Why.NO_HEADING)
    found = [(over, meaning_of(over.text, known)) for over in stack]
    codes = [m.code for _, m in found if m and m.code]
    if any(not _is_within(code, codes[0]) for code in codes):
        return Meaning(ColumnKind.UNKNOWN, why=Why.CONFLICT)
    is_below_unknown = False
    for over, meaning in reversed(found):
        if meaning is None:
            is_below_unknown = True
        elif meaning is not RESULT:
            if is_below_unknown and over.is_spread:
                return Meaning(ColumnKind.UNKNOWN, why=Why.SUBHEADING)
            return meaning
    return Meaning(ColumnKind.UNKNOWN, why=Why.HEADING)


def _own(stack: list[Text], known: Known) -> list[str]:
    """What a column is called, without headings over several that name no criterion."""
    own = [over.text for over in stack if not over.is_spread or meaning_of(over.text, known)] or [
        over.text for over in stack
    ]
    return [text for text, _ in groupby(own)]


def _is_within(code: str, outer: str) -> bool:
    return code == outer or code.startswith(f"{outer}.")


def _corrected(said: str | None, known: Known) -> Meaning | None:
    if not said:
        return None
    kind, _, code = said.partition(":")
    if kind == ColumnKind.FINDING and code not in known.targets:
        return None
    return Meaning(ColumnKind(kind), code)


def _once(columns: list[Column]) -> list[Column]:
    """Columns that share what only one can be about are not understood."""
    often = Counter((c.kind, c.code) for c in columns if c.kind is ColumnKind.FINDING)
    return [
        replace(column, kind=ColumnKind.UNKNOWN, why=Why.TWICE)
        if often[column.kind, column.code] > 1
        else column
        for column in columns
    ]


def _stacks(sheet: Sheet, first: int, body: int, known: Known) -> list[list[Text]]:
    """Over each column the headings from top to bottom, without the numbers of columns."""
    width = max((len(row) for row in sheet.rows), default=0)
    rows = [_spread(sheet, number, width) for number in range(first, body)]
    if not sheet.merged:
        rows = [_guessed(row, rows[number + 1 :]) for number, row in enumerate(rows)]
    kept = [row for n, row in enumerate(rows) if not _numbers(row, rows[:n], known)]
    return [[row[column] for row in kept if row[column].text] for column in range(width)]


def _spread(sheet: Sheet, number: int, width: int) -> list[Text]:
    """A row of headings, in which a merged cell stands over all its columns."""
    row = [Text(sheet.cell(number, column).text) for column in range(width)]
    for top, left, bottom, right in sheet.merged:
        if top <= number <= bottom and sheet.cell(top, left).kind is not Kind.BLANK:
            for column in range(left, min(right + 1, width)):
                row[column] = Text(sheet.cell(top, left).text, right > left)
    return row


def _guessed(row: list[Text], below: list[list[Text]]) -> list[Text]:
    """A row without merged cells: a heading reaches over blanks that have headings below."""
    reaching = list(row)
    for column in range(1, len(row)):
        if not row[column].text and any(under[column].text for under in below):
            reaching[column] = Text(reaching[column - 1].text, is_spread=True)
            if reaching[column - 1].text:
                reaching[column - 1] = Text(reaching[column - 1].text, is_spread=True)
    return reaching


def _numbers(row: list[Text], above: list[list[Text]], known: Known) -> bool:
    """Does a row number the columns? Only below a row that says what they are about."""
    texts = [over.text for over in row if over.text]
    if len(texts) < 2 or not all(map(is_numbering, texts)):
        return False
    said = [meaning_of(over.text, known) for upper in above for over in upper if over.text]
    return sum(m is not None and m.kind is ColumnKind.FINDING for m in said) > 1 or any(
        row[column].text
        for upper in above
        for column, over in enumerate(upper)
        if (m := meaning_of(over.text, known)) and m.kind in HOLDERS
    )

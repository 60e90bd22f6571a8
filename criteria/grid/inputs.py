"""The inputs of the grid, turned into a block: from there on they are treated like a paste."""

from criteria.blocks import join
from criteria.cells import DASH
from criteria.grid.reading import Row
from criteria.grid.seen import open_inputs
from criteria.planned import Seen

# As many inputs as one page has; `DATA_UPLOAD_MAX_NUMBER_FIELDS` leaves room for them.
MOST_INPUTS = 3000


def input_name(pk: int, code: str) -> str:
    return f"c-{pk}-{code}"


def block_of(data, rows: list[Row]) -> tuple[str, Seen]:
    """What was changed in the inputs as a block with headings, and the versions shown there.

    An emptied input takes away what stood in it. One left as it was shown is left out, so that
    it undoes nothing that somebody else wrote meanwhile.
    """
    texts, seen = {}, {}
    for (pk, code), (version, shown) in open_inputs(data.get("shown", "")).items():
        typed = data.get(input_name(pk, code), shown).strip()
        if typed != shown:
            texts[pk, code] = typed or DASH
            seen[pk, code] = version
    codes = list(dict.fromkeys(code for _pk, code in texts))
    touched = {pk for pk, _code in texts}
    lines = [
        [row.commune.code, *(texts.get((row.assessment.pk, code), "") for code in codes)]
        for row in rows
        if row.assessment.pk in touched
    ]
    return (join([["", *codes], *lines]), seen) if lines else ("", {})

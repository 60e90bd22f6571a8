"""Numbers of rows and widths of columns."""

from collections.abc import Iterator

from reports.workbook.summary import Summary

NARROWEST, WIDEST = 22, 42
ROMAN = [
    (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
    (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
]  # fmt: skip


def roman(number: int) -> str:
    text = ""
    for value, letters in ROMAN:
        times, number = divmod(number, value)
        text += letters * times
    return text


def width_of_names(summary: Summary) -> int:
    """Names fit on a line up to a width, then they are wrapped."""
    longest = max(map(len, _names(summary)), default=0)
    return min(max(longest + 3, NARROWEST), WIDEST)


def _names(summary: Summary) -> Iterator[str]:
    for group in summary.groups:
        if group.area:
            yield group.area.name
        yield from (place.name for place in group.places)

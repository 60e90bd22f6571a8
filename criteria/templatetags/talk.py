"""How many files and comments a line has, in templates."""

from django import template

from criteria.sheets import Line
from criteria.talk import Counts

register = template.Library()


@register.filter
def of_line(counts: dict[tuple, Counts], line: Line) -> Counts:
    """The counts of one line, out of those that `criteria.talk.counts` gives."""
    return counts.get(line.key, Counts())

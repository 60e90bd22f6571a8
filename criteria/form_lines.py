"""The lines of an assessment as its form shows them."""

from dataclasses import dataclass, field

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from criteria.answers import Answer
from criteria.entry import Entry, Row
from criteria.measures import threshold_text, value_text
from criteria.models import Criterion, Score, Verdict
from criteria.sheets import Line
from criteria.wording import expected, last_line, needed, typed, why_warned

# The verdicts that stay with the officer where a number decides.
BESIDE_A_NUMBER = (Verdict.BASICALLY, Verdict.NOT_APPLICABLE)


class Choices:
    """The verdicts to choose from as value and word, in the reader's language."""

    def __init__(self):
        self.by_hand = [(verdict.value, str(verdict.label).lower()) for verdict in Verdict]
        self.beside_a_number = [
            (verdict.value, str(verdict.label).lower()) for verdict in BESIDE_A_NUMBER
        ]


@dataclass(frozen=True)
class FormLine:
    """One line: what is stored, or what was typed and not taken, and what is to be said of it.

    `answer` is there only where what was typed is not what is stored; `theirs` is the score of
    somebody else that it met.
    """

    row: Row
    answer: Answer | None = None
    theirs: Score | None = None
    last: str = ""
    source: int | None = None
    choices: Choices = field(default_factory=Choices)

    @property
    def line(self) -> Line:
        return self.row.line

    @property
    def text(self) -> str:
        return self.answer.text if self.answer else typed(self.row.value)

    @property
    def note(self) -> str:
        return self.answer.note if self.answer else self.row.note

    @property
    def version(self) -> int:
        """The version that the next save is made from: after a conflict, that of the other's."""
        if self.theirs:
            return self.theirs.version
        return self.answer.version if self.answer else self.row.version

    @property
    def chosen(self) -> str:
        """The verdict chosen by hand; nothing where the number decided."""
        if self.answer:
            return self.answer.entered
        if self.line.number_decides and self.row.verdict not in BESIDE_A_NUMBER:
            return ""
        return self.row.verdict or ""

    @property
    def verdicts(self) -> list[tuple[str, str]]:
        """What may be chosen by hand, with its word."""
        choices = self.choices
        return choices.beside_a_number if self.line.number_decides else choices.by_hand

    @property
    def about(self) -> SafeString:
        return self._shared("criteria/_line_about.html", self.source)

    @property
    def label(self) -> SafeString:
        return self._shared("criteria/_line_label.html")

    @property
    def choice(self) -> SafeString:
        return self._shared("criteria/_line_choice.html", self.chosen)

    def _shared(self, template: str, *by) -> SafeString:
        """A part that all communes with this line see alike but for what it differs `by`.

        It is made once in a language and kept with the line, which the layout remembers.
        """
        kept, key = self.line.parts, (template, get_language(), *by)
        if key not in kept:
            kept[key] = render_to_string(template, {"form_line": self})
        return kept[key]

    @property
    def answer_verdict(self) -> str:
        """The verdict chosen in an answer, in words."""
        chosen = self.answer and self.answer.entered
        return Verdict(chosen).label.lower() if chosen in Verdict.values else ""

    @property
    def their_text(self) -> str:
        return typed(self.theirs.value)

    @property
    def shown(self) -> str:
        """The stored value with its unit."""
        return value_text(self.row.value, self.line.indicator) if self.line.is_measured else ""

    @property
    def threshold(self) -> str:
        return threshold_text(self.line.threshold, self.line.indicator)

    @property
    def is_unverified(self) -> bool:
        return bool(self.line.threshold and not self.line.threshold.is_verified)

    @property
    def expected(self) -> str:
        return expected(self.line)

    @property
    def warnings(self) -> list[str]:
        row = self.row
        return [why_warned(warn, row.line, row.score, row.last) for warn in row.warnings]

    @property
    def needs(self) -> str:
        return needed(self.row.needs)

    @property
    def is_open(self) -> bool:
        """Should the note be in sight?"""
        return bool(self.note or self.row.warnings or self.row.needs == "reason")


@dataclass
class FormLines:
    """All lines by criterion, and the sources of their thresholds by number of note."""

    blocks: dict[Criterion, list[FormLine]] = field(default_factory=dict)
    sources: dict[str, int] = field(default_factory=dict)


def form_lines(entry: Entry, typed=None, theirs=None) -> FormLines:
    """Lay out the lines; `typed` answers and other people's scores by code, after a refusal."""
    found, choices = FormLines(), Choices()
    for row in entry.rows:
        code, threshold = row.line.code, row.line.threshold
        made = FormLine(
            row,
            (typed or {}).get(code),
            (theirs or {}).get(code),
            last_line(row.last, entry.before, row.line),
            threshold and found.sources.setdefault(threshold.source, len(found.sources) + 1),
            choices,
        )
        found.blocks.setdefault(row.line.criterion, []).append(made)
    return found

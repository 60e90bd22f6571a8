"""An assessment as its reviewer reads it: what changed since the last approval, what is odd."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property

from criteria.baselines import Baseline, Compared, compare, read_baselines
from criteria.entry import Entry, read_entries
from criteria.flags import Raised, read_flags
from criteria.models import Assessment, Criterion
from criteria.rules import Tally, tally
from criteria.sheets import criterion_verdicts


@dataclass(frozen=True)
class Review:
    """`baseline` is what the assessment is compared with; None for the first under its set."""

    entry: Entry
    baseline: Baseline | None
    flags: list[Raised]

    @property
    def assessment(self) -> Assessment:
        return self.entry.assessment

    @cached_property
    def lines(self) -> list[Compared]:
        return compare(self.entry.rows, self.baseline)

    @cached_property
    def changed(self) -> list[Compared]:
        return [line for line in self.lines if line.is_changed]

    @cached_property
    def warned(self) -> list[Compared]:
        return [line for line in self.lines if line.row.warnings]

    @property
    def first(self) -> list[Compared]:
        """What is read first: lines with warnings, then other verdicts, then other changes."""
        lines = [line for line in self.lines if line.is_changed or line.row.warnings]
        return sorted(lines, key=lambda line: (not line.row.warnings, not line.is_other_verdict))

    @property
    def rest(self) -> dict[Criterion, list[Compared]]:
        """The other lines, by criterion."""
        found = defaultdict(list)
        for line in self.lines:
            if not line.is_changed and not line.row.warnings:
                found[line.row.line.criterion].append(line)
        return dict(found)

    @property
    def tally(self) -> Tally:
        return self.entry.summary.tally

    @cached_property
    def tally_before(self) -> Tally | None:
        if self.baseline is None:
            return None
        found = {key: past.verdict for key, past in self.baseline.lines.items()}
        lines = [row.line for row in self.entry.rows]
        return tally(criterion_verdicts(lines, found).values())


def read_reviews(assessments: Collection[Assessment], user) -> list[Review]:
    """Reviews for `user` of assessments read `with_names`, in their order.

    The queries do not grow with them: those of `read_entries` and four to six more.
    """
    entries = read_entries(assessments)
    baselines = read_baselines(entries)
    flags = read_flags(entries, user)
    return [
        Review(entry, baselines.get(entry.assessment.pk), flags[entry.assessment.pk])
        for entry in entries
    ]

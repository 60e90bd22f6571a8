"""Scores as tables of numbers: one assessment, many of them, and those to be reviewed."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from accounts.files import taken_by
from criteria.entry import Entry
from criteria.files import mark_of, said
from criteria.grid.reading import Row
from criteria.measures import threshold_text
from criteria.models import Assessment, Verdict
from criteria.reviewing import Review
from criteria.sheets import Line
from ntm_tracker.web.downloads import Table
from ntm_tracker.web.numbers import day


def lines(entry: Entry, user) -> Table:
    """Every line of an assessment: what stands there, its threshold, what was verified last."""
    assessment, before = entry.assessment, entry.before
    compared = _("Last verified: %(period)s.") % {"period": before.period} if before else ""
    return Table(
        name=f"{assessment.commune.code}-{assessment.period.code}-lines",
        title=str(assessment),
        header=[
            _("No."),
            _("Criterion"),
            _("Criterion or indicator"),
            _("Value"),
            _("Unit"),
            _("Threshold"),
            _("Threshold verified"),
            _("Verdict"),
            _("Carried forward"),
            _("Note"),
            _("Last verified value"),
            _("Last verified verdict"),
            _("Entered by"),
            _("Entered on"),
        ],
        rows=[_line_row(row) for row in entry.rows],
        notes=said(
            f"{assessment.criteria_set.local_name} ({assessment.criteria_set.decision})",
            _("State: %(state)s.") % {"state": assessment.get_state_display()},
            _("%(assessed)s of %(lines)s lines assessed.")
            % {"assessed": entry.summary.assessed, "lines": entry.summary.lines},
            compared,
            taken_by(user),
            mark_of([assessment]),
        ),
    )


def _line_row(row) -> list:
    line, score, last = row.line, row.score, row.last
    threshold = line.threshold
    is_known = threshold is not None and threshold.is_verified
    return [
        line.code,
        str(line.criterion),
        line.target.local_name,
        row.value,
        line.indicator.unit if line.indicator else "",
        threshold_text(threshold, line.indicator) if line.indicator else "",
        _("yes") if is_known else "",
        verdict_word(row.verdict),
        _("yes") if row.is_carried else "",
        row.note,
        last and last.value,
        verdict_word(last.verdict) if last else "",
        str(score.entered_by or "") if score else "",
        day(score.entered_at) if score and score.entered_at else "",
    ]


def verdict_word(verdict: str | None) -> str:
    return Verdict(verdict).label if verdict else _("not assessed")


def grid(rows: Sequence[Row], columns: Sequence[Line], *, title: str, user) -> Table:
    """Communes by lines: the value of each line that has one, and its verdict."""
    header = [_("Code"), _("Commune"), _("District")]
    for line in columns:
        name = f"{line.code} {line.target.local_name}"
        if line.is_measured:
            header.append(f"{name} ({line.indicator.unit})")
        header.append(_("%(line)s: verdict") % {"line": name})
    return Table(
        name="scores",
        title=title,
        header=header,
        rows=[_grid_row(row, columns) for row in rows],
        notes=said(
            _("%(count)s assessments that you may fill in.") % {"count": len(rows)},
            taken_by(user),
            mark_of(row.assessment for row in rows),
        ),
    )


def _grid_row(row: Row, columns: Sequence[Line]) -> list:
    cells = [row.commune.code, row.commune.full_name, str(row.district or "")]
    for line in columns:
        found = row.found(line)
        cells += [found.value] if line.is_measured else []
        cells.append(verdict_word(found.verdict))
    return cells


def queue(reviews: Sequence[Review], *, title: str, user, filters: str) -> Table:
    return Table(
        name="review",
        title=title,
        header=[
            _("Code"),
            _("Commune"),
            _("District"),
            _("Grade"),
            _("State"),
            _("Submitted by"),
            _("Submitted on"),
            _("Criteria met"),
            _("Criteria met before"),
            _("Lines changed"),
            _("Warnings"),
            _("Flags"),
        ],
        rows=[_queue_row(review) for review in reviews],
        notes=said(
            filters,
            taken_by(user),
            mark_of(review.assessment for review in reviews),
        ),
    )


def _queue_row(review: Review) -> list:
    assessment: Assessment = review.assessment
    before = review.entry.before
    return [
        assessment.commune.code,
        assessment.commune.full_name,
        str(assessment.commune.district or ""),
        assessment.criteria_set.get_grade_display(),
        assessment.get_state_display(),
        str(assessment.submitted_by or ""),
        day(assessment.submitted_at) if assessment.submitted_at else "",
        review.tally.met,
        before and before.criteria_met,
        len(review.changed),
        len(review.warned),
        len(review.flags),
    ]

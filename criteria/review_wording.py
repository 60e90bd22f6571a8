"""What reviewers are told about an assessment, in words."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from criteria.baselines import Compared
from criteria.checks import Flag
from criteria.flags import Raised
from criteria.measures import threshold_text, value_text
from criteria.reviewing import Review
from criteria.sheets import Line
from criteria.wording import last_line, why_warned
from ntm_tracker.web.numbers import MISSING, day, moment, number


def review_headline(review: Review) -> str:
    """The one line that answers: what is there to look at?"""
    words = {
        "assessment": review.assessment,
        "changed": _counted_changes(review),
        "warned": _counted_warnings(review),
    }
    if review.warned:
        return _("%(assessment)s: %(changed)s, %(warned)s") % words
    return _("%(assessment)s: %(changed)s, no warning") % words


def _counted_changes(review: Review) -> str:
    count = len(review.changed)
    text = ngettext("%(count)s line changed", "%(count)s lines changed", count)
    return text % {"count": number(count)}


def _counted_warnings(review: Review) -> str:
    count = len(review.warned)
    text = ngettext("%(count)s with a warning", "%(count)s with warnings", count)
    return text % {"count": number(count)}


def compared_with(review: Review) -> str:
    """What the changes are changes from."""
    baseline = review.baseline
    if baseline is None:
        return _(
            "The first assessment of the commune under this set: there is nothing to compare "
            "with, so all that is assessed counts as changed."
        )
    if baseline.is_own:
        return _("Compared with the assessment itself as it was approved at %(at)s.") % {
            "at": moment(baseline.at)
        }
    return _("Compared with the last approved assessment: %(period)s, approved at %(at)s.") % {
        "period": baseline.assessment.period,
        "at": moment(baseline.at),
    }


def time_left(until: datetime) -> str:
    """How long something is still possible, in hours and minutes."""
    minutes = int((until - timezone.now()).total_seconds()) // 60
    words = {"hours": minutes // 60, "minutes": minutes % 60}
    return _("%(hours)d h %(minutes)d min") % words


def why_flagged(raised: Raised, review: Review) -> str:
    """The sentence of a flag: what is odd, and what to look at."""
    assessment = review.assessment
    words = {
        "count": number(raised.count),
        "others": ", ".join(str(other.commune) for other in raised.others),
        "day": day(assessment.period.ends_on),
        "grade": assessment.criteria_set.get_grade_display(),
    }
    if raised.flag == Flag.RECOGNISED_GAP:
        return (_recognised_gap() if raised.is_recognised else _unrecognised_gap()) % words
    sentences = {
        Flag.ALL_AT_YEAR_END: _(
            "Every criterion that was not met is met now, all in the last quarter of the year. "
            "Look at the evidence of each."
        ),
        Flag.AT_THRESHOLD: _(
            "%(count)s values are exactly the threshold, more than half of those with one. Ask "
            "how they were measured."
        ),
        Flag.IDENTICAL: _(
            "The same numbers in every line as: %(others)s. One may have been copied from the "
            "other."
        ),
    }
    return sentences[raised.flag] % words


def _recognised_gap() -> str:
    return _(
        "The commune was recognised as %(grade)s or better on %(day)s, yet not every criterion "
        "is met here. Either the score or the standing needs a closer look."
    )


def _unrecognised_gap() -> str:
    return _(
        "Every criterion is met here, yet the commune was not recognised as %(grade)s on %(day)s."
    )


def line_cells(line: Compared, review: Review, typed: dict) -> dict:
    """One line as text; `typed` are reasons for a return by name of field."""
    row, of = line.row, line.row.line
    field = reason_field(of)
    return {
        "line": of,
        "code": of.code,
        "anchor": of.slug,
        "name": of.target.local_name,
        "is_changed": line.is_changed,
        "before": _value(line.before.value, of),
        "after": _value(row.value, of),
        "verdict_before": line.before.verdict,
        "verdict": row.verdict,
        "is_other_verdict": line.is_other_verdict,
        "threshold": threshold_text(of.threshold, of.indicator) if of.indicator else MISSING,
        "is_unverified": of.threshold is not None and not of.threshold.is_confirmed,
        "is_carried": row.is_carried,
        "note": row.note,
        "note_before": line.before.note if _has_other_note(line, review) else "",
        "warnings": [why_warned(warn, of, row.score, row.last) for warn in row.warnings],
        "last": last_line(row.last, review.entry.before, of),
        "field": field,
        "reason": typed.get(field, ""),
    }


def reason_field(line: Line) -> str:
    """The name of the field for the reason why a line is returned."""
    return f"reason-{line.code}"


def _value(value, line: Line) -> str:
    """A value with its unit; a dash where a number is missing, nothing where none is asked for."""
    if value is None:
        return MISSING if line.is_measured else ""
    return value_text(value, line.indicator)


def _has_other_note(line: Compared, review: Review) -> bool:
    is_own = review.baseline is not None and review.baseline.is_own
    return is_own and line.before.note != line.row.note

"""Events of the log in words."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _

from communes.models import Commune, District
from communes.reasons import reason_of
from criteria.log.sources import LIMIT_FIELDS, PERIOD_FIELDS, Kind, Source
from criteria.measures import measure
from criteria.models import (
    Assessment,
    AssessmentStep,
    Indicator,
    ReportingPeriod,
    Verdict,
    WhoEnters,
)
from ntm_tracker.web.numbers import MISSING, day, moment, number

State = Assessment.State


@dataclass(frozen=True)
class Event:
    """One thing that happened: who did what to what, when, from where and why."""

    at: datetime
    by: object
    kind: Kind
    what: str
    before: str = ""
    after: str = ""
    reason: str = ""
    reasons: list[tuple[str, str]] = field(default_factory=list)
    origin: str = ""
    commune: Commune | None = None
    district: District | None = None
    period: ReportingPeriod | None = None
    assessment: int | None = None
    code: str = ""
    line: str = ""

    @property
    def why(self) -> str:
        """All its reasons as one text."""
        of_lines = [f"{code}: {text}" for code, text in self.reasons]
        return "; ".join(filter(None, [self.reason, *of_lines]))


def event_of(source: Source, row) -> Event:
    """A row of a source as an event; no query if it was read by the source."""
    return WORDS[source.name](
        row, at=getattr(row, source.at), by=getattr(row, source.by), kind=source.kind
    )


def _score(row, **who) -> Event:
    before = _finding(row.before_value, row.before_verdict, row.before_note, row.indicator)
    after = _finding(row.value, row.verdict, row.note, row.indicator)
    if row.is_carried:
        after = _("%(found)s (carried forward)") % {"found": after}
    what = {"+": _("Entered"), "~": _("Changed"), "-": _("Deleted")}[row.history_type]
    return Event(
        **who,
        **_about_line(row),
        what=what,
        before=before if row.history_type == "~" else "",
        after=after,
        reason=reason_of(row),
        origin=row.came_from,
    )


def _finding(value, verdict: str | None, note: str, indicator: Indicator | None) -> str:
    found = "" if value is None else measure(value, indicator)
    judged = str(Verdict(verdict).label).lower() if verdict else ""
    words = ", ".join(filter(None, [found, judged])) or _("not assessed")
    return f"{words} · “{note}”" if note else words


def _step(row: AssessmentStep, **who) -> Event:
    return Event(
        **who,
        **_about_assessment(row.assessment),
        what=row.get_action_display(),
        before=State(row.before).label,
        after=State(row.after).label,
        reason=row.reason,
        reasons=[(_code(reason), reason.text) for reason in row.reasons.all()],
        origin=row.came_from,
    )


def _file_added(row, **who) -> Event:
    return Event(**who, **_about_line(row), what=_("File added"), after=row.filename)


def _file_removed(row, **who) -> Event:
    return Event(**who, **_about_line(row), what=_("File taken away"), before=row.filename)


def _exception(row, **who) -> Event:
    is_over = row.withdrawn_at is not None
    return Event(
        **who,
        what=_("Exception withdrawn") if is_over else _("Exception granted"),
        after=_("may write until %(until)s") % {"until": moment(row.until)},
        reason=reason_of(row) if is_over else row.reason,
        commune=row.commune,
        district=row.district or row.commune.district,
        period=row.period,
    )


PERIOD_WORDS = {
    "status": lambda value: ReportingPeriod.Status(value).label,
    "due_on": lambda value: _("due on %(day)s") % {"day": day(value)},
    "who_enters": lambda value: _("enters: %(who)s") % {"who": WhoEnters(value).label},
    "district_verifies": lambda value: (
        _("the district verifies") if value else _("the district does not verify")
    ),
}


def _period(row, **who) -> Event:
    is_new = row.history_type == "+"
    return Event(
        **who,
        **_before_and_after(row, PERIOD_FIELDS, PERIOD_WORDS, is_new),
        what=_("Period added") if is_new else _("Period changed"),
        reason=reason_of(row),
        period=ReportingPeriod(year=row.year, quarter=row.quarter),
    )


LIMIT_WORDS = {
    "points": lambda value: _("%(points)s points") % {"points": number(value, 1)},
    "percent": lambda value: _("%(percent)s per cent") % {"percent": number(value, 1)},
}


def _limits(row, **who) -> Event:
    return Event(
        **who,
        **_before_and_after(row, LIMIT_FIELDS, LIMIT_WORDS, row.history_type == "+"),
        what=_("Limits for entered values changed"),
        reason=reason_of(row),
    )


def _before_and_after(row, fields: list[str], words: dict[str, Callable], is_new: bool) -> dict:
    """What stood in the fields that changed, and what stands there now."""
    pairs = {name: (getattr(row, f"before_{name}"), getattr(row, name)) for name in fields}
    changed = {name: pair for name, pair in pairs.items() if is_new or pair[0] != pair[1]}
    before = "" if is_new else ", ".join(str(words[n](old)) for n, (old, _new) in changed.items())
    after = ", ".join(str(words[name](new)) for name, (_old, new) in changed.items())
    return {"before": before, "after": after or MISSING}


def _about_assessment(assessment: Assessment) -> dict:
    return {
        "commune": assessment.commune,
        "district": assessment.commune.district,
        "period": assessment.period,
        "assessment": assessment.pk,
    }


def _about_line(row) -> dict:
    target = row.indicator or row.criterion
    return _about_assessment(row.assessment) | {"code": _code(row), "line": target.local_name}


def _code(row) -> str:
    return row.indicator.code if row.indicator else str(row.criterion.number)


WORDS = {
    "score": _score,
    "step": _step,
    "file_added": _file_added,
    "file_removed": _file_removed,
    "exception": _exception,
    "period": _period,
    "limits": _limits,
}

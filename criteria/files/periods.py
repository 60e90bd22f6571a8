"""Reporting periods, the exceptions to closed ones, and duties as tables."""

from collections.abc import Iterable

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.files import taken_by
from criteria.duties import Duties
from criteria.files import mark_of, said
from criteria.models import PeriodException, ReportingPeriod
from ntm_tracker.web.downloads import Table
from ntm_tracker.web.numbers import moment


def periods(rows: Iterable[ReportingPeriod], *, title: str, user) -> Table:
    """Periods as `duties.counted` gives them."""
    return Table(
        name="periods",
        title=title,
        header=[
            _("Province"),
            _("Reporting period"),
            _("State"),
            _("From"),
            _("To"),
            _("Due"),
            _("In entry"),
            _("Returned"),
            _("Submitted"),
            _("Verified by the district"),
            _("Approved"),
            _("Of all"),
            _("Enters"),
            _("The district verifies"),
        ],
        rows=[
            [
                row.province.name,
                str(row),
                row.get_status_display(),
                row.starts_on,
                row.ends_on,
                row.due_on,
                row.in_entry,
                row.returned,
                row.submitted,
                row.checked,
                row.approved,
                row.total,
                row.get_who_enters_display(),
                _("yes") if row.district_verifies else _("no"),
            ]
            for row in rows
        ],
        notes=[_("Numbers are assessments in each state."), taken_by(user)],
    )


def exceptions(period: ReportingPeriod, rows: Iterable[PeriodException], user) -> Table:
    return Table(
        name=f"{period.code}-exceptions",
        title=_("Exceptions of %(period)s") % {"period": period},
        header=[
            _("For"),
            _("District"),
            _("Until"),
            _("Reason"),
            _("Granted by"),
            _("Granted at"),
            _("Withdrawn at"),
        ],
        rows=[
            [
                str(row.unit),
                str(row.commune.district or "") if row.commune else "",
                moment(row.until),
                row.reason,
                str(row.granted_by),
                moment(row.granted_at),
                moment(row.withdrawn_at) if row.withdrawn_at else "",
            ]
            for row in rows
        ],
        notes=[taken_by(user)],
    )


def duties(found: Duties, user) -> Table:
    """What is to be mended, to be entered, and what others have now."""
    groups = [
        (_("To be mended"), found.to_mend),
        (_("To be entered"), found.to_enter),
        (_("Handed in, or with others"), found.elsewhere),
    ]
    rows = [(group, duty) for group, of in groups for duty in of]
    return Table(
        name=f"work-{timezone.localdate():%Y-%m-%d}",
        title=_("My work"),
        header=[
            _("What is to be done"),
            _("Code"),
            _("Commune"),
            _("Reporting period"),
            _("Grade"),
            _("State"),
            _("Lines assessed"),
            _("Lines"),
            _("Due"),
        ],
        rows=[_duty_row(group, duty) for group, duty in rows],
        notes=said(taken_by(user), mark_of(duty.assessment for _group, duty in rows)),
    )


def _duty_row(group: str, duty) -> list:
    assessment = duty.assessment
    return [
        group,
        assessment.commune.code,
        assessment.commune.full_name,
        str(assessment.period),
        assessment.criteria_set.get_grade_display(),
        assessment.get_state_display(),
        assessment.assessed,
        duty.lines,
        assessment.period.due_on,
    ]

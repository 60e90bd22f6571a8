"""Periods opened and closed, exceptions, and the assessments that a period begins with.

Every step wants a period that is locked in the transaction.
"""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.refusals import Refused
from communes.models import Commune, Province
from criteria.models import (
    Assessment,
    CriteriaSet,
    Grade,
    Notice,
    PeriodException,
    ReportingPeriod,
    WhoEnters,
)
from criteria.notices import tell
from criteria.people import who_enters_any
from criteria.scoring import refuse_unless_writable
from ntm_tracker.web.numbers import day

Status = ReportingPeriod.Status
# On this day districts were abolished: who enters and who verifies changed.
DISTRICTS_END = date(2025, 7, 1)
DAYS_TO_DUE = 5


def days_of(year: int, quarter: int) -> tuple[date, date]:
    """The first and the last day of a quarter."""
    first = date(year, 3 * quarter - 2, 1)
    after = date(year + quarter // 4, 3 * (quarter % 4) + 1, 1)
    return first, after - timedelta(days=1)


def next_period(province: Province) -> ReportingPeriod:
    """The quarter that follows the province's last, unsaved, with the usual due day and steps."""
    last = ReportingPeriod.objects.filter(province=province).order_by("ends_on").last()
    first = last.ends_on + timedelta(days=1) if last else timezone.localdate()
    year, quarter = first.year, (first.month + 2) // 3
    starts_on, ends_on = days_of(year, quarter)
    has_districts = starts_on < DISTRICTS_END
    return ReportingPeriod(
        province=province,
        year=year,
        quarter=quarter,
        starts_on=starts_on,
        ends_on=ends_on,
        due_on=ends_on + timedelta(days=DAYS_TO_DUE),
        who_enters=WhoEnters.EITHER if has_districts else WhoEnters.COMMUNE,
        district_verifies=has_districts,
    )


def list_day(period: ReportingPeriod) -> date:
    """The day whose communes report: the period's last one, today while that is to come.

    What a coming merger will leave over is not known for sure before its day.
    """
    return min(period.ends_on, timezone.localdate())


def communes_of(period: ReportingPeriod):
    """The communes that report in a period."""
    of_province = Commune.objects.filter(province=period.province_id)
    return of_province.in_programme().in_force(list_day(period))


def why_not_reporting(commune: Commune, period: ReportingPeriod) -> str:
    """The sentence for a commune that is not among `communes_of` the period."""
    words = {"commune": commune, "period": period}
    return _("%(commune)s does not report in %(period)s.") % words


def set_of(period: ReportingPeriod, grade: Grade) -> CriteriaSet:
    """The set a period is assessed by: the newest in force on its last day, as on dashboards."""
    found = (
        CriteriaSet.objects.in_force(period.ends_on, period.province)
        .filter(level=CriteriaSet.Level.COMMUNE, grade=grade, is_scored=True)
        .order_by("valid_from")
        .last()
    )
    if found is None:
        raise Refused(
            _("No criteria of the grade “%(grade)s” are in force on %(day)s.")
            % {"grade": Grade(grade).label, "day": day(period.ends_on)}
        )
    return found


def without_assessment(period: ReportingPeriod):
    """The communes that report in the period and have no assessment of the standard yet."""
    there = Assessment.objects.filter(period=period, criteria_set__grade=Grade.STANDARD)
    return communes_of(period).exclude(pk__in=there.values("commune"))


@transaction.atomic
def make_assessments(period: ReportingPeriod) -> int:
    """Make the drafts that are missing; how many. Three queries for any number of communes."""
    criteria_set = set_of(period, Grade.STANDARD)
    made = Assessment.objects.bulk_create(
        [
            Assessment(commune=commune, criteria_set=criteria_set, period=period)
            for commune in without_assessment(period)
        ],
        ignore_conflicts=True,
    )
    return len(made)


@transaction.atomic
def start(commune: Commune, period: ReportingPeriod, grade: Grade) -> Assessment:
    """The commune's assessment of a grade in a period, made if it is not there yet."""
    criteria_set = set_of(period, grade)
    key = {"commune": commune, "period": period, "criteria_set": criteria_set}
    if there := Assessment.objects.filter(**key).first():
        return there
    refuse_unless_writable([Assessment(**key)])
    if not communes_of(period).filter(pk=commune.pk).exists():
        raise Refused(why_not_reporting(commune, period))
    return Assessment.objects.get_or_create(**key)[0]


@transaction.atomic
def open_period(period: ReportingPeriod, *, by) -> int:
    """Open a planned period with a draft for every commune; how many were made."""
    _move(period, Status.PLANNED, Status.OPEN, by)
    return make_assessments(period)


@transaction.atomic
def complete_period(period: ReportingPeriod, *, by) -> int:
    """Make the drafts that an open period lacks, as for communes made by a merger; how many."""
    _refuse_unless(period, Status.OPEN)
    made = make_assessments(period)
    if made:
        reason = _("Begun for communes that had none: %(count)d") % {"count": made}
        save_recorded(period, by=by, reason=reason)
    return made


@transaction.atomic
def close_period(period: ReportingPeriod, *, by, reason=""):
    """From now on the period takes no scores but under an exception."""
    _move(period, Status.OPEN, Status.CLOSED, by, reason)


@transaction.atomic
def reopen_period(period: ReportingPeriod, *, by, reason: str):
    """Let everybody write in a closed period again."""
    if not reason.strip():
        raise Refused(_("Give the reason; it is kept in the history."))
    _move(period, Status.CLOSED, Status.OPEN, by, reason)


@transaction.atomic
def change_period(period: ReportingPeriod, *, by):
    """Save a new due day or new steps of a period that is not closed."""
    _refuse_unless(period, Status.PLANNED, Status.OPEN)
    save_recorded(period, by=by)


@transaction.atomic
def grant(exception: PeriodException, *, by):
    """Let one unit write in a closed period until a moment, and tell those who enter for it."""
    period = exception.period
    _refuse_unless(period, Status.CLOSED)
    exception.granted_by = by
    save_recorded(exception, by=by)
    of_district = Q(district__isnull=False, district=exception.district_id)
    communes = Commune.objects.filter(Q(pk=exception.commune_id) | of_district)
    told = who_enters_any(communes, period)
    tell(told, Notice.Kind.EXCEPTED, f"exception:{exception.pk}", period=period)


@transaction.atomic
def withdraw(exception: PeriodException, *, by, reason: str):
    """End an exception (locked) before its time."""
    if not exception.is_in_force:
        raise Refused(_("This exception is over already."))
    exception.withdrawn_at = timezone.now()
    save_recorded(exception, by=by, reason=reason)


def _move(period: ReportingPeriod, before: Status, after: Status, by, reason=""):
    _refuse_unless(period, before)
    period.status = after
    save_recorded(period, by=by, reason=reason)


def _refuse_unless(period: ReportingPeriod, *statuses: Status):
    if period.status not in statuses:
        raise Refused(
            _("%(period)s is “%(state)s”, so this cannot be done.")
            % {"period": period, "state": period.get_status_display().lower()}
        )


def save_recorded(row, *, by, reason=""):
    """Save a row that keeps history, saying who changed it and why."""
    row._history_user = by
    row._change_reason = reason or None
    row.save()

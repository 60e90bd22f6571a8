"""Write the illustration to the database."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from communes.models import Province
from criteria.models import (
    Assessment,
    CriterionResult,
    Recognition,
    ReportingPeriod,
    Score,
)
from criteria.rows import BATCH, insert
from criteria.rules import tally
from targets.illustration import invented
from targets.illustration.baseline import give_baseline
from targets.illustration.findings import NO_VALUE, TENTHS, WORDS
from targets.illustration.levels import ENDS, Levels
from targets.illustration.reading import read_world
from targets.illustration.sheets import Sheet, sheets
from targets.illustration.titles import MODEL, Titles, give_later_titles
from targets.illustration.world import Act, World, dice

FILLED = (Recognition, ReportingPeriod, Assessment, Score, CriterionResult)
SCORE_COLUMNS = ("assessment_id", "indicator_id", "criterion_id", "value", "verdict", "note")
RESULT_COLUMNS = ("assessment_id", "criterion_id", "verdict")
DAYS_TO_SUBMIT, DAYS_TO_APPROVE = 5, 12


class Written(NamedTuple):
    """How many rows were written; `occupied` are assessments that people had already made."""

    recognitions: int
    assessments: int
    scores: int
    occupied: int


def is_there(province: Province) -> bool:
    """Does the province hold any illustrative row?"""
    return (
        Assessment.objects.filter(commune__province=province, is_illustrative=True).exists()
        or Recognition.objects.filter(province=province, is_illustrative=True).exists()
    )


@transaction.atomic
def load(province: Province, say: Callable[[str], object] = lambda text: None) -> Written:
    """Invent and write everything; raises DoesNotFit, and then nothing has been written.

    `say` hears of each quarter done. Leaves assessments that are already there as they are.
    """
    world = read_world(province)
    titles = Titles(world)
    give_baseline(titles)
    give_later_titles(titles)
    levels = Levels(titles)
    acts = titles.invented_acts()
    Recognition.objects.bulk_create([_recognition(province, world, act) for act in acts])
    say(_("%(count)d recognitions") % {"count": len(acts)})
    written = Written(len(acts), 0, 0, 0)
    periods = _periods(province)
    for period, drawer in zip(periods, sheets(levels), strict=True):
        free = _not_occupied(period, drawer)
        scores = _write(period, free)
        occupied = len(drawer) - len(free)
        written = Written(
            written.recognitions,
            written.assessments + len(free),
            written.scores + scores,
            written.occupied + occupied,
        )
        say(
            _("%(period)s: %(assessments)d assessments, %(scores)d scores")
            % {"period": period, "assessments": len(free), "scores": scores}
        )
    refresh_statistics()
    Province.objects.filter(pk=province.pk).raise_data_version()
    return written


def _recognition(province: Province, world: World, act: Act) -> Recognition:
    field = ""
    if act.grade == MODEL:
        fields = invented.MODEL_FIELDS
        field = fields[int(dice(act.unit, "field").integers(len(fields)))]
    return Recognition(
        province=province,
        kind=Recognition.Kind.COMMUNE,
        commune_id=world.units[act.unit].pk,
        grade=act.grade,
        field=field,
        year=act.year,
        decided_on=act.decided_on,
        evidence=invented.EVIDENCE,
        is_illustrative=True,
        source=invented.SOURCE,
    )


def _periods(province: Province) -> list[ReportingPeriod]:
    """The quarters, made where they are missing; they are written without history."""
    there = ReportingPeriod.objects.filter(province=province)
    known = {(period.year, period.quarter) for period in there}
    ReportingPeriod.objects.bulk_create(
        ReportingPeriod(
            province=province,
            year=year,
            quarter=quarter,
            starts_on=date(year, 3 * quarter - 2, 1),
            ends_on=end,
            due_on=end + timedelta(days=DAYS_TO_SUBMIT),
            status=ReportingPeriod.Status.CLOSED,
        )
        for (year, quarter), end in zip(invented.QUARTERS, ENDS, strict=True)
        if (year, quarter) not in known
    )
    by_quarter = {(period.year, period.quarter): period for period in there.all()}
    return [by_quarter[quarter] for quarter in invented.QUARTERS]


def _not_occupied(period: ReportingPeriod, drawer: list[Sheet]) -> list[Sheet]:
    there = set(
        Assessment.objects.filter(period=period).values_list("commune_id", "criteria_set_id")
    )
    return [sheet for sheet in drawer if (sheet.unit.pk, sheet.findings.pk) not in there]


def _write(period: ReportingPeriod, drawer: list[Sheet]) -> int:
    assessments = Assessment.objects.bulk_create(
        [_assessment(period, sheet) for sheet in drawer], batch_size=BATCH
    )
    pairs = list(zip(assessments, drawer, strict=True))
    scores = [row for assessment, sheet in pairs for row in _scores(assessment.pk, sheet)]
    results = [row for assessment, sheet in pairs for row in _results(assessment.pk, sheet)]
    insert(Score, SCORE_COLUMNS, scores)
    insert(CriterionResult, RESULT_COLUMNS, results)
    return len(scores)


def refresh_statistics():
    """Tell PostgreSQL how full the tables are; it would plan for empty ones for a minute."""
    if connection.vendor == "postgresql":
        tables = [connection.ops.quote_name(model._meta.db_table) for model in FILLED]
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {', '.join(tables)}")


def _assessment(period: ReportingPeriod, sheet: Sheet) -> Assessment:
    counts = tally(WORDS[code] for code in sheet.criteria)
    return Assessment(
        commune_id=sheet.unit.pk,
        criteria_set_id=sheet.findings.pk,
        period=period,
        state=Assessment.State.APPROVED,
        submitted_at=_after(period.ends_on, DAYS_TO_SUBMIT),
        decided_at=_after(period.ends_on, DAYS_TO_APPROVE),
        criteria_met=counts.met,
        criteria_basically=counts.basically,
        criteria_applicable=counts.total,
        is_illustrative=True,
        source=invented.SOURCE,
    )


def _after(day: date, days: int) -> datetime:
    return timezone.make_aware(datetime.combine(day + timedelta(days=days), time(9)))


def _scores(assessment_id: int, sheet: Sheet) -> list[tuple]:
    """Rows of SCORE_COLUMNS."""
    if sheet.indicators is None:
        return [
            (assessment_id, None, criterion.pk, None, WORDS[code].value, "")
            for criterion, code in zip(sheet.findings.criteria, sheet.criteria, strict=True)
        ]
    rows = zip(sheet.findings.indicators, sheet.indicators, sheet.values, strict=True)
    return [
        (assessment_id, indicator.pk, None, _in_words(tenths), WORDS[code].value, "")
        for indicator, code, tenths in rows
    ]


def _in_words(tenths: int) -> str | None:
    """A value as the database reads it: 127 tenths are "12.7"."""
    return None if tenths == NO_VALUE else f"{tenths // TENTHS}.{tenths % TENTHS}"


def _results(assessment_id: int, sheet: Sheet) -> list[tuple]:
    """Rows of RESULT_COLUMNS."""
    return [
        (assessment_id, criterion.pk, WORDS[code].value)
        for criterion, code in zip(sheet.findings.criteria, sheet.criteria, strict=True)
    ]

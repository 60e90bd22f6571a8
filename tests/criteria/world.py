"""A small province in which staff enter scores and officers decide."""

from datetime import timedelta
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from accounts.models import Role
from criteria.models import Assessment, PeriodException, ReportingPeriod
from criteria.scoring import Change, save_scores
from criteria.sheets import layout_of
from tests.factories import (
    make_assessment,
    make_commune,
    make_criteria_set,
    make_district,
    make_indicator,
    make_period,
    make_province,
    make_threshold,
    make_user,
)

OPEN = ReportingPeriod.Status.OPEN


class World:
    """Two districts, a commune in each, and a set of three criteria in an open period.

    1.1 is a percentage with a verified threshold of 80, 1.2 a number with an unverified one of
    at most 39, 2.1 is judged; criterion 3 has no indicators.
    """

    def __init__(self, **period):
        self.province = make_province()
        self.district, self.other_district = [
            make_district(province=self.province) for _ in range(2)
        ]
        self.commune = make_commune(district=self.district, name="Hội Hoan")
        self.other_commune = make_commune(district=self.other_district, name="Bắc Ái")
        self.criteria_set = make_criteria_set(criteria=3)
        first, second, _third = self.criteria_set.criteria.order_by("number")
        self.roads = make_indicator(criterion=first, kind="percent", unit="%")
        self.poor = make_indicator(criterion=first, kind="number", unit="hộ", direction="at_most")
        self.plan = make_indicator(criterion=second, kind="verdict")
        make_threshold(indicator=self.roads, value=80, is_verified=True)
        make_threshold(indicator=self.poor, value=39)
        self.period = make_period(
            province=self.province, **({"year": 2025, "quarter": 2, "status": OPEN} | period)
        )
        self.assessment = self.make_assessment(self.commune)
        self.officer = self.make_user(Role.PROVINCIAL_OFFICER, province=self.province)
        self.staff = self.make_user(Role.COMMUNE_STAFF, commune=self.commune)
        self.district_staff = self.make_user(Role.DISTRICT_STAFF, district=self.district)

    def make_user(self, role, **area):
        return make_user(role=role, **area)

    def make_assessment(self, commune, period=None, **fields):
        return make_assessment(
            commune=commune,
            criteria_set=self.criteria_set,
            period=period or self.period,
            **fields,
        )

    def locked(self, assessment=None) -> Assessment:
        """The assessment as steps and `save_scores` want it; inside a transaction only."""
        rows = Assessment.objects.with_names().select_for_update(of=["self"])
        return rows.get(pk=(assessment or self.assessment).pk)

    @transaction.atomic
    def take(self, step, *args, assessment=None, **fields):
        """Take a step of `criteria.steps` with the assessment locked; returns it."""
        locked = self.locked(assessment)
        step(locked, *args, **fields)
        return locked

    def change(self, code, value=None, verdict=None, *, assessment=None, **fields) -> Change:
        """A change of the line with a code."""
        assessment = Assessment.objects.with_names().get(pk=(assessment or self.assessment).pk)
        line = layout_of(assessment).line(assessment.commune, code)
        value = None if value is None else Decimal(str(value))
        return Change(assessment, line, value, verdict, **fields)

    @transaction.atomic
    def save(self, *changes, by=None, **fields):
        """Save changes made by `change`; returns the scores of the assessments."""
        for pk in sorted({change.assessment.pk for change in changes}):
            Assessment.objects.select_for_update().get(pk=pk)
        return save_scores(changes, by=by or self.staff, **fields)

    def fill(self, assessment=None, *, by=None, roads=90, poor=30):
        """Assess every line, so that all criteria are met with the defaults."""
        versions = {
            score.indicator_id or score.criterion_id: score.version
            for score in (assessment or self.assessment).scores.all()
        }
        self.save(
            *(
                self.change(
                    code,
                    value,
                    verdict,
                    assessment=assessment,
                    version=versions.get(pk, 0),
                )
                for code, pk, value, verdict in [
                    ("1.1", self.roads.pk, roads, None),
                    ("1.2", self.poor.pk, poor, "met"),
                    ("2.1", self.plan.pk, None, "met"),
                    ("3", self.criteria_set.criteria.get(number=3).pk, None, "met"),
                ]
            ),
            by=by,
        )

    def make_commune_here(self):
        return make_commune(district=self.district)

    def earlier_period(self):
        """The quarter before, closed."""
        return make_period(
            province=self.province, year=2025, quarter=1, status=ReportingPeriod.Status.CLOSED
        )

    def make_exception(self, *, hours=1, **unit):
        """An exception to the period for a commune or a district, in force for some hours."""
        return PeriodException.objects.create(
            period=self.period,
            until=timezone.now() + timedelta(hours=hours),
            reason="mất điện",
            granted_by=self.officer,
            **unit,
        )

    def give_scores(self, assessment):
        """Scores of an approved assessment, every line met."""
        for line in layout_of(assessment).lines(assessment.commune):
            value = 90 if line.kind == "percent" else 30 if line.is_measured else None
            assessment.scores.create(**line.ids, value=value, verdict="met")

"""Whose turn it is with an assessment, and who may review it at all."""

from datetime import date

import numpy as np
import pytest

from accounts.models import Role
from criteria import steps
from criteria.models import Assessment, Recognition, ReportingPeriod
from targets.progress.recognition import Acts, counting
from tests.criteria.world import World
from tests.factories import make_commune

pytestmark = pytest.mark.django_db
State = Assessment.State


@pytest.fixture
def world():
    return World()


def waits_for(user):
    return set(Assessment.objects.waiting_for(user))


def test_what_is_submitted_waits_for_the_district_first(world):
    world.fill()
    world.take(steps.submit, by=world.staff)
    assert waits_for(world.district_staff) == {world.assessment}
    assert waits_for(world.officer) == set()


def test_what_the_district_verified_waits_for_the_province(world):
    world.fill()
    world.take(steps.submit, by=world.staff)
    world.take(steps.check, by=world.district_staff, version=2)
    assert waits_for(world.officer) == {world.assessment}
    assert waits_for(world.district_staff) == set()


def test_without_the_districts_step_it_waits_for_the_province_at_once(world):
    ReportingPeriod.objects.update(district_verifies=False)
    world.fill()
    world.take(steps.submit, by=world.staff)
    assert waits_for(world.officer) == {world.assessment}
    assert waits_for(world.district_staff) == set()


def test_commune_without_a_district_waits_for_the_province(world):
    commune = make_commune(province=world.province)
    assessment = world.make_assessment(commune, state=State.SUBMITTED)
    assert waits_for(world.officer) == {assessment}
    assert not Assessment.objects.checkable_by(world.officer).filter(pk=assessment.pk).exists()


def test_what_somebody_entered_or_submitted_does_not_wait_for_them(world):
    ReportingPeriod.objects.update(district_verifies=False)
    world.fill()
    world.save(world.change("1.1", 95, version=1), by=world.officer)
    other = world.make_assessment(
        world.other_commune, state=State.SUBMITTED, submitted_by=world.officer
    )
    world.take(steps.submit, by=world.staff)
    assert waits_for(world.officer) == set()
    colleague = world.make_user(Role.PROVINCIAL_OFFICER, province=world.province)
    assert waits_for(colleague) == {world.assessment, other}


def test_nothing_waits_for_those_who_only_enter_or_read(world):
    viewer = world.make_user(Role.VIEWER, province=world.province)
    for state in (State.SUBMITTED, State.CHECKED):
        Assessment.objects.update(state=state)
        assert waits_for(world.staff) == waits_for(viewer) == set()


def test_district_reviews_its_own_communes_only(world):
    other = world.make_assessment(world.other_commune)
    assert set(Assessment.objects.reviewable_by(world.district_staff)) == {world.assessment}
    assert set(Assessment.objects.reviewable_by(world.officer)) == {world.assessment, other}
    assert not Assessment.objects.reviewable_by(world.staff).exists()


@pytest.mark.parametrize("year", [2023, 2024, 2025])
@pytest.mark.parametrize("decided", [None, date(2024, 6, 30), date(2025, 1, 15)])
@pytest.mark.parametrize("revoked", [None, date(2024, 12, 31)])
@pytest.mark.parametrize("day", [date(2024, 6, 29), date(2024, 6, 30), date(2024, 12, 31)])
def test_recognition_counts_as_on_the_dashboards(year, decided, revoked, day):
    act = Recognition(year=year, decided_on=decided, revoked_on=revoked)
    on = [np.array([of], "datetime64[D]") for of in (decided, revoked, day)]
    acts = Acts(np.array([1]), np.array([year]), *on[:2], np.array([False]))
    assert act.counts_on(day) == counting(acts, on[2])[0]

"""An assessment knows when it or one of its scores last changed, whatever wrote it."""

import time
from datetime import timedelta

import pytest
from django.utils import timezone

from criteria import steps
from criteria.models import Assessment, Score
from criteria.rows import insert
from tests.criteria.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    world = World()
    world.other = world.make_assessment(world.other_commune)
    world.fill()
    return world


def moments():
    return dict(Assessment.objects.values_list("commune__name", "changed_at"))


def moved_by(write):
    """The communes whose assessments a write moves on."""
    before = moments()
    time.sleep(0.002)  # SQLite keeps thousandths of a second
    write()
    return {name for name, at in moments().items() if at > before[name]}


@pytest.mark.parametrize(
    "write",
    [
        lambda world: world.save(world.change("1.1", 85, version=1)),
        lambda world: world.take(steps.submit, by=world.staff),
        lambda world: Score.objects.filter(assessment=world.assessment).update(note="x"),
        lambda world: Score.objects.filter(assessment=world.assessment).first().delete(),
        lambda world: Assessment.objects.filter(pk=world.assessment.pk).update(source="x"),
        lambda world: world.assessment.save(),
    ],
    ids=["save scores", "step", "update scores", "delete score", "update", "save"],
)
def test_every_write_moves_the_assessment_and_no_other(world, write):
    assert moved_by(lambda: write(world)) == {"Hội Hoan"}


def test_scores_inserted_in_bulk_move_their_assessment(world):
    rows = [(world.other.pk, world.roads.pk, "")]
    columns = ["assessment_id", "indicator_id", "note"]
    assert moved_by(lambda: insert(Score, columns, rows)) == {"Bắc Ái"}


def test_the_moment_is_now_and_a_filter_finds_it(world):
    world.save(world.change("1.1", 85, version=1))
    at = Assessment.objects.get(pk=world.assessment.pk).changed_at
    assert abs(timezone.now() - at) < timedelta(minutes=1)
    assert Assessment.objects.filter(changed_at__gte=at, pk=world.assessment.pk).exists()

"""The database keeps histories as they were written, whoever asks."""

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.models import Role
from criteria import steps
from criteria.guards import install_guards
from criteria.models import Assessment, AssessmentStep, Score
from tests.criteria.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    world = World()
    world.fill()
    world.take(steps.submit, by=world.staff)
    return world


@pytest.mark.parametrize(
    "tamper",
    [
        lambda: Score.history.update(value=100),
        lambda: Score.history.all().delete(),
        lambda: AssessmentStep.objects.update(reason="khác"),
    ],
    ids=["scores changed", "scores deleted", "steps changed"],
)
def test_history_is_not_changed(world, tamper):
    with transaction.atomic(), pytest.raises(IntegrityError, match="history_stays_as_written"):
        tamper()
    assert Score.history.count() == 4


def test_who_made_history_is_not_deleted(world):
    """Deleting them would blank their name in it; they are barred from signing in instead."""
    passing = world.make_user(Role.COMMUNE_STAFF, commune=world.other_commune)
    other = world.make_assessment(world.other_commune)
    world.save(world.change("1.1", 70, assessment=other), by=passing)
    world.save(world.change("1.1", 75, assessment=other, version=1), by=world.officer)
    with transaction.atomic(), pytest.raises(IntegrityError):
        passing.delete()


def test_steps_go_with_an_assessment_but_the_history_of_scores_stays(world):
    Assessment.objects.all().delete()
    assert not AssessmentStep.objects.exists()
    assert Score.history.filter(history_type="+").count() == 4


def test_guards_can_be_installed_again(world):
    install_guards(using=connection.alias)
    with transaction.atomic(), pytest.raises(IntegrityError):
        Score.history.all().delete()


@pytest.mark.django_db(transaction=True)
class TestFlush:
    """A transactional test with history leaves an empty database to the next one."""

    def test_one_writes_history(self):
        World().fill()

    def test_another_finds_none_and_the_guards_in_place(self):
        assert not Score.history.exists()
        World().fill()
        with pytest.raises(IntegrityError):
            Score.history.all().delete()

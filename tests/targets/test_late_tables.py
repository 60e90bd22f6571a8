"""Tables of a province are read when they are looked into, and once."""

import pytest

from targets.forms import DashboardForm
from targets.snapshot import load
from targets.tables import plan_rows

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("illustrated")]


@pytest.fixture
def snapshot(illustrated):
    return load(illustrated)


def test_a_table_is_read_once_when_it_is_first_looked_into(snapshot, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert len(snapshot.units) == len(snapshot.units.index) == len(snapshot.units["code"])


def test_decisions_on_communes_and_on_places_are_read_together(
    snapshot, django_assert_num_queries
):
    with django_assert_num_queries(1):
        assert set(snapshot.recognitions["kind"]) == {"commune"}
        assert "commune" not in set(snapshot.places["kind"])


def test_targets_are_judged_without_criteria_and_changes_of_boundaries(
    snapshot, django_assert_num_queries
):
    # assessments, periods, sets; units, recognitions; targets, baselines, published figures
    with django_assert_num_queries(8):
        assert plan_rows(snapshot, DashboardForm({}, snapshot=snapshot).standpoint)

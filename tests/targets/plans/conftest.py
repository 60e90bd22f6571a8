"""The world of these tests, and a browser's client of its officer."""

import pytest

from tests.targets.plans.world import PlanWorld


@pytest.fixture
def world(db):
    return PlanWorld()


@pytest.fixture
def officer(client, world):
    client.force_login(world.officer)
    return client

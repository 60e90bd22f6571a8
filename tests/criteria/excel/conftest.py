"""A province whose officer sends workbooks; a module may give another world."""

import pytest

from tests.criteria.test_grid import signed_in
from tests.criteria.world import World


@pytest.fixture
def world():
    """Two assessments; one of them has findings, notes and one verdict by hand."""
    world = World()
    world.other = world.make_assessment(world.other_commune)
    world.save(world.change("1.1", "85.5"), world.change("1.2", 30, "met", note="theo rà soát"))
    world.save(world.change("2.1", verdict="not_applicable", note="không có"))
    return world


@pytest.fixture
def url(world):
    return f"/provinces/{world.province.code}/excel/"


@pytest.fixture
def officer(world):
    return signed_in(world.officer)

"""The lines of a commune, and how they are remembered."""

import pytest

from communes.models import AreaGroup, CommuneGroup
from criteria import sheets
from tests.criteria.world import World
from tests.factories import make_threshold

pytestmark = pytest.mark.django_db


def test_thresholds_of_the_communes_own_group_bind_it():
    world = World()
    groups = [
        AreaGroup.objects.create(scheme="commune_group", code=code, name=f"Nhóm {code}")
        for code in "12"
    ]
    for limit, group in zip((60, 70), groups, strict=True):
        make_threshold(indicator=world.roads, value=limit, area_group=group)
    world.criteria_set.group_scheme = "commune_group"
    world.criteria_set.save()
    CommuneGroup.objects.create(
        commune=world.commune, group=groups[1], valid_from=world.period.ends_on
    )
    layout = sheets.Layout(world.criteria_set, world.province, world.period.ends_on)
    limits = [layout.line(of, "1.1").limit for of in (world.commune, world.other_commune)]
    assert limits == [70, None]


def test_another_thread_that_empties_the_memory_takes_no_layout_away(monkeypatch):
    class Emptied(dict):
        def __setitem__(self, key, layout):
            """As if another thread emptied it right after the write."""

    monkeypatch.setattr(sheets, "_kept", Emptied())
    assessment = World().locked()
    assert sheets.layout_of(assessment).line(assessment.commune, "1.1")

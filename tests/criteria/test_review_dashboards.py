"""The dashboards follow an approval at once, and say when it was given."""

import html
import re

import pytest
from django.urls import reverse

from criteria import steps
from criteria.models import Assessment
from ntm_tracker.web.numbers import moment
from tests.criteria.world import World
from tests.factories import make_assessment, make_period

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(settings):
    """One criterion was met in the quarter before; three are now, submitted."""
    settings.PUBLIC_DASHBOARD = True
    world = World(district_verifies=False)
    make_assessment(
        commune=world.commune,
        criteria_set=world.criteria_set,
        period=make_period(province=world.province, year=2025, quarter=1),
        met=1,
    )
    world.fill()
    world.take(steps.submit, by=world.staff)
    return world


@pytest.fixture
def seen(client, world):
    """What a visitor reads on the three dashboards that the commune counts in."""
    province = f"/provinces/{world.province.code}/"
    pages = {
        "province": province,
        "district": f"{province}districts/{world.district.code}/",
        "commune": f"{province}communes/{world.commune.code}/",
    }

    def seen(name):
        client.logout()
        response = client.get(pages[name], {"as_of": "2025-06-30"})
        plain = re.sub(r"<[^>]+>", " ", response.content.decode())
        return re.sub(r"\s+", " ", html.unescape(plain))

    return seen


def act(client, world, action):
    client.force_login(world.officer)
    version = Assessment.objects.get(pk=world.assessment.pk).version
    fields = {"version": version, "reason": "thử"}
    address = reverse(f"criteria:{action}", kwargs={"pk": world.assessment.pk})
    assert client.post(address, fields).status_code == 302


def approved_at(world):
    return moment(Assessment.objects.get(pk=world.assessment.pk).decided_at)


def test_figures_move_with_the_approval_and_back(client, world, seen):
    assert "đạt 1/3 tiêu chí" in seen("commune")
    assert "bình quân 1,00 tiêu chí" in seen("district")
    act(client, world, "approve")
    assert "đạt 3/3 tiêu chí" in seen("commune")
    assert "bình quân 3,00 tiêu chí" in seen("district")
    assert "3,00" in seen("province")
    act(client, world, "reopen")
    assert "đạt 1/3 tiêu chí" in seen("commune")
    assert "3,00" not in seen("province")


@pytest.mark.parametrize("page", ["province", "district", "commune"])
def test_page_says_when_its_newest_figures_were_approved(client, world, seen, page):
    assert "phê duyệt lúc 19:00 31/03/2025" in seen(page)
    act(client, world, "approve")
    assert f"phê duyệt lúc {approved_at(world)}" in seen(page)


def test_other_district_keeps_its_own_moment(client, world):
    act(client, world, "approve")
    address = f"/provinces/{world.province.code}/districts/{world.other_district.code}/"
    assert "phê duyệt lúc" not in client.get(address).content.decode()

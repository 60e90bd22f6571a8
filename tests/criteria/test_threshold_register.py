"""The register of thresholds: listed, narrowed, taken along."""

import pytest

from tests.criteria.test_thresholds import address, of_poor, read, text_of, verify
from tests.criteria.world import World
from tests.factories import make_indicator, make_threshold

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World()


def test_lists_all_with_state_and_gaps(client, world):
    verify(client, world, of_poor(world))
    page = text_of(read(client, world, address(world, "thresholds")))
    assert "Đang hiển thị: 3; chưa kiểm chứng: 0." in page
    assert "≤ 39 hộ" in page
    assert "QĐ 1/QĐ, trang 2" in page
    assert "Chưa có mức" in page


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({"state": "verified"}, 1),
        ({"state": "unverified"}, 1),
        ({"state": "missing"}, 1),
        ({"criterion": "1"}, 2),
        ({"q": "1.2"}, 1),
        ({"own": "yes"}, 0),
        ({"on": "2010-01-01"}, 1),
    ],
)
def test_filters(client, world, query, count):
    response = read(client, world, address(world, "thresholds"), **query)
    assert response.context["count"] == count


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_is_taken_along_as_narrowed(client, world, kind):
    url = address(world, "thresholds_file", kind=kind)
    response = read(client, world, url, state="unverified")
    assert response.status_code == 200
    if kind == "csv":
        text = response.content.decode("utf-8-sig")
        assert "≤" not in text
        assert ",39," in text
        assert ",80," not in text


def test_costs_the_same_queries_for_any_number_of_rows(client, world, django_assert_num_queries):
    client.force_login(world.officer)
    for _more in range(2):
        with django_assert_num_queries(14):
            client.get(address(world, "thresholds"))
        for _number in range(4):
            more = make_indicator(criterion=world.roads.criterion, kind="number")
            make_threshold(indicator=more, value=5)


def test_group_that_binds_no_commune_is_not_there(client, world):
    url = address(world, "threshold", indicator=world.poor.pk, group="XYZ")
    assert read(client, world, url).status_code == 404

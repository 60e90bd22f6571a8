"""The dashboards on reference data alone: plan, published figures and what to do next."""

import pytest

from targets.chart_list import CHARTS
from targets.models import Plan
from tests.factories import make_commune, make_plan, make_province
from tests.targets.test_province_page import text_of

pytestmark = [pytest.mark.usefixtures("reference")]


@pytest.fixture
def reader(client, settings):
    settings.PUBLIC_DASHBOARD = True
    return client


def test_published_figure_stands_where_nothing_can_be_computed(reader):
    page = text_of(reader.get("/provinces/20/", {"as_of": "2020-12-31"}))
    assert "Lạng Sơn đạt 65/181 xã, đúng kế hoạch" in page
    assert "minh họa" not in page.split("Chưa có phiếu đã phê duyệt")[0]


def test_incomplete_register_is_not_counted(reader):
    rows = text_of(reader.get("/provinces/20/charts/districts/", {"as_of": "2020-12-31"}))
    assert "Bắc Sơn – 17" in rows


def test_says_what_to_do(reader):
    page = text_of(reader.get("/provinces/20/"))
    assert "Chưa có phiếu đã phê duyệt cho ngày này" in page
    assert "manage.py load_illustration" in page


def test_a_province_without_plan_or_communes_still_has_its_pages(reader):
    code = make_province(name="Tỉnh mới").code
    page = text_of(reader.get(f"/provinces/{code}/"))
    assert "Tỉnh mới chưa có kế hoạch về số xã đạt chuẩn" in page
    for address in ["matrix/", "charts/recognised/", "charts/map-bands.json", "charts/bands.csv"]:
        assert reader.get(f"/provinces/{code}/{address}").status_code == 200


@pytest.mark.parametrize("name", CHARTS)
@pytest.mark.parametrize("has_plan", [True, False])
def test_chart_of_a_province_without_any_figure_is_drawn_empty(reader, name, has_plan):
    province = make_province()
    make_commune(province=province)
    if has_plan:
        make_plan(province=province)
    for ending in ("json", "csv"):
        address = f"/provinces/{province.code}/charts/{name}.{ending}"
        assert reader.get(address).status_code == 200


def test_second_province_shows_nothing_of_the_first(reader):
    code = make_province(name="Tỉnh mới").code
    Plan.objects.filter(province__code="20").first()
    page = text_of(reader.get(f"/provinces/{code}/"))
    assert "Bắc Sơn" not in page
    assert "115" not in page

"""A district's dashboard and the table of communes and criteria."""

import pytest

from tests.factories import make_district
from tests.targets.test_province_page import text_of


@pytest.fixture
def reader(client, illustrated, settings):
    settings.PUBLIC_DASHBOARD = True
    return client


def test_first_line_says_how_far_the_district_is(reader):
    page = text_of(reader.get("/provinces/20/districts/189/", {"as_of": "2024-11-30"}))
    assert "Huyện Đình Lập đạt 9/10 xã" in page


def test_lists_the_communes_in_vietnamese_order(reader):
    page = text_of(reader.get("/provinces/20/districts/189/"))
    names = ["Bắc Lãng", "Bắc Xa", "Bính Xá", "Châu Sơn", "Cường Lợi", "Đình Lập"]
    places = [page.index(f" {name} ", page.index("Thẩm định đến kỳ")) for name in names]
    assert places == sorted(places)


def test_band_narrows_the_list_and_not_the_first_line(reader):
    page = text_of(reader.get("/provinces/20/districts/181/", {"band": "3"}))
    assert "Huyện Bình Gia đạt 4/18 xã" in page
    assert "Thiện Hòa" in page
    assert "Tân Văn chưa" not in page


def test_after_its_end_the_district_says_so(reader):
    page = text_of(reader.get("/provinces/20/districts/189/", {"as_of": "2025-09-30"}))
    assert "Ngày này huyện không có xã nào" in page


def test_district_of_another_province_is_a_404(reader):
    stranger = make_district()
    assert reader.get(f"/provinces/20/districts/{stranger.code}/").status_code == 404


def test_queries_of_a_cold_page_do_not_grow_with_the_district(reader, django_assert_num_queries):
    from targets.snapshot import forget_snapshots

    # nobody is next in line in the first district, so no verdicts are read
    for code, queries in [("178", 12), ("185", 13)]:
        forget_snapshots()
        with django_assert_num_queries(queries):
            reader.get(f"/provinces/20/districts/{code}/")


class TestMatrix:
    url = "/provinces/20/matrix/"

    def test_has_every_commune_and_criterion(self, reader):
        page = reader.get(self.url).content.decode()
        assert page.count('<tr><th scope="row"><a') == 175
        assert page.count('<td class="') >= 175 * 20

    def test_totals_of_columns_agree_with_the_chart(self, reader):
        figure = reader.get("/provinces/20/charts/bottlenecks/", headers={"HX-Request": "true"})
        first = text_of(figure).split("Tỷ lệ đạt")[1].split()
        number, met = first[0], next(word for word in first[1:] if word.isdigit())
        foot = text_of(reader.get(self.url)).split("Số xã đạt")[1].split()
        assert foot[int(number) - 1] == met

    def test_htmx_gets_the_table_alone(self, reader):
        body = reader.get(self.url, headers={"HX-Request": "true"}).content.decode()
        assert "<title>" not in body
        assert "<table" in body

    def test_narrowed_to_a_district(self, reader):
        page = reader.get(self.url, {"district": "178"}).content.decode()
        assert page.count('<tr><th scope="row"><a') == 3

    def test_restated_onto_the_communes_of_july_2025(self, reader):
        query = {"as_of": "2025-06-30", "boundaries": "2025-07-01"}
        page = reader.get(self.url, query).content.decode()
        assert page.count('<tr><th scope="row"><a') == 61

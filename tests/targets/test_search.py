"""Search for communes and districts."""

from datetime import date

import pytest
from django.core.cache import cache

from targets.views.search import MOST_SHOWN
from tests.factories import (
    make_assessment,
    make_commune,
    make_criteria_set,
    make_district,
    make_period,
    make_province,
    make_user,
)
from tests.targets.test_province_page import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(client, settings):
    settings.PUBLIC_DASHBOARD = True
    return client


@pytest.fixture
def district():
    return make_district(province=make_province(code="20", name="Lạng Sơn"), name="Bình Gia")


def find(client, text):
    return text_of(client.get("/search/", {"q": text}))


@pytest.mark.parametrize(
    "typed",
    ["Hòa Bình", "hoa binh", "HOÀ BÌNH", "xã Hòa Bình", "xa  hoa binh", " 06001 ", "hoa b"],
)
def test_finds_a_commune_however_it_is_typed(reader, district, typed):
    make_commune(district=district, name="Hòa Bình", code="06001")
    page = find(reader, typed)
    assert "Xã Hòa Bình Huyện Bình Gia 06001 từ 01/01/2011 hoặc sớm hơn đến nay" in page


@pytest.mark.parametrize("typed", ["huyện Bình Gia", "binh gia"])
def test_finds_a_district(reader, district, typed):
    page = find(reader, typed)
    assert "Huyện, thành phố (1)" in page
    assert "Huyện Bình Gia" in page


def test_kind_before_the_name_leaves_other_kinds_out(reader, district):
    make_commune(district=district, name="Bình Gia", kind="township")
    make_commune(district=district, name="Bình Gia", valid_to=date(2019, 12, 31))
    page = find(reader, "thị trấn bình gia")
    assert "Thị trấn Bình Gia" in page
    assert "Xã Bình Gia" not in page
    assert "Huyện, thành phố (" not in page


def test_name_that_begins_like_a_kind_is_found(reader, district):
    make_commune(district=district, name="Xa Lý")
    assert "Xã Xa Lý" in find(reader, "xa ly")


def test_units_in_force_come_first_and_former_ones_are_marked(reader, district):
    make_commune(district=district, name="Hòa Bình", valid_to=date(2019, 12, 31))
    make_commune(district=district, name="Hòa Bình Thượng")
    page = find(reader, "hòa bình")
    assert page.index("Xã Hòa Bình Thượng") < page.index("Xã Hòa Bình đến 31/12/2019")


def test_whole_names_come_before_words_and_words_before_parts(reader, district):
    for name in ["Bằng Mạc", "Bình An", "An"]:
        make_commune(district=district, name=name)
    page = find(reader, "an")
    assert page.index("Xã An ") < page.index("Xã Bình An") < page.index("Xã Bằng Mạc")


def test_link_opens_a_unit_on_its_last_day_with_data(reader, district):
    former = make_commune(district=district, name="Tân Liên", valid_to=date(2019, 12, 31))
    lasting = make_commune(district=district, name="Tân Lập")
    new = make_commune(province=district.province, name="Tân Mới", valid_from=date(2025, 7, 1))
    make_assessment(
        commune=lasting,
        criteria_set=make_criteria_set(criteria=1),
        period=make_period(province=district.province),
        met=1,
    )
    page = reader.get("/search/", {"q": "tân"}).content.decode()
    for unit, on in [(former, "2019-12-31"), (lasting, "2024-12-31"), (new, "2025-07-01")]:
        assert f"/provinces/20/communes/{unit.code}/?as_of={on}" in page


def test_without_words_asks_for_some(reader, district):
    assert "Nhập tên có dấu hoặc không dấu" in text_of(reader.get("/search/"))


def test_nothing_found_says_what_to_try(reader, district):
    page = find(reader, "xyz")
    assert "Không có xã, huyện nào mang tên hoặc mã “xyz”." in page
    assert "Hãy xem lại chính tả" in page


def test_one_that_is_found_is_still_a_list(reader, district):
    make_commune(district=district, name="Hòa Bình")
    assert reader.get("/search/", {"q": "hòa bình"}).status_code == 200


def test_long_lists_are_cut_and_say_so(reader, district):
    for number in range(MOST_SHOWN + 1):
        make_commune(district=district, name=f"Tân {number}")
    response = reader.get("/search/", {"q": "tan"})
    assert "Hiện 50 trong 51 kết quả đầu." in text_of(response)
    assert response.content.decode().count('<th scope="row">') == MOST_SHOWN


@pytest.mark.parametrize("typed", ["a\x00b", "a" * 101])
def test_what_cannot_be_searched_is_refused_in_words(reader, district, typed):
    response = reader.get("/search/", {"q": typed})
    assert response.status_code == 200
    assert "field-invalid" in response.content.decode()


def test_a_mark_without_a_letter_finds_nothing(reader, district):
    make_commune(district=district, name="Hòa Bình")
    assert "Không có xã, huyện nào" in find(reader, "\u0301")


def test_wildcards_of_the_database_are_letters(reader, district):
    make_commune(district=district, name="Hòa Bình")
    assert "Không có xã, huyện nào" in find(reader, "h%a")


class TestAccess:
    def test_names_the_province_where_the_reader_sees_several(self, reader, district):
        make_commune(district=district, name="Hòa Bình")
        make_commune(province=make_province(name="Cao Bằng"), name="Hòa Bình")
        page = find(reader, "hòa bình")
        assert "Tỉnh Lạng Sơn" in page
        assert "Tỉnh Cao Bằng" in page

    def test_units_of_a_strangers_province_are_not_found(self, client, district):
        make_commune(district=district, name="Hòa Bình")
        client.force_login(make_user(role="viewer", province=make_province(name="Cao Bằng")))
        assert "Không có xã, huyện nào" in find(client, "hòa bình")
        assert "Không có xã, huyện nào" in find(client, "bình gia")

    def test_who_is_not_signed_in_is_asked_to(self, client):
        assert client.get("/search/", {"q": "a"}).status_code == 302

    def test_box_is_hidden_where_nobody_may_read(self, client, settings):
        assert 'role="search"' not in client.get("/accounts/login/").content.decode()
        settings.PUBLIC_DASHBOARD = True
        assert 'role="search"' in client.get("/accounts/login/").content.decode()


def test_costs_the_same_queries_for_any_number_of_units(
    reader, district, django_assert_num_queries
):
    def ask():
        cache.clear()
        # provinces, last days, number and rows of communes and of districts
        with django_assert_num_queries(6):
            reader.get("/search/", {"q": "tân"})

    make_commune(district=district, name="Tân Liên")
    ask()
    for number in range(5):
        make_commune(province=make_province(), name=f"Tân {number}")
        make_district(province=district.province, name=f"Tân {number}")
    ask()

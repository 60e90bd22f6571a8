"""Units and their changes as lists: who finds which, and how they are narrowed."""

from datetime import date

import pytest

from communes.models import Commune, Province
from tests.api.lists import (
    assert_fresh_after,
    column,
    refused_fields,
    rows,
    sign_in,
    three_kinds,
)
from tests.factories import make_change, make_commune, make_district, make_province, make_user
from tests.targets.boundaries.drafts import Merger

pytestmark = pytest.mark.django_db
LAST_OLD, FIRST_NEW = date(2025, 6, 30), date(2025, 7, 1)


@pytest.fixture
def province():
    return make_province(code="20", name="Lạng Sơn")


@pytest.fixture
def district(province):
    return make_district(province=province, code="182", name="Văn Lãng")


@pytest.fixture
def reader(client, province):
    return sign_in(client, province)


@pytest.fixture
def merged(province, district):
    """Two communes of which one takes the code of the new one that they passed into."""
    old = [
        make_commune(code=code, name=name, district=district, valid_to=LAST_OLD)
        for code, name in [("06133", "Hội Hoan"), ("06136", "Bắc La")]
    ]
    new = make_commune(code="06133", name="Hội Hoan", province=province, valid_from=FIRST_NEW)
    parts = [(unit, new, True) for unit in old]
    make_change(province=province, effective_on=FIRST_NEW, parts=parts, resolution="1672/NQ")
    return new


def test_communes_are_those_of_the_readers_provinces(reader, district):
    mine = make_commune(district=district)
    make_commune()
    viewer = make_user(role="viewer", province=district.province)
    seen = Commune.objects.visible_to(viewer).values_list("code", flat=True)
    assert column(reader, "communes", "code") == list(seen) == [mine.code]


@pytest.mark.parametrize("path", ["districts", "boundary-changes", "lineage"])
def test_nothing_of_a_strangers_province_is_listed(client, merged, path):
    sign_in(client, make_province())
    assert rows(client, path) == []


@pytest.mark.parametrize("path", ["provinces/20", "districts/182", "communes/06133"])
def test_a_strangers_unit_is_not_found(client, merged, path):
    sign_in(client, make_province())
    assert client.get(f"/api/v1/{path}").status_code == 404


def test_a_row_has_its_codes_as_text_and_its_days(reader, district):
    make_commune(code="06133", name="Hội Hoan", district=district, population=3306)
    [row] = rows(reader, "communes")
    assert (row["code"], row["district"], row["province"]) == ("06133", "182", "20")
    assert (row["valid_from"], row["valid_to"]) == ("2011-01-01", None)
    assert (row["district_name"], row["population"]) == ("Văn Lãng", 3306)
    assert row["changed_at"].endswith("+07:00")


def test_without_a_day_all_units_there_ever_were_are_listed(reader, merged):
    assert column(reader, "communes", "valid_from", ordering="code") == [
        "2011-01-01",
        "2025-07-01",
        "2011-01-01",
    ]


@pytest.mark.parametrize(("day", "count"), [(LAST_OLD, 2), (FIRST_NEW, 1)])
def test_a_day_leaves_the_units_in_force_on_it(reader, merged, day, count):
    found = column(reader, "communes", "code", as_of=day)
    assert sorted(found) == sorted(Commune.objects.in_force(day).values_list("code", flat=True))
    assert len(found) == count


@pytest.mark.parametrize(
    ("code", "query", "valid_from"),
    [
        ("06133", {}, "2025-07-01"),
        ("06133", {"as_of": LAST_OLD}, "2011-01-01"),
        ("06136", {"as_of": FIRST_NEW}, "2011-01-01"),
    ],
)
def test_a_code_stands_for_its_unit_of_the_day_or_the_last_one(
    reader, merged, code, query, valid_from
):
    found = reader.get(f"/api/v1/communes/{code}", query).json()
    assert (found["code"], found["valid_from"]) == (code, valid_from)


def test_provinces_and_districts_are_found_by_code(reader, district):
    assert reader.get("/api/v1/provinces/20").json()["region"] == "TDMNPB"
    assert reader.get("/api/v1/districts/182").json()["name"] == "Văn Lãng"


def test_a_bad_day_is_refused_on_one_unit_too(reader, merged):
    assert refused_fields(reader, "communes/06133", as_of="1/7/2025") == ["as_of"]


def test_communes_are_narrowed_by_what_they_are(reader, province, district):
    make_commune(code="1", district=district, is_border=True)
    make_commune(code="2", district=district, is_border=False, kind=Commune.Kind.TOWNSHIP)
    make_commune(code="3", district=make_district(province=province), is_border=None)
    for query, codes in [
        ({"district": "182"}, ["1", "2"]),
        ({"kind": "commune"}, ["1", "3"]),
        ({"is_border": "true"}, ["1"]),
        ({"is_border": "false"}, ["2"]),
        ({"province": "21"}, []),
    ]:
        assert column(reader, "communes", "code", ordering="code", **query) == codes, query


@pytest.mark.parametrize("asked", ["hoi hoan", "Hội", "xã Hội Hoan", "06133"])
def test_names_are_found_as_the_search_page_finds_them(reader, district, asked):
    make_commune(code="06133", name="Hội Hoan", district=district)
    make_commune(code="06136", name="Bắc La", district=district)
    assert column(reader, "communes", "code", q=asked) == ["06133"]


def test_names_stand_in_vietnamese_order(reader, province):
    for name in ["Đại", "Dũng", "Ân", "An", "Ăn"]:
        make_commune(name=name, province=province)
    assert column(reader, "communes", "name") == ["An", "Ăn", "Ân", "Dũng", "Đại"]
    assert column(reader, "communes", "name", ordering="-name")[0] == "Đại"


@pytest.mark.parametrize("path", ["provinces", "districts", "communes", "boundary-changes"])
def test_rows_written_since_a_moment_are_found(reader, merged, path):
    moments = sorted(column(reader, path, "changed_at"))
    assert len(rows(reader, path, updated_since=moments[-1])) >= 1
    assert len(rows(reader, path, updated_since=moments[0])) == len(moments)
    assert rows(reader, path, updated_since="2100-01-01T00:00:00Z") == []


def test_lineage_says_which_unit_passed_into_which(reader, merged):
    found = rows(reader, "lineage", ordering="old", fields="old_code,new_code,new_valid_from,kind")
    assert found == [
        {
            "old_code": code,
            "new_code": "06133",
            "new_valid_from": "2025-07-01",
            "kind": "merged_into_new",
        }
        for code in ["06136", "06133"]
    ]


def test_lineage_is_narrowed_by_unit_and_by_day(reader, merged):
    assert column(reader, "lineage", "old_code", commune="06136") == ["06136"]
    assert len(rows(reader, "lineage", commune="06133")) == 2
    assert rows(reader, "lineage", effective_to="2025-06-30") == []
    assert len(rows(reader, "lineage", effective_from="2025-07-01", province="20")) == 2


def test_changes_are_narrowed_by_day(reader, merged):
    assert column(reader, "boundary-changes", "resolution") == ["1672/NQ"]
    assert rows(reader, "boundary-changes", effective_from="2025-07-02") == []


@pytest.mark.parametrize("path", ["provinces", "districts", "communes", "lineage"])
def test_a_list_comes_in_three_kinds(reader, merged, path):
    count = len(rows(reader, path))
    assert count
    assert three_kinds(reader, path) == [count] * 3


@pytest.mark.parametrize("path", ["districts", "communes", "boundary-changes", "lineage"])
def test_a_page_costs_at_most_six_queries(
    reader, province, district, django_assert_max_num_queries, path
):
    old = [make_commune(district=district, valid_to=LAST_OLD) for _ in range(100)]
    new = make_commune(province=province, valid_from=FIRST_NEW)
    make_change(province=province, effective_on=FIRST_NEW, parts=[(u, new, True) for u in old])
    with django_assert_max_num_queries(6):
        assert rows(reader, path)


@pytest.mark.parametrize("path", ["communes", "boundary-changes", "lineage"])
def test_a_list_is_fresh_after_a_change_is_applied_and_taken_back(client, path):
    merger = Merger()
    sign_in(client, merger.province)
    assert_fresh_after(client, path, merger.apply)
    assert_fresh_after(client, path, merger.undo)


def test_the_last_change_of_official_data_is_told(reader, province, district):
    Province.objects.filter(pk=province.pk).raise_data_version()
    for query in ({}, {"format": "csv"}):
        answer = reader.get("/api/v1/districts", query)
        assert answer.headers["Last-Modified"].endswith("GMT")

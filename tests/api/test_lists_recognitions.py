"""Recognitions as a list: the register as programs read it."""

from datetime import date

import pytest

from communes.models import Province
from criteria.models import Recognition
from criteria.recognising import acts
from criteria.recognising.narrowing import RegisterForm
from tests.api.lists import (
    assert_fresh_after,
    column,
    refused_fields,
    rows,
    sign_in,
    three_kinds,
)
from tests.factories import (
    make_commune,
    make_district,
    make_province,
    make_recognition,
    make_user,
)

pytestmark = pytest.mark.django_db
PATH = "recognitions"


@pytest.fixture
def district():
    province = make_province(code="20", register_complete=True)
    return make_district(province=province, code="182", name="Văn Lãng")


@pytest.fixture
def commune(district):
    return make_commune(code="06151", name="Hội Hoan", district=district)


@pytest.fixture
def officer(district):
    return make_user(role="provincial_officer", province=district.province)


@pytest.fixture
def reader(client, district):
    return sign_in(client, district.province)


def remove(row, officer):
    acts.remove(row, by=officer, reason="nhầm")


def test_the_list_holds_the_register_of_the_readers_province(reader, commune):
    mine = make_recognition(commune=commune, year=2022, decision="99/QĐ-UBND")
    make_recognition(commune=make_commune())
    [row] = rows(reader, PATH)
    assert (row["id"], row["commune"], row["commune_name"]) == (mine.pk, "06151", "Hội Hoan")
    assert (row["year"], row["decision"], row["is_illustrative"]) == (2022, "99/QĐ-UBND", False)
    assert row["source"] == "thử nghiệm"


def test_one_is_found_by_its_id_and_a_strangers_is_not(reader, commune):
    mine = make_recognition(commune=commune)
    other = make_recognition(commune=make_commune())
    assert reader.get(f"/api/v1/{PATH}/{mine.pk}").json()["commune"] == "06151"
    assert reader.get(f"/api/v1/{PATH}/{other.pk}").status_code == 404
    assert reader.get(f"/api/v1/{PATH}/{10**30}").status_code == 404


@pytest.mark.parametrize(
    "query",
    [
        {"kind": "district"},
        {"grade": "advanced"},
        {"year": "2023"},
        {"state": "revoked"},
        {"state": "lapsed"},
        {"state": "standing"},
        {"q": "hoi hoan"},
        {"q": "9/QĐ"},
    ],
)
def test_a_filter_finds_what_the_page_of_the_register_finds(reader, district, commune, query):
    gone = make_commune(district=district, name="Bắc La", valid_to=date(2020, 1, 1))
    make_recognition(commune=commune, year=2022, decision="9/QĐ")
    make_recognition(commune=commune, year=2023, grade="advanced")
    make_recognition(commune=gone, year=2018)
    make_recognition(district=district, year=2024)
    make_recognition(
        commune=make_commune(district=district),
        revoked_on=date(2024, 1, 1),
        revocation_reason="thử",
    )
    page = RegisterForm(query, province=district.province).found()
    found = column(reader, PATH, "id", **query)
    assert sorted(found) == sorted(page.values_list("pk", flat=True))
    assert 0 < len(found) < Recognition.objects.count()


def test_a_district_finds_its_own_and_its_communes_recognitions(reader, district, commune):
    make_recognition(commune=commune)
    make_recognition(district=district)
    make_recognition(commune=make_commune(province=district.province))
    assert sorted(column(reader, PATH, "kind", district="182")) == ["commune", "district"]
    assert column(reader, PATH, "commune", commune="06151") == ["06151"]


DAYS = [
    date(2021, 12, 30),
    date(2021, 12, 31),
    date(2022, 1, 1),
    date(2022, 6, 1),
    date(2022, 12, 31),
    date(2023, 1, 15),
    date(2023, 7, 1),
    date(2024, 1, 1),
]


@pytest.mark.parametrize("day", DAYS)
def test_on_a_day_those_are_found_that_count_on_it(reader, district, day):
    cases = [
        {"year": 2021},
        {"year": 2022, "decided_on": date(2022, 6, 1)},
        {"year": 2022, "decided_on": date(2023, 1, 15)},
        {"year": 2022, "revoked_on": date(2023, 7, 1), "revocation_reason": "thử"},
        {"year": 2023},
    ]
    made = [make_recognition(commune=make_commune(district=district), **case) for case in cases]
    gone = make_commune(district=district, valid_to=date(2023, 6, 30))
    made.append(make_recognition(commune=gone, year=2020))
    expected = {
        row.pk
        for row in made
        if row.counts_on(day) and (row.unit.valid_to is None or row.unit.valid_to >= day)
    }
    assert set(column(reader, PATH, "id", as_of=day)) == expected


def test_rows_changed_since_a_moment_are_found(reader, commune, officer):
    first = make_recognition(commune=commune, year=2020)
    second = make_recognition(commune=commune, year=2021)
    moment = second.history.get().history_date
    acts.revoke(first, by=officer, on=date(2024, 1, 1), decision="1/QĐ", reason="không giữ được")
    changed = column(reader, PATH, "id", updated_since=first.history.first().history_date)
    assert changed == [first.pk]
    assert len(rows(reader, PATH, updated_since=moment)) == 2


def test_removed_ones_have_a_list_of_their_own(reader, commune, officer):
    row = make_recognition(commune=commune, year=2022)
    stranger = make_recognition(commune=make_commune())
    pk = row.pk
    remove(row, officer)
    remove(stranger, officer)
    assert rows(reader, PATH) == []
    [told] = rows(reader, f"{PATH}/removed")
    assert (told["id"], told["commune"], told["year"]) == (pk, "06151", 2022)
    assert rows(reader, f"{PATH}/removed", updated_since=told["removed_at"]) == [told]
    assert rows(reader, f"{PATH}/removed", updated_since="2100-01-01T00:00:00Z") == []


def test_illustrative_ones_say_so_and_are_told_apart(reader, commune):
    make_recognition(commune=commune, year=2020)
    made_up = make_recognition(commune=commune, year=2021, is_illustrative=True)
    assert column(reader, PATH, "id", is_illustrative="true") == [made_up.pk]
    assert column(reader, PATH, "is_illustrative") == [False, True]


def test_each_step_of_the_register_makes_the_lists_fresh(reader, commune, officer):
    row = Recognition(
        province=commune.province, commune=commune, kind="commune", year=2022, source="thử"
    )
    revocation = {"on": date(2024, 1, 1), "decision": "1/QĐ", "reason": "thử"}
    for step in [
        lambda: acts.record(commune.province, [row], by=officer),
        lambda: acts.revoke(Recognition.objects.get(), by=officer, **revocation),
        lambda: acts.restore(Recognition.objects.get(), by=officer, reason="thử"),
    ]:
        assert_fresh_after(reader, PATH, step)
    assert_fresh_after(
        reader, f"{PATH}/removed", lambda: remove(Recognition.objects.get(), officer)
    )


def test_the_last_change_is_that_of_the_register(reader, commune, officer):
    acts.set_complete(commune.province, is_complete=False, by=officer, reason="thử")
    moment = Province.objects.get(pk=commune.province_id).data_changed_at
    answer = reader.get(f"/api/v1/{PATH}")
    assert answer.headers["Last-Modified"] == f"{moment:%a, %d %b %Y %H:%M:%S} GMT"


def test_bad_filters_are_named(reader):
    bad = dict.fromkeys(["kind", "year", "updated_since", "as_of"], "x")
    assert set(refused_fields(reader, PATH, **bad)) == set(bad)


@pytest.mark.parametrize("path", [PATH, f"{PATH}/removed"])
def test_a_list_comes_in_three_kinds(reader, commune, officer, path):
    make_recognition(commune=commune, year=2020)
    remove(make_recognition(commune=commune, year=2021), officer)
    assert three_kinds(reader, path) == [1, 1, 1]


def test_a_page_costs_at_most_six_queries(reader, commune, django_assert_max_num_queries):
    for year in range(2011, 2024):
        make_recognition(commune=commune, year=year)
    with django_assert_max_num_queries(6):
        assert len(rows(reader, PATH)) == 13

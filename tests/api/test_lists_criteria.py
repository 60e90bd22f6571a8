"""Criteria sets, their content and periods as lists."""

from datetime import date

import pytest

from criteria.models import CriteriaSet, Threshold
from criteria.opening import save_recorded
from criteria.set_steps import put_in_force
from criteria.threshold_list import rows_of
from criteria.verifying import take_back, verify
from tests.api.lists import (
    assert_fresh_after,
    column,
    refused_fields,
    rows,
    sign_in,
    three_kinds,
)
from tests.factories import (
    make_criteria_set,
    make_indicator,
    make_period,
    make_province,
    make_region,
    make_threshold,
    make_user,
)

pytestmark = pytest.mark.django_db
ALL = ["criteria-sets", "criteria", "indicators", "thresholds"]


@pytest.fixture
def province():
    return make_province(code="20")


@pytest.fixture
def officer(province):
    return make_user(role="provincial_officer", province=province)


@pytest.fixture
def reader(client, province):
    return sign_in(client, province)


@pytest.fixture
def national():
    found = make_criteria_set(code="XA_2022", criteria=2, valid_from=date(2022, 3, 8))
    make_threshold(indicator=make_indicator(criterion=found.criteria.get(number=2)), value=80)
    return found


def own_set(province, *, is_draft=False, **fields):
    fields = {"code": "OWN", "criteria": 1, "valid_from": date(2023, 1, 1)} | fields
    made = make_criteria_set(province=province, is_draft=is_draft, **fields)
    indicator = make_indicator(criterion=made.criteria.get())
    make_threshold(indicator=indicator, value=5, province=province)
    return made


@pytest.mark.parametrize("path", ALL)
def test_a_strangers_own_set_and_its_content_are_not_listed(reader, national, path):
    own_set(make_province())
    name = "code" if path == "criteria-sets" else "set"
    assert set(column(reader, path, name)) == {"XA_2022"}


@pytest.mark.parametrize("path", ALL)
def test_a_draft_is_in_no_list_until_it_is_put_in_force(reader, province, officer, path):
    draft = own_set(province, is_draft=True)
    assert rows(reader, path) == []
    assert_fresh_after(reader, path, lambda: put_in_force(draft, by=officer))
    assert len(rows(reader, path)) == 1


def test_sets_in_force_on_a_day_are_those_that_count_in_the_province(reader, province, national):
    own_set(province, valid_to=date(2023, 12, 31))
    for day in [date(2022, 1, 1), date(2023, 6, 1), date(2024, 1, 1)]:
        expected = CriteriaSet.objects.in_force(day, province).values_list("code", flat=True)
        found = column(reader, "criteria-sets", "code", province="20", as_of=day)
        assert sorted(found) == sorted(expected), day


def test_sets_and_their_content_are_narrowed_by_level_and_grade(reader, national):
    other = make_criteria_set(code="HUYEN", criteria=1, level="district", grade="advanced")
    make_threshold(indicator=make_indicator(criterion=other.criteria.get()), value=1)
    for path in ALL:
        name = "code" if path == "criteria-sets" else "set"
        for query in ({"level": "district"}, {"grade": "advanced"}):
            assert set(column(reader, path, name, **query)) == {"HUYEN"}, (path, query)


@pytest.mark.parametrize("path", ["criteria", "indicators", "thresholds"])
def test_the_content_of_one_set_and_of_sets_in_force_is_found(reader, national, path):
    old = make_criteria_set(code="OLD", criteria=1, valid_to=date(2021, 12, 31))
    make_threshold(indicator=make_indicator(criterion=old.criteria.get()), value=1)
    assert set(column(reader, path, "set", set="OLD")) == {"OLD"}
    assert set(column(reader, path, "set", as_of="2021-12-31")) == {"OLD"}
    assert set(column(reader, path, "set", as_of="2023-01-01")) == {"XA_2022"}


def test_criteria_and_indicators_stand_in_their_order(reader, national):
    first = national.criteria.get(number=1)
    for code in ["1.1", "1.2"]:
        make_indicator(criterion=first, code=code, kind="verdict")
    assert column(reader, "criteria", "number") == [1, 2]
    assert column(reader, "indicators", "code") == ["1.1", "1.2", "2.1"]
    assert column(reader, "indicators", "code", criterion=2) == ["2.1"]
    assert column(reader, "indicators", "direction", kind="verdict") == ["", ""]


def test_thresholds_are_those_that_the_register_shows(reader, province, national):
    indicator = national.criteria.get(number=2).indicators.get()
    make_threshold(indicator=indicator, value=60, area_group=make_region(code="DBSH"))
    make_threshold(indicator=indicator, value=70, province=make_province())
    own = make_threshold(indicator=indicator, value=90, province=province)
    shown = [row.threshold for row in rows_of(national, province)]
    found = rows(reader, "thresholds", set="XA_2022")
    assert own in shown
    assert sorted(row["value"] for row in found) == ["80", "90"]
    assert len(found) == len(shown)


def test_a_threshold_says_whether_the_province_confirmed_it_and_by_what(
    reader, province, officer, national
):
    make_threshold(
        indicator=make_indicator(criterion=national.criteria.get(number=1)), is_verified=True
    )
    row = Threshold.objects.get(value=80)
    verify([row], province=make_province(), by=officer, document="của tỉnh khác")
    assert column(reader, "thresholds", "is_confirmed") == [True, False]
    verify([row], province=province, by=officer, document="318/QĐ-TTg, trang 9")
    found = rows(reader, "thresholds", is_confirmed="true")
    assert [line["is_confirmed"] for line in found] == [True, True]
    assert [line["confirmed_by"] for line in found] == [None, "318/QĐ-TTg, trang 9"]
    assert found[1]["source"] == "thử nghiệm"


def test_thresholds_of_several_provinces_want_one_named(client, province, national):
    make_province(code="21")
    client.force_login(make_user(is_superuser=True))
    assert refused_fields(client, "thresholds") == ["province"]
    assert len(rows(client, "thresholds", province="20")) == 1


def test_thresholds_are_fresh_after_a_confirmation_and_its_end(
    reader, province, officer, national
):
    chosen = Threshold.objects.all()

    def confirm():
        verify(chosen, province=province, by=officer, document="318/QĐ-TTg")

    def end():
        take_back(chosen, province=province, by=officer, reason="nhầm")

    assert_fresh_after(reader, "thresholds", confirm)
    assert_fresh_after(reader, "thresholds", end)


def test_periods_are_those_of_the_readers_provinces(reader, province):
    make_period(province=province, year=2024, quarter=4)
    make_period(province=province, year=2025, quarter=1, status="open")
    make_period(province=make_province(), year=2024)
    assert column(reader, "periods", "quarter") == [4, 1]
    assert column(reader, "periods", "quarter", ordering="-time") == [1, 4]
    assert column(reader, "periods", "quarter", year=2024) == [4]
    assert column(reader, "periods", "ends_on", status="open") == ["2025-03-31"]


def test_periods_are_fresh_after_a_change_that_raises_no_data_version(reader, province, officer):
    period = make_period(province=province)
    version = province.data_version

    def open_it():
        period.status = "open"
        save_recorded(period, by=officer, reason="mở kỳ")

    assert_fresh_after(reader, "periods", open_it)
    province.refresh_from_db()
    assert province.data_version == version
    answer = reader.get("/api/v1/periods")
    assert answer.headers["Last-Modified"]


@pytest.mark.parametrize("path", [*ALL, "periods"])
def test_a_list_comes_in_three_kinds(reader, province, national, path):
    make_period(province=province)
    count = len(rows(reader, path))
    assert count
    assert three_kinds(reader, path) == [count] * 3


@pytest.mark.parametrize("path", [*ALL, "periods"])
def test_a_page_costs_at_most_six_queries(
    reader, province, national, django_assert_max_num_queries, path
):
    for number in range(1, 5):
        make_period(province=province, year=2020 + number)
        own_set(province, code=f"OWN{number}")
    with django_assert_max_num_queries(6):
        assert len(rows(reader, path)) >= 4

"""The register of published figures: entered, changed and removed by officers."""

import csv
from datetime import date
from io import StringIO

import pytest
from django.urls import reverse

from communes.models import Province
from targets.models import PublishedFigure
from targets.publishing.forms import last_day_of
from targets.publishing.metrics import LABELS
from tests.factories import make_district, make_province, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def province():
    return make_province(name="Lạng Sơn")


@pytest.fixture
def officer(client, province):
    officer = make_user(role="provincial_officer", province=province)
    client.force_login(officer)
    return officer


def address(name, province, query=None, **more):
    return reverse(name, kwargs={"province": province.code} | more, query=query)


def typed(**fields):
    return {
        "metric": "communes_standard",
        "kind": "result",
        "as_of": "2024-12-31",
        "precision": "day",
        "value": "103",
        "base": "175",
        "unit": "xã",
        "source": "Báo cáo 12/BC-UBND",
    } | fields


def make_figure(province, **fields):
    fields = {
        "metric": "communes_standard",
        "kind": "result",
        "as_of": date(2024, 12, 31),
        "value": 103,
        "source": "Báo cáo 12/BC-UBND",
    } | fields
    return PublishedFigure.objects.create(province=province, **fields)


def add(client, province, **fields):
    return client.post(address("published_add", province), typed(**fields))


def errors_of(response):
    return response.context["form"].errors


def test_figure_is_entered_with_history_and_changes_the_dashboards(client, officer, province):
    before = province.data_version
    add(client, province)
    figure = PublishedFigure.objects.get()
    assert (figure.value, figure.base, figure.province) == (103, 175, province)
    assert figure.history.get().history_user == officer
    assert Province.objects.get(pk=province.pk).data_version == before + 1


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"value": "103,5"}, "value"),
        ({"value": "-1"}, "value"),
        ({"value": "176"}, "value"),
        ({"metric": "communes_standard_share", "value": "100,5"}, "value"),
        ({"metric": "capital_mobilised", "value": "-5"}, "value"),
        ({"value": ""}, "value"),
        ({"value": "103", "high": "102"}, "high"),
        ({"as_of": "2999-12-31"}, "as_of"),
        ({"as_of": "2999-01-01", "precision": "year"}, "as_of"),
        ({"source": ""}, "source"),
        ({"metric": "x"}, "metric"),
    ],
    ids=str,
)
def test_value_that_cannot_be_is_refused(client, officer, province, fields, wrong):
    assert wrong in errors_of(add(client, province, **fields))
    assert not PublishedFigure.objects.exists()


@pytest.mark.parametrize(
    "fields",
    [
        {"metric": "avg_criteria", "value": "15,21"},
        {"metric": "communes_standard_share", "value": "63,5"},
        {"value": "", "text": "Chi Lăng; Sơn Hà"},
        {"value": "100", "high": "103"},
        {"kind": "target", "as_of": "2999-12-31"},
    ],
    ids=str,
)
def test_value_that_can_be_is_taken(client, officer, province, fields):
    add(client, province, **fields)
    assert PublishedFigure.objects.count() == 1


@pytest.mark.parametrize(
    ("precision", "expected"),
    [
        ("day", date(2024, 2, 10)),
        ("month", date(2024, 2, 29)),
        ("half", date(2024, 6, 30)),
        ("year", date(2024, 12, 31)),
    ],
)
def test_a_span_of_time_stands_for_its_last_day(precision, expected):
    assert last_day_of(date(2024, 2, 10), precision) == expected


def test_same_figure_of_the_same_source_is_refused(client, officer, province):
    add(client, province)
    assert errors_of(add(client, province))
    add(client, province, source="Báo Lạng Sơn")
    assert PublishedFigure.objects.count() == 2


def test_district_of_another_province_is_no_choice(client, officer, province):
    assert errors_of(add(client, province, district=make_district().pk))["district"]


def change(client, figure, version=None, **fields):
    version = figure.history.count() if version is None else version
    where = address("published_change", figure.province, pk=figure.pk)
    return client.post(where, typed(version=version, **fields))


def test_change_wants_a_reason_and_is_told(client, officer, province):
    figure = make_figure(province)
    assert errors_of(change(client, figure, value="104"))["reason"]
    change(client, figure, value="104", reason="đính chính")
    page = client.get(address("published_change", province, pk=figure.pk))
    [newest] = page.context["changes"][:1]
    assert (newest.by, newest.reason) == (officer, "đính chính")
    assert ("giá trị", "103", "104") in newest.parts


def test_change_over_somebody_elses_is_shown_first(client, officer, province):
    figure = make_figure(province)
    change(client, figure, value="104", reason="đính chính")
    response = change(client, figure, version=1, value="105", reason="sửa")
    assert "104" in str(errors_of(response))
    assert PublishedFigure.objects.get().value == 104


def test_removed_with_a_reason_and_kept_in_the_history(client, officer, province):
    figure = make_figure(province)
    where = address("published_remove", province, pk=figure.pk)
    client.post(where, {})
    assert PublishedFigure.objects.exists()
    client.post(where, {"reason": "nhập nhầm"})
    assert not PublishedFigure.objects.exists()
    page = client.get(address("published_history", province)).content.decode()
    assert "nhập nhầm" in page


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({}, 2),
        ({"q": "12/BC"}, 1),
        ({"metric": "avg_criteria"}, 1),
        ({"kind": "target"}, 1),
        ({"year": "2024"}, 1),
        ({"year": "x"}, 0),
    ],
    ids=str,
)
def test_register_is_narrowed(client, officer, province, query, count):
    make_figure(province)
    make_figure(
        province, metric="avg_criteria", kind="target", as_of=date(2025, 12, 31), source="KH"
    )
    page = client.get(address("published_register", province, query)).context["page"]
    assert len(page) == count


def test_file_holds_what_the_page_shows(client, officer, province):
    make_figure(province)
    make_figure(province, metric="avg_criteria", value="12.7")
    where = address("published_file", province, {"metric": "avg_criteria"}, kind="csv")
    lines = list(csv.reader(StringIO(client.get(where).content.decode("utf-8-sig"))))
    assert lines[1][4] == "12.7"
    assert lines[2] == []


def test_costs_the_same_queries_for_any_number_of_rows(
    client, officer, province, django_assert_num_queries
):
    client.get(address("published_register", province))
    for n in range(20):
        make_figure(province, source=f"{n}", district=make_district(province=province))
    # session, user, roles, province, metrics, years, count, rows
    with django_assert_num_queries(8):
        client.get(address("published_register", province))


def test_every_figure_of_the_reference_data_has_a_name(reference):
    for metric in PublishedFigure.objects.values_list("metric", flat=True).distinct():
        assert metric in LABELS


def test_both_pages_lead_to_each_other(client, officer, province):
    there = client.get(address("published", province)).content.decode()
    assert address("published_register", province) in there
    back = client.get(address("published_register", province)).content.decode()
    assert f'href="{address("published", province)}"' in back
    client.force_login(make_user(role="viewer", province=province))
    there = client.get(address("published", province)).content.decode()
    assert address("published_register", province) not in there

"""How figures are answered: quickly, to whom they may be shown, and wrong questions by name."""

from datetime import date

import jsonschema
import pytest
from django.core.cache import caches
from drf_spectacular.generators import SchemaGenerator

from communes.models import Province
from targets.snapshot import forget_snapshots
from tests.factories import make_plan, make_province, make_user

pytestmark = pytest.mark.django_db
URL = "/api/v1/progress"
ADDRESSES = {
    "progress": URL,
    "progress/series": f"{URL}/series?metric=avg_criteria",
    "progress/districts": f"{URL}/districts",
    "communes/{code}/standing": "/api/v1/communes/05986/standing",
    "matrix": "/api/v1/matrix",
    "bottlenecks": "/api/v1/bottlenecks",
    "next-in-line": "/api/v1/next-in-line",
    "map": "/api/v1/map",
}
LISTS = set(ADDRESSES) - {"communes/{code}/standing", "map"}


@pytest.fixture
def province(illustrated):
    return illustrated


@pytest.fixture
def reader(client, province):
    client.force_login(make_user(role="viewer", province=province))
    return client


@pytest.fixture(scope="module")
def schema():
    return SchemaGenerator().get_schema(request=None, public=True)


def faults(answer):
    assert answer.status_code == 400, answer.content
    return {fault["field"] for fault in answer.json()["errors"]}


@pytest.mark.parametrize("path", ADDRESSES)
@pytest.mark.parametrize("as_of", ["2020-12-31", "2025-06-30", "2025-12-31"])
def test_every_answer_fits_the_schema(reader, schema, path, as_of):
    address = ADDRESSES[path]
    found = reader.get(f"{address}{'&' if '?' in address else '?'}as_of={as_of}").json()
    answers = schema["paths"][f"/api/v1/{path}"]["get"]["responses"]
    shape = answers["200"]["content"]["application/json"]["schema"]
    jsonschema.validate(found, shape | {"components": schema["components"]})


@pytest.mark.parametrize("path", ADDRESSES)
def test_every_answer_says_what_it_is_of(reader, province, path):
    found = reader.get(ADDRESSES[path]).json()
    assert (found["province"], found["data_version"]) == ("20", province.data_version)
    assert found["as_of"] == found["boundary_day"] == "2025-06-30"
    assert (found["plan"], found["criteria_set"]) == ("lang-son-2021-2025", "XA_NTM_2021_2025")
    assert found["is_illustrative"] is True


@pytest.mark.parametrize("path", ADDRESSES)
def test_a_repeat_is_answered_without_the_figures(reader, path, django_assert_num_queries):
    etag = reader.get(ADDRESSES[path]).headers["ETag"]
    caches["pages"].clear()
    forget_snapshots()
    with django_assert_num_queries(4):  # session, user, roles, province
        again = reader.get(ADDRESSES[path], headers={"If-None-Match": etag})
    assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", etag)


def test_an_answer_is_made_anew_with_a_new_data_version(reader):
    before = reader.get(URL)
    Province.objects.filter(code="20").raise_data_version()
    after = reader.get(URL, headers={"If-None-Match": before.headers["ETag"]})
    assert after.status_code == 200
    assert after.json()["data_version"] == before.json()["data_version"] + 1


def test_an_answer_says_when_the_data_last_changed(reader, province):
    changed = reader.get(URL).headers["Last-Modified"]
    assert str(province.data_changed_at.year) in changed


def test_languages_have_validators_of_their_own(reader):
    addresses = [f"{URL}?lang={of}" for of in ("vi", "en")]
    assert len({reader.get(address).headers["ETag"] for address in addresses}) == 2


def test_kinds_of_answer_do_not_stand_for_each_other(reader):
    as_json = reader.get(URL)
    as_csv = reader.get(URL, headers={"Accept": "text/csv"})
    assert as_csv.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert as_csv.headers["ETag"] != as_json.headers["ETag"]
    assert reader.get(URL).json() == as_json.json()


@pytest.mark.parametrize("path", sorted(LISTS))
def test_lists_come_as_csv_with_as_many_rows(reader, path):
    address = ADDRESSES[path]
    rows = reader.get(address).json()["results"]
    found = reader.get(f"{address}{'&' if '?' in address else '?'}format=csv")
    assert len(found.content.decode().splitlines()) == 1 + len(rows)


def test_a_warm_answer_costs_who_asks_and_the_province(reader, django_assert_num_queries):
    reader.get(URL)
    with django_assert_num_queries(4):
        reader.get(URL)


def test_a_cold_answer_reads_only_the_tables_it_needs(reader, django_assert_num_queries):
    # who asks and the province (4); plans; assessments, periods, sets, units, recognitions,
    # targets, baselines, published figures; the names of districts that fall short
    with django_assert_num_queries(13):
        reader.get(URL)


def test_figures_are_for_everybody_where_the_dashboards_are_public(client, province, settings):
    settings.PUBLIC_DASHBOARD = True
    answer = client.get(URL)
    assert answer.json()["province"] == "20"
    assert answer.headers["Cache-Control"] == "no-cache, public"


def test_nobody_else_reads_figures(client, province):
    assert client.get(URL).status_code == 401


@pytest.mark.parametrize("path", ADDRESSES)
def test_a_strangers_province_is_refused(client, province, path):
    client.force_login(make_user(role="viewer", province=make_province()))
    address = ADDRESSES[path]
    asked = f"{address}{'&' if '?' in address else '?'}province=20"
    assert client.get(asked).status_code == 404


def test_what_is_remembered_for_one_reader_is_not_shown_to_a_stranger(reader, client):
    reader.get(f"{URL}?province=20")
    client.force_login(make_user(role="viewer", province=make_province()))
    assert client.get(f"{URL}?province=20").status_code == 404


@pytest.mark.parametrize(
    ("address", "fields"),
    [
        (f"{URL}?as_of=2025-13-01", {"as_of"}),
        (f"{URL}?as_of=1900-01-01&plan=x&boundaries=2020-02-02", {"as_of", "plan", "boundaries"}),
        (f"{URL}?district=185", {"district"}),
        (f"{URL}/series", {"metric"}),
        (f"{URL}/series?metric=x&kind=per_district", {"metric", "kind"}),
        (
            f"{URL}/series?metric=gardens&district=185&boundaries=2020-01-01",
            {"boundaries"},
        ),
        ("/api/v1/matrix?border=on&band=5&district=1", {"border", "band", "district"}),
        ("/api/v1/communes/05986/standing?plan=lang-son-2021-2025", {"plan"}),
    ],
)
def test_wrong_questions_are_refused_by_name(reader, address, fields):
    assert faults(reader.get(address)) == fields


def test_a_wrong_question_is_not_remembered_as_an_answer(reader):
    for _again in range(2):
        assert faults(reader.get(f"{URL}?plan=x")) == {"plan"}


def test_a_province_without_plan_and_data_has_answers_too(client):
    client.force_login(make_user(role="viewer", province=make_province()))
    for path in set(ADDRESSES) - {"communes/{code}/standing"}:
        found = client.get(ADDRESSES[path])
        assert found.status_code == 200, path
        assert found.json()["plan"] is None


def test_a_plan_without_targets_has_no_rows(client):
    province = make_province()
    plan = make_plan(province=province)
    client.force_login(make_user(role="viewer", province=province))
    found = client.get(URL).json()
    assert (found["plan"], found["results"]) == (plan.code, [])
    assert date.fromisoformat(found["as_of"])

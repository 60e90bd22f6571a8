"""What every list of the API does alike, tried on the list of provinces."""

import csv
import json

import pytest

from tests.factories import make_province, make_user

pytestmark = pytest.mark.django_db
URL = "/api/v1/provinces"
LANGUAGES = ["vi", "en"]


@pytest.fixture
def province():
    return make_province(code="20", name="Tỉnh Lạng Sơn")


@pytest.fixture
def reader(client, province):
    client.force_login(make_user(role="viewer", province=province))
    return client


def problem(answer, status, kind):
    assert answer.status_code == status, answer.content
    assert answer.headers["Content-Type"] == "application/problem+json"
    body = answer.json()
    assert body["type"] == f"urn:ntm-tracker:problem:{kind}"
    assert body["status"] == status
    return body


def test_a_list_holds_what_the_reader_may_see(reader, province):
    make_province(code="21")
    found = reader.get(URL).json()
    assert found["count"] == 1
    assert found["results"][0]["code"] == "20"
    assert found["results"][0]["name"] == "Tỉnh Lạng Sơn"


def test_nobody_reads_without_signing_in(client, province):
    body = problem(client.get(URL), 401, "not-authenticated")
    assert body["title"] == "Hãy đăng nhập, hoặc gửi kèm mã truy cập"


def test_anybody_reads_where_the_dashboards_are_public(client, province, settings):
    settings.PUBLIC_DASHBOARD = True
    answer = client.get(URL)
    assert answer.json()["count"] == 1
    assert answer.headers["Cache-Control"] == "no-cache, public"


def test_answers_to_one_reader_are_private(reader):
    answer = reader.get(URL)
    assert answer.headers["Cache-Control"] == "no-cache, private"
    assert {"Accept", "Authorization", "Cookie"} <= set(answer.headers["Vary"].split(", "))


def test_a_repeat_is_answered_with_304_until_something_changes(reader, province):
    etag = reader.get(URL).headers["ETag"]
    same = reader.get(URL, headers={"If-None-Match": etag})
    assert (same.status_code, same.content, same.headers["ETag"]) == (304, b"", etag)
    type(province).objects.raise_data_version()
    assert reader.get(URL, headers={"If-None-Match": etag}).status_code == 200


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("nope=1", "nope"),
        ("page=0", "page"),
        ("page_size=501", "page_size"),
        ("ordering=secret", "ordering"),
        ("fields=code,password", "fields"),
        ("lang=fr", "lang"),
    ],
)
def test_what_is_not_on_the_list_of_parameters_is_refused_by_name(reader, query, field):
    body = problem(reader.get(f"{URL}?{query}"), 400, "invalid-input")
    assert [error["field"] for error in body["errors"]] == [field]


def test_errors_come_in_the_asked_language(reader):
    texts = [problem(reader.get(f"{URL}?page=2&lang={of}"), 404, "not-found") for of in LANGUAGES]
    assert [text["detail"] for text in texts] == ["Trang cuối cùng là 1.", "The last page is 1."]


def test_only_the_fields_asked_for_are_sent(reader):
    assert reader.get(f"{URL}?fields=name,code").json()["results"] == [
        {"name": "Tỉnh Lạng Sơn", "code": "20"}
    ]


def test_a_minus_turns_the_order_round(client):
    for code, name in [("20", "An"), ("21", "Bình")]:
        make_province(code=code, name=name)
    client.force_login(make_user(is_superuser=True))
    orders = [client.get(f"{URL}?ordering={order}").json() for order in ("name", "-name")]
    assert [[row["code"] for row in of["results"]] for of in orders] == [
        ["20", "21"],
        ["21", "20"],
    ]


def test_pages_lead_to_each_other(client):
    for name in "ABC":
        make_province(name=name)
    client.force_login(make_user(is_superuser=True))
    first = client.get(f"{URL}?page_size=2").json()
    second = client.get(first["next"]).json()
    assert [row["name"] for row in [*first["results"], *second["results"]]] == ["A", "B", "C"]
    assert client.get(second["previous"]).json()["results"] == first["results"]


def test_lists_are_streamed_as_csv_and_ndjson(reader):
    rows = reader.get(URL).json()["results"]
    as_csv = reader.get(URL, headers={"Accept": "text/csv"})
    assert as_csv.streaming
    lines = list(csv.DictReader(as_csv.getvalue().decode("utf-8-sig").splitlines()))
    assert [line["code"] for line in lines] == ["20"]
    as_lines = reader.get(f"{URL}?format=ndjson").getvalue().decode()
    assert [json.loads(line) for line in as_lines.splitlines()] == rows


def test_a_stream_has_validators_too(reader):
    etag = reader.get(f"{URL}?format=csv").headers["ETag"]
    again = reader.get(f"{URL}?format=csv", headers={"If-None-Match": etag})
    assert again.status_code == 304


def test_a_kind_of_answer_that_is_not_offered_is_refused(reader):
    problem(reader.get(f"{URL}?format=xml"), 406, "not-acceptable")
    problem(reader.get(URL, headers={"Accept": "image/png"}), 406, "not-acceptable")


def test_what_is_no_address_is_told_as_a_problem(client):
    problem(client.get("/api/v1/nothing"), 404, "not-found")


def test_other_methods_are_refused(reader):
    problem(reader.delete(URL), 405, "wrong-method")
    problem(reader.options(URL), 405, "wrong-method")


def test_moments_carry_their_zone(reader):
    found = reader.get(URL).json()["results"][0]["data_changed_at"]
    assert found.endswith("+07:00")


def test_who_lacks_a_required_second_step_is_told_so(client, province, settings):
    settings.REQUIRE_SECOND_FACTOR = True
    client.force_login(make_user(role="provincial_officer", province=province))
    problem(client.get(URL), 403, "not-allowed")


def test_a_list_costs_six_queries(reader, django_assert_num_queries):
    make_province()
    with django_assert_num_queries(6):  # session, user, roles, count, rows, last change
        reader.get(URL)

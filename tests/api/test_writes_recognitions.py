"""Recognitions registered and revoked by programs, under the same checks as the forms."""

import pytest

from accounts.models import User
from criteria.models import Recognition
from tests.api.asking import problem, send, with_token
from tests.factories import make_commune, make_district, make_province, make_recognition, make_user

pytestmark = pytest.mark.django_db
URL = "/api/v1/recognitions"


@pytest.fixture
def district():
    return make_district(name="Văn Lãng", province=make_province(name="Tỉnh Lạng"))


@pytest.fixture
def commune(district):
    return make_commune(name="Hội Hoan", district=district)


@pytest.fixture
def officer(client, district):
    user = make_user(role="provincial_officer", province=district.province)
    client.force_login(user)
    return client


def decision(*communes, **fields):
    return {
        "kind": "commune",
        "decision": "9/QĐ-UBND",
        "decided_on": "2023-12-01",
        "year": 2023,
        "grade": "standard",
        "communes": [commune.code for commune in communes],
    } | fields


def test_one_decision_recognises_several_communes(officer, commune, district):
    other = make_commune(district=district)
    answer = send(officer, "post", URL, decision(commune, other))
    assert answer.status_code == 201, answer.content
    acts = answer.json()["recognitions"]
    assert {act["commune"] for act in acts} == {commune.code, other.code}
    assert Recognition.objects.filter(decision="9/QĐ-UBND", year=2023).count() == 2


def test_districts_and_places_are_registered_too(officer, commune, district):
    of_district = decision(kind="district", districts=[district.code])
    assert send(officer, "post", URL, of_district).status_code == 201
    places = ["Vườn nhà ông An", "Vườn nhà bà Bình"]
    of_places = decision(commune, kind="garden", decision="10/QĐ", places=places)
    assert send(officer, "post", URL, of_places).status_code == 201
    assert Recognition.objects.filter(kind="garden", commune=commune).count() == 2


def test_an_error_refuses_all_of_it(officer, commune):
    make_recognition(commune=commune, year=2023)
    problem(send(officer, "post", URL, decision(commune)), 409, "refused")
    assert Recognition.objects.count() == 1


def test_warnings_want_to_be_read_and_answered(officer, commune):
    sent = decision(commune, grade="advanced")
    body = problem(send(officer, "post", URL, sent), 409, "refused")
    assert body["warnings"]
    assert not Recognition.objects.exists()
    sent["seen"] = body["seen"]
    answer = problem(send(officer, "post", URL, sent), 400, "invalid-input")
    assert [error["field"] for error in answer["errors"]] == ["note"]
    assert send(officer, "post", URL, sent | {"note": "theo QĐ gốc"}).status_code == 201


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"communes": []}, "communes"),
        ({"communes": ["nowhere"]}, "communes"),
        ({"year": 1900}, "year"),
        ({"decided_on": "hôm qua"}, "decided_on"),
        ({"kind": "village"}, "kind"),
        ({"grade": "best"}, "grade"),
        ({"file": "x"}, "file"),
    ],
)
def test_bad_input_is_refused_by_its_field(officer, commune, fields, field):
    answer = send(officer, "post", URL, decision(commune) | fields)
    errors = problem(answer, 400, "invalid-input")["errors"]
    assert [error["field"] for error in errors] == [field]
    assert not Recognition.objects.exists()


def test_a_recognition_is_revoked_once(officer, commune):
    row = make_recognition(commune=commune)
    sent = {"on": "2024-06-30", "decision": "10/QĐ", "reason": "không giữ được"}
    answer = send(officer, "post", f"{URL}/{row.pk}/revoke", sent)
    assert (answer.status_code, answer.json()["revoked_on"]) == (200, "2024-06-30")
    problem(send(officer, "post", f"{URL}/{row.pk}/revoke", sent), 409, "refused")
    future = {"on": "2999-01-01"}
    other = make_recognition(commune=commune, year=2021)
    answer = send(officer, "post", f"{URL}/{other.pk}/revoke", sent | future)
    assert problem(answer, 400, "invalid-input")["errors"][0]["field"] == "on"


def test_history_says_by_which_token(officer, commune):
    with_token(officer, User.objects.get(), "Cổng dữ liệu")
    send(officer, "post", URL, decision(commune))
    row = Recognition.objects.get()
    sent = {"on": "2024-06-30", "decision": "10/QĐ", "reason": "không giữ được"}
    send(officer, "post", f"{URL}/{row.pk}/revoke", sent)
    assert [(h.origin, h.token) for h in row.history.all()] == [("api", "Cổng dữ liệu")] * 2
    page = officer.get(row.get_absolute_url()).content.decode()
    assert page.count("API, mã truy cập “Cổng dữ liệu”") == 2


def test_who_only_reads_may_not_and_a_stranger_finds_nothing(client, commune):
    row = make_recognition(commune=commune)
    address = f"{URL}/{row.pk}/revoke"
    client.force_login(make_user(role="viewer", province=commune.province))
    problem(send(client, "post", URL, decision(commune)), 403, "not-allowed")
    problem(send(client, "post", address, {}), 403, "not-allowed")
    client.force_login(make_user(role="provincial_officer", province=make_province()))
    problem(send(client, "post", address, {}), 404, "not-found")
    problem(send(client, "post", URL, decision(commune)), 400, "invalid-input")

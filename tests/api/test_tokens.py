"""Programs say with a token in whose name they ask."""

import logging
from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from accounts import steps as account_steps
from accounts.models import AccessToken
from accounts.tokens import steps
from tests.api.test_reading import URL, problem
from tests.factories import make_district, make_province, make_token, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def province():
    return make_province(code="20")


@pytest.fixture
def officer(province):
    return make_user(role="provincial_officer", province=province)


def refused(client, headers):
    answer = client.get(URL, headers=headers)
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    return problem(answer, 401, "not-authenticated")["detail"]


def test_a_program_reads_what_its_owner_may_see(client, officer):
    make_province(code="21")
    _token, bearer = make_token(user=officer)
    assert [row["code"] for row in client.get(URL, headers=bearer).json()["results"]] == ["20"]


def test_only_the_hash_of_a_token_is_stored(officer):
    token, text = steps.make(by=officer, name="a", area=None, may_write=False, days=1)
    assert text.startswith("ntm_")
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM accounts_accesstoken")
        assert text not in " ".join(map(str, cursor.fetchone()))
    assert token.token_key == text[:15]


def test_knox_has_no_table_of_its_own(db):
    assert [t for t in connection.introspection.table_names() if "knox" in t] == []


def test_the_name_of_a_token_is_all_it_says_of_itself(officer):
    token, _bearer = make_token(user=officer, name="Cổng dữ liệu")
    assert str(token) == "Cổng dữ liệu"


@pytest.mark.parametrize(
    "text", ["", "ntm_", "x y", "ntm_" + "0" * 64, "ntm_" + "g" * 64, "ntm_" + "0" * 5000, "\xff"]
)
def test_what_is_no_token_is_refused(client, officer, text):
    assert "Không có mã truy cập này" in refused(client, {"Authorization": f"Bearer {text}"})


def test_a_wrong_token_is_refused_although_somebody_is_signed_in(client, officer):
    client.force_login(officer)
    refused(client, {"Authorization": "Bearer ntm_1"})


def test_an_expired_token_says_so_and_stays(client, officer):
    token, bearer = make_token(user=officer, name="đêm", days=-1)
    assert "“đêm” đã hết hạn" in refused(client, bearer)
    assert AccessToken.objects.filter(pk=token.pk).exists()


def test_a_revoked_token_says_so(client, officer):
    token, bearer = make_token(user=officer, name="đêm")
    steps.revoke(token, by=officer)
    assert "“đêm” đã bị thu hồi" in refused(client, bearer)


def test_the_token_of_a_closed_account_is_refused(client, officer):
    _token, bearer = make_token(user=officer)
    type(officer).objects.filter(pk=officer.pk).update(is_active=False)
    assert "đã bị khóa" in refused(client, bearer)


def test_a_token_loses_what_its_owner_loses(client, officer):
    _token, bearer = make_token(user=officer)
    officer.memberships.all().delete()
    assert client.get(URL, headers=bearer).json()["count"] == 0


@pytest.mark.parametrize("step", [account_steps.close, account_steps.reset_password])
def test_closing_an_account_or_resetting_its_password_ends_its_tokens(client, officer, step):
    boss = make_user(role="administrator", province=officer.memberships.get().province)
    token, bearer = make_token(user=officer)
    step(officer, by=boss, reason="thử")
    token.refresh_from_db()
    assert token.revoked_by == boss
    officer.is_active = True
    officer.save()
    assert "đã bị thu hồi" in refused(client, bearer)


def test_removing_the_second_step_leaves_tokens_alone(client, officer):
    boss = make_user(role="administrator", province=officer.memberships.get().province)
    officer.authenticator_set.create(type="totp", data={})
    _token, bearer = make_token(user=officer)
    account_steps.reset_second_factor(officer, by=boss, reason="mất điện thoại")
    assert client.get(URL, headers=bearer).status_code == 200


def test_a_program_is_not_asked_for_the_second_step(client, officer, settings):
    settings.REQUIRE_SECOND_FACTOR = True
    _token, bearer = make_token(user=officer)
    assert client.get(URL, headers=bearer).status_code == 200


def test_a_token_opens_no_page(client, officer):
    _token, bearer = make_token(user=officer)
    answer = client.get(reverse("accounts:me"), headers=bearer)
    assert answer.url.startswith("/accounts/login/")


def test_a_token_that_only_reads_writes_nothing(client, officer):
    _token, bearer = make_token(user=officer, name="đêm")
    body = problem(client.post(URL, headers=bearer), 403, "not-allowed")
    assert "“đêm” chỉ được đọc" in body["detail"]
    _token, bearer = make_token(user=officer, may_write=True)
    problem(client.post(URL, headers=bearer), 405, "wrong-method")


def test_a_read_with_a_token_costs_two_queries_before_its_own(
    client, officer, django_assert_num_queries
):
    district = make_district(province=officer.memberships.get().province)
    _token, bearer = make_token(user=officer, area=district, last_used_at=timezone.now())
    # token with user and area, roles; versions of the data, count, rows
    with django_assert_num_queries(5):
        client.get(URL, headers=bearer)


def test_the_last_use_is_written_every_five_minutes(client, officer):
    token, bearer = make_token(user=officer)
    client.get(URL, headers=bearer)
    token.refresh_from_db()
    first = token.last_used_at
    assert (timezone.now() - first < timedelta(minutes=1), token.last_used_from) == (
        True,
        "127.0.0.1",
    )
    client.get(URL, headers=bearer, REMOTE_ADDR="10.0.0.1")
    token.refresh_from_db()
    assert (token.last_used_at, token.last_used_from) == (first, "127.0.0.1")
    earlier = first - timedelta(minutes=6)
    AccessToken.objects.filter(pk=token.pk).update(last_used_at=earlier)
    client.get(URL, headers=bearer, REMOTE_ADDR="10.0.0.1")
    token.refresh_from_db()
    assert token.last_used_at >= first
    assert token.last_used_from == "10.0.0.1"


def test_no_token_stands_in_the_log(client, officer, caplog):
    _token, bearer = make_token(user=officer)
    with caplog.at_level(logging.DEBUG):
        client.get(URL, headers=bearer)
        refused(client, {"Authorization": bearer["Authorization"] + "0"})
    assert bearer["Authorization"].removeprefix("Bearer ")[:20] not in caplog.text


def test_the_schema_knows_tokens(client):
    import yaml

    schema = yaml.safe_load(client.get("/api/schema").content)
    assert schema["components"]["securitySchemes"]["token"]["scheme"] == "bearer"
    assert {"token": []} in schema["paths"]["/api/v1/provinces"]["get"]["security"]

"""Requests are counted by person and by address, exactly, and without a query."""

import multiprocessing
import re
import time

import pytest
from rest_framework.test import APIRequestFactory

from accounts.api import counts as counting
from accounts.api.counts import Counts
from accounts.api.throttles import network_of
from tests.api.test_reading import URL, problem
from tests.factories import make_province, make_token, make_user

WRONG = {"Authorization": "Bearer ntm_1"}


@pytest.fixture
def limits(settings, tmp_path):
    """`limits(user="2/min")`: no others, counted from nothing."""
    settings.API_COUNTS = tmp_path / "counts"

    def choose(**rates):
        settings.API_RATES = dict.fromkeys(settings.API_RATES, "") | rates

    return choose


@pytest.fixture
def bearer(db):
    _token, headers = make_token(user=make_user(role="viewer", province=make_province()))
    return headers


def throttled(answer):
    assert 1 <= int(answer.headers["Retry-After"]) <= 60
    return problem(answer, 429, "too-many-requests")


def test_a_person_who_asks_too_often_is_told_how_long_to_wait(client, limits, bearer):
    limits(user="2/min")
    assert [client.get(URL, headers=bearer).status_code for _ in range(2)] == [200, 200]
    answer = client.get(f"{URL}?lang=en", headers=bearer)
    seconds = answer.headers["Retry-After"]
    assert re.fullmatch(rf"Too many requests\. Wait {seconds} .*", throttled(answer)["detail"])


def test_persons_are_counted_each(client, limits, bearer):
    limits(user="1/min")
    client.get(URL, headers=bearer)
    client.force_login(make_user())
    assert client.get(URL).status_code == 200
    throttled(client.get(URL))


@pytest.mark.django_db
def test_the_tokens_of_a_person_are_counted_together(client, limits):
    limits(user="1/min")
    user = make_user()
    first, second = (make_token(user=user)[1] for _ in range(2))
    assert client.get(URL, headers=first).status_code == 200
    throttled(client.get(URL, headers=second))


def test_an_address_is_counted_whoever_asks(client, limits, bearer, settings):
    limits(address="1/min")
    settings.PUBLIC_DASHBOARD = True
    assert client.get(URL).status_code == 200
    throttled(client.get(URL, headers=bearer))
    assert client.get(URL, headers=bearer, REMOTE_ADDR="10.0.0.1").status_code == 200


def test_the_address_behind_a_proxy_is_the_callers(client, limits, bearer, settings):
    limits(address="1/min")
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    by = [{"X-Forwarded-For": f"198.51.100.9, 10.0.0.{number}"} for number in (1, 2)]
    assert [client.get(URL, headers=bearer | one).status_code for one in by] == [200, 200]
    throttled(client.get(URL, headers=bearer | by[0]))


def test_addresses_of_one_ipv6_network_are_one():
    ask = APIRequestFactory().get
    of = [
        network_of(ask("/", REMOTE_ADDR=f"2001:db8:0:{n}::{m}"))
        for n, m in [(1, 1), (1, 2), (2, 1)]
    ]
    assert (of[0] == of[1], of[0] == of[2]) == (True, False)


def test_wrong_tokens_are_counted_before_anything_is_looked_up(
    client, limits, bearer, django_assert_num_queries
):
    limits(wrong_token="2/min")
    for _ in range(2):
        problem(client.get(URL, headers=WRONG), 401, "not-authenticated")
    with django_assert_num_queries(0):
        throttled(client.get(URL, headers=bearer))
    assert client.get(URL, headers=bearer, REMOTE_ADDR="10.0.0.1").status_code == 200


@pytest.mark.django_db
def test_tokens_that_were_good_once_are_no_guesses(client, limits):
    limits(wrong_token="1/min")
    _token, expired = make_token(user=make_user(), days=-1)
    for _ in range(3):
        problem(client.get(URL, headers=expired), 401, "not-authenticated")


def test_counting_costs_no_query(client, limits, bearer, django_assert_num_queries):
    limits(user="9/min", address="9/min", wrong_token="9/min")
    client.get(URL, headers=bearer)
    with django_assert_num_queries(5):  # token, roles, versions of the data, count, rows
        client.get(URL, headers=bearer)


def test_a_new_window_begins_at_nothing(tmp_path, monkeypatch):
    table = Counts(tmp_path / "counts")
    now = 1_800_000_000
    monkeypatch.setattr(counting.time, "time", lambda: now + 0.9)
    assert table.add("a", 60) == (1, 60)
    assert table.add("a", 60) == (2, 60)
    monkeypatch.setattr(counting.time, "time", lambda: now + 59)
    assert table.add("a", 60, 0) == (2, 1)
    monkeypatch.setattr(counting.time, "time", lambda: now + 60)
    assert table.add("a", 60) == (1, 60)


def test_in_a_full_table_the_largest_counts_stay(tmp_path, monkeypatch):
    monkeypatch.setattr(counting, "ROWS", counting.TRIES)
    table = Counts(tmp_path / "counts")
    table.add("often", 3600, 1000)
    for number in range(100):
        table.add(f"once {number}", 3600)
    assert table.add("often", 3600)[0] == 1001


class Slow(Counts):
    """Between reading a count and writing it, others have time to come in between."""

    def _find(self, *args):
        found = super()._find(*args)
        time.sleep(0.001)
        return found


def count_often(path):
    table = Slow(path)
    for _ in range(50):
        table.add("together", 3600)


def test_processes_count_together(tmp_path):
    path = tmp_path / "counts"
    fork = multiprocessing.get_context("fork")
    workers = [fork.Process(target=count_often, args=[path]) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert Counts(path).add("together", 3600, 0)[0] == 200

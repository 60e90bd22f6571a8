"""Assessments and scores as lists, narrowed, paged and streamed; one assessment whole."""

import csv
import json
import time

import pytest
from django.utils import timezone

from criteria import steps
from tests.api.asking import problem
from tests.criteria.world import World
from tests.factories import make_user

pytestmark = pytest.mark.django_db
ASSESSMENTS, SCORES = "/api/v1/assessments", "/api/v1/scores"


@pytest.fixture
def world():
    world = World()
    world.other = world.make_assessment(world.other_commune)
    world.fill()
    return world


@pytest.fixture
def officer(client, world):
    client.force_login(world.officer)
    return client


def results(client, url):
    answer = client.get(url)
    assert answer.status_code == 200, answer.content
    return answer.json()["results"]


def communes(client, url):
    return {row["commune"] for row in results(client, url)}


def approve(world, assessment):
    world.take(steps.submit, by=world.staff)
    officer = make_user(role="provincial_officer", province=world.province)
    checked = world.take(steps.check, by=world.district_staff, version=2)
    world.take(steps.approve, by=officer, version=checked.version)


def test_staff_see_their_own_area_and_readers_what_is_approved(client, world):
    viewer = make_user(role="viewer", province=world.province)
    client.force_login(world.staff)
    assert communes(client, ASSESSMENTS) == {world.commune.code}
    client.force_login(viewer)
    assert (communes(client, ASSESSMENTS), results(client, SCORES)) == (set(), [])
    approve(world, world.assessment)
    assert communes(client, ASSESSMENTS) == communes(client, SCORES) == {world.commune.code}
    one = f"{ASSESSMENTS}/{world.assessment.pk}"
    assert client.get(one).json()["state"] == "approved"
    problem(client.get(f"{ASSESSMENTS}/{world.other.pk}"), 404, "not-found")


def test_notes_are_for_the_area_that_wrote_them(client, world):
    world.save(world.change("1.1", 91, note="trục xã", version=1))
    approve(world, world.assessment)
    for user, note in [
        (world.staff, "trục xã"),
        (make_user(role="viewer", province=world.province), None),
    ]:
        client.force_login(user)
        [row] = [row for row in results(client, SCORES) if row["code"] == "1.1"]
        sheet = client.get(f"{ASSESSMENTS}/{world.assessment.pk}").json()
        assert (row["note"], sheet["scores"][0]["note"]) == (note, note)


def test_a_score_says_what_it_is_about(officer, world):
    rows = {row["code"]: row for row in results(officer, SCORES)}
    assert set(rows) == {"1.1", "1.2", "2.1", "3"}
    assert rows["1.1"] | {"id": 0, "entered_at": ""} == {
        "id": 0,
        "assessment": world.assessment.pk,
        "province": world.province.code,
        "district": world.district.code,
        "commune": world.commune.code,
        "period": "2025-Q2",
        "set": world.criteria_set.code,
        "state": "draft",
        "criterion": 1,
        "code": "1.1",
        "value": "90",
        "verdict": "met",
        "note": "",
        "version": 1,
        "is_illustrative": False,
        "entered_at": "",
    }
    assert (rows["3"]["criterion"], rows["2.1"]["value"]) == (3, None)


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("period=2025-Q2", 4),
        ("period=2025-Q1", 0),
        ("period_from=2025-Q1&period_to=2025-Q2", 4),
        ("period_from=2025-Q3", 0),
        ("period_to=2024-Q4", 0),
        ("criterion=1", 2),
        ("criterion=3", 1),
        ("indicator=2.1", 1),
        ("state=draft", 4),
        ("state=approved", 0),
        ("commune=nowhere", 0),
        ("updated_since=2020-01-01T00:00:00Z", 4),
        ("updated_since=2100-01-01T00:00:00Z", 0),
    ],
)
def test_filters_narrow_the_scores(officer, query, count):
    assert len(results(officer, f"{SCORES}?{query}")) == count


def test_filters_by_unit_and_set_narrow_both_lists(officer, world):
    for query in [
        f"commune={world.commune.code}",
        f"district={world.district.code}",
        f"province={world.province.code}&commune={world.commune.code}",
        f"set={world.criteria_set.code}&commune={world.commune.code}",
    ]:
        assert communes(officer, f"{ASSESSMENTS}?{query}") == {world.commune.code}
        assert communes(officer, f"{SCORES}?{query}") == {world.commune.code}
    assert communes(officer, f"{ASSESSMENTS}?province=none") == set()


@pytest.mark.parametrize(
    "query",
    ["period=2025", "period_from=Q1", "state=done", "updated_since=x", "criterion=a", "nope=1"],
)
def test_filters_that_make_no_sense_are_refused(officer, query):
    problem(officer.get(f"{SCORES}?{query}"), 400, "invalid-input")


def test_a_nightly_pull_gets_what_changed_since(officer, world):
    since = timezone.now().isoformat().replace("+", "%2B")
    assert communes(officer, f"{ASSESSMENTS}?updated_since={since}") == set()
    time.sleep(0.002)
    world.save(world.change("1.1", 91, version=1))
    assert communes(officer, f"{ASSESSMENTS}?updated_since={since}") == {world.commune.code}
    assert len(results(officer, f"{SCORES}?updated_since={since}")) == 4


def test_long_lists_are_streamed(officer, world):
    table = officer.get(f"{SCORES}?format=csv")
    assert table.streaming
    lines = list(csv.DictReader(table.getvalue().decode("utf-8-sig").splitlines()))
    assert [line["value"] for line in lines] == ["90", "30", "", ""]
    rows = officer.get(f"{SCORES}?format=ndjson").getvalue().decode().splitlines()
    assert [json.loads(row)["code"] for row in rows] == ["1.1", "1.2", "2.1", "3"]


def test_a_stream_is_new_when_a_score_is(officer, world):
    url = f"{SCORES}?format=csv"
    etag = officer.get(url).headers["ETag"]
    assert officer.get(url, headers={"If-None-Match": etag}).status_code == 304
    time.sleep(0.002)
    world.save(world.change("1.1", 91, version=1))
    assert officer.get(url, headers={"If-None-Match": etag}).status_code == 200


def test_one_assessment_has_every_line_and_an_etag(officer, world):
    url = f"{ASSESSMENTS}/{world.other.pk}"
    answer = officer.get(url)
    lines = answer.json()["scores"]
    assert [line["code"] for line in lines] == ["1.1", "1.2", "2.1", "3"]
    assert {line["version"] for line in lines} == {0}
    etag = answer.headers["ETag"]
    assert officer.get(url, headers={"If-None-Match": etag}).status_code == 304
    world.save(world.change("1.1", 91, assessment=world.other))
    assert officer.get(url, headers={"If-None-Match": etag}).headers["ETag"] != etag


@pytest.mark.parametrize("url", [ASSESSMENTS, SCORES])
def test_a_list_costs_five_queries(officer, url, django_assert_num_queries):
    with django_assert_num_queries(5):  # session, user, roles, count, rows
        officer.get(url)

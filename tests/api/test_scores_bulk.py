"""Scores of many communes in one request: all of them or each, with a result for every one."""

import pytest

from criteria import steps
from criteria.models import Score
from tests.api.asking import problem, send
from tests.criteria.world import World

pytestmark = pytest.mark.django_db
URL = "/api/v1/scores"


@pytest.fixture
def world():
    world = World()
    world.other = world.make_assessment(world.other_commune)
    return world


@pytest.fixture
def officer(client, world):
    client.force_login(world.officer)
    return client


@pytest.fixture
def line(world):
    def make(code="1.1", commune=None, **fields):
        place = {
            "commune": (commune or world.commune).code,
            "period": world.period.code,
            "set": world.criteria_set.code,
        }
        return place | {"code": code, "version": 0} | fields

    return make


def put(client, *scores, mode="", **headers):
    return send(client, "put", f"{URL}{mode}", {"scores": list(scores)}, **headers)


def outcomes(answer):
    return [row["outcome"] for row in answer.json()["results"]]


def test_scores_of_many_communes_are_written_at_once(officer, world, line):
    answer = put(officer, line(value=85), line("2.1", world.other_commune, verdict="met"))
    assert answer.status_code == 200, answer.content
    body = answer.json()
    assert (body["saved"], body["refused"]) == (2, 0)
    assert outcomes(answer) == ["saved", "saved"]
    assert body["results"][1]["commune"] == world.other_commune.code
    assert Score.objects.count() == 2


def test_all_or_nothing_unless_said_otherwise(officer, world, line):
    answer = put(officer, line(value=85), line(value=101, commune=world.other_commune))
    [error] = problem(answer, 400, "invalid-input")["errors"]
    assert error["field"] == "scores/1"
    assert not Score.objects.exists()


def test_each_writes_what_it_can_and_tells_of_the_rest(officer, world, line):
    world.save(world.change("2.1", None, "met", assessment=world.other))
    answer = put(
        officer,
        line(value=85),
        line(value=101, commune=world.other_commune),
        line("2.1", world.other_commune, verdict="not_met"),
        line("2.1", verdict=None),
        line(code="9.9"),
        mode="?mode=each",
    )
    assert outcomes(answer) == ["saved", "refused", "stale", "unchanged", "refused"]
    stale = answer.json()["results"][2]
    assert (stale["yours"]["verdict"], stale["theirs"]["verdict"]) == ("not_met", "met")
    assert stale["theirs"]["by"] == str(world.staff)
    assert Score.objects.count() == 2


def test_somebody_elses_commune_is_refused_like_none(client, world, line):
    client.force_login(world.staff)
    for commune in (world.other_commune, World().commune):
        sent = line(value=85, commune=commune)
        [error] = problem(put(client, sent), 400, "invalid-input")["errors"]
        assert "không có phiếu" in error["detail"].lower()
    assert not Score.objects.exists()


def test_what_is_submitted_is_refused_with_the_reason(officer, world, line):
    world.fill()
    world.take(steps.submit, by=world.staff)
    body = problem(put(officer, line(value=85, version=1)), 409, "refused")
    assert "đã nộp" in body["detail"]


def test_a_stale_one_stops_all(officer, world, line):
    world.save(world.change("1.1", 70))
    answer = put(officer, line(value=85), line("2.1", verdict="met"))
    assert [row["index"] for row in problem(answer, 412, "stale")["stale"]] == [0]
    assert Score.objects.count() == 1


def test_versions_are_asked_for_unless_anything_may_be_written_over(officer, world, line):
    sent = line(value=85)
    del sent["version"]
    world.save(world.change("1.1", 70))
    problem(put(officer, sent), 428, "precondition-required")
    problem(put(officer, sent, If_Match='"abc"'), 400, "invalid-input")
    assert outcomes(put(officer, sent, If_Match="*")) == ["saved"]


def test_too_many_or_too_much_is_refused(officer, line, monkeypatch):
    monkeypatch.setattr("criteria.api.scores.MOST_ITEMS", 1)
    body = problem(put(officer, line(), line("2.1")), 400, "invalid-input")
    assert "1" in body["errors"][0]["detail"]
    monkeypatch.setattr("criteria.api.scores.Scores.most_bytes", 10)
    problem(put(officer, line()), 413, "too-large")


def test_filters_of_the_list_are_no_parameters_of_a_write(officer, line):
    problem(put(officer, line(), mode="?commune=1"), 400, "invalid-input")
    problem(put(officer, line(), mode="?mode=some"), 400, "invalid-input")


def test_the_queries_do_not_grow_with_the_communes(
    officer, world, line, django_assert_num_queries
):
    put(officer, line(value=1))
    communes = [world.make_commune_here() for _ in range(5)]
    for commune in communes:
        world.make_assessment(commune)
    # session, user, roles; savepoint and its end; rows locked, their groups; assessments, who
    # reports and scores of the grid; scores stored; scores and history written; last verified
    with django_assert_num_queries(14):
        put(officer, *(line(value=85, commune=commune) for commune in communes))

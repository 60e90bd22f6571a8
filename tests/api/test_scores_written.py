"""Scores of one assessment, written by a program under the rules of the form."""

from decimal import Decimal

import pytest

from criteria import steps
from criteria.models import Score
from tests.api.asking import problem, send, with_token
from tests.criteria.world import World
from tests.factories import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World()


@pytest.fixture
def staff(client, world):
    client.force_login(world.staff)
    return client


@pytest.fixture
def url(world):
    return f"/api/v1/assessments/{world.assessment.pk}/scores"


def put(client, url, *scores, **headers):
    return send(client, "put", url, {"scores": list(scores)}, **headers)


def line(code="1.1", **fields):
    return {"code": code, "version": 0} | fields


def findings(world):
    rows = world.assessment.scores.order_by("indicator__code")
    return [(row.value, row.verdict, row.note) for row in rows]


def test_whoever_may_enter_writes_scores(staff, url, world):
    answer = put(staff, url, line(value="85.5", note="trục xã"), line("2.1", verdict="basically"))
    assert answer.status_code == 200, answer.content
    assert findings(world) == [(Decimal("85.5"), "met", "trục xã"), (None, "basically", "")]
    assert [row["outcome"] for row in answer.json()["results"]] == ["saved", "saved"]
    lines = {row["code"]: row for row in answer.json()["assessment"]["scores"]}
    assert (lines["1.1"]["value"], lines["1.1"]["version"]) == ("85.5", 1)
    assert lines["3"]["version"] == 0


def test_numbers_are_kept_exactly(staff, url, world):
    body = '{"scores": [{"code": "1.1", "value": 85.1234, "version": 0}]}'
    assert send(staff, "put", url, body).status_code == 200
    assert world.assessment.scores.get().value == Decimal("85.1234")


def test_what_is_not_said_stays_and_null_takes_it_away(staff, url, world):
    world.save(world.change("1.2", 30, "met", note="rà soát"))
    put(staff, url, line("1.2", value=31, version=1))
    assert findings(world) == [(31, "met", "rà soát")]
    put(staff, url, line("1.2", value=None, verdict=None, note=None, version=2))
    assert findings(world) == [(None, None, "")]


def test_a_stranger_meets_no_assessment(client, url):
    client.force_login(make_user(role="commune_staff", commune=World().commune))
    problem(put(client, url, line(value=1)), 404, "not-found")


def test_whoever_reads_only_meets_none_either(client, world, url):
    client.force_login(make_user(role="viewer", province=world.province))
    problem(put(client, url, line(value=1)), 404, "not-found")


def test_without_a_version_nothing_is_written(staff, url):
    problem(put(staff, url, {"code": "1.1", "value": 85}), 428, "precondition-required")
    assert not Score.objects.exists()


def test_an_old_version_is_refused_with_both_values(staff, url, world):
    world.save(world.change("1.1", 70, note="của tôi"), by=world.officer)
    body = problem(put(staff, url, line(value=85), line("2.1", verdict="met")), 412, "stale")
    [both] = body["stale"]
    assert both["code"] == "1.1"
    assert both["yours"] == {"value": "85", "verdict": "met", "note": "của tôi", "version": 0}
    theirs = both["theirs"]
    assert (theirs["value"], theirs["verdict"], theirs["version"]) == ("70", "not_met", 1)
    assert theirs["by"] == str(world.officer)
    assert theirs["at"].endswith("+07:00")
    assert findings(world) == [(70, "not_met", "của tôi")]


def test_the_etag_of_the_assessment_stands_for_all_versions(staff, url, world):
    etag = staff.get(url.removesuffix("/scores")).headers["ETag"]
    first = put(staff, url, {"code": "1.1", "value": 85}, If_Match=etag)
    assert first.status_code == 200
    stale = put(staff, url, {"code": "1.1", "value": 86}, If_Match=etag)
    assert problem(stale, 412, "stale")["stale"][0]["theirs"]["value"] == "85"
    again = put(staff, url, {"code": "1.1", "value": 86}, If_Match=first.headers["ETag"])
    assert again.status_code == 200
    assert put(staff, url, {"code": "1.1", "value": 87}, If_Match="*").status_code == 200
    assert world.assessment.scores.get().value == 87


def test_a_compressed_etag_is_the_same(staff, url):
    etag = staff.get(url.removesuffix("/scores")).headers["ETag"]
    assert put(staff, url, {"code": "1.1", "value": 8}, If_Match=f"W/{etag}").status_code == 200


def test_a_repeated_write_does_no_harm(staff, url):
    sent = line(value=85, verdict="met")
    put(staff, url, sent)
    again = put(staff, url, sent)
    assert [row["outcome"] for row in again.json()["results"]] == ["unchanged"]
    assert Score.history.count() == 1


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        (line(value="85,5"), "không phải là số"),
        (line(value=101), "lớn hơn 100"),
        (line(value=True), "không phải là số"),
        (line(value="1.23456"), "quá bốn chữ số"),
        (line(value=10, verdict="met"), "không khớp"),
        (line("2.1", value=3), "“3” không phải là kết quả"),
        (line("2.1", verdict="good"), "good"),
        (line("9.9", value=3), "9.9"),
        (line(value=1, note=5), "ghi chú"),
        (line(value=1, note="x" * 2001), "2000"),
        (line(value=1, other=5), "code, value, verdict, note, version"),
        ({"value": 5, "version": 0}, "code"),
        (line(value=1, version=-1), "version"),
        (5, "code, value"),
    ],
)
def test_bad_input_is_refused_by_its_place_with_a_sentence(staff, url, sent, sentence):
    body = problem(put(staff, url, line("3", verdict="met"), sent), 400, "invalid-input")
    [error] = body["errors"]
    assert error["field"] == "scores/1"
    assert sentence in error["detail"]
    assert not Score.objects.exists()


@pytest.mark.parametrize("body", ['{"scores": {}}', '{"scores": []}', "[]", '{"lines": []}'])
def test_a_body_of_another_shape_is_refused(staff, url, body):
    problem(send(staff, "put", url, body), 400, "invalid-input")


@pytest.mark.parametrize(
    "body", ["{", '{"scores": [{"code": "\\ud800"}]}', '{"scores": NaN}', "[" * 100_000]
)
def test_what_is_no_json_is_refused(staff, url, body):
    problem(send(staff, "put", url, body), 400, "malformed")


def test_a_line_given_twice_is_refused(staff, url):
    twice = put(staff, url, line(value=1), line(value=2))
    assert "hai lần" in problem(twice, 400, "invalid-input")["errors"][0]["detail"]


def test_what_was_submitted_takes_no_scores(staff, url, world):
    world.fill()
    world.take(steps.submit, by=world.staff)
    body = problem(put(staff, url, line(value=1, version=1)), 409, "refused")
    assert "đã nộp" in body["detail"]


def test_what_is_odd_comes_back_as_a_warning(staff, url, world):
    answer = put(staff, url, line("1.2", value=50, verdict="met"))
    [row] = answer.json()["results"]
    assert "50" in row["warnings"][0]


def test_history_says_that_a_program_wrote_it(staff, url, world):
    with_token(staff, world.staff, "Cổng dữ liệu")
    put(staff, url, line(value=85))
    row = Score.history.get()
    assert (row.origin, row.token, row.history_user) == ("api", "Cổng dữ liệu", world.staff)
    page = staff.get(f"/assessments/{world.assessment.pk}/history/").content.decode()
    assert "API, mã truy cập “Cổng dữ liệu”" in page

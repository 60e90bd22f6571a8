"""Steps of an assessment that programs take, under the rules of the pages' buttons."""

import pytest

from criteria.models import Assessment, AssessmentStep
from tests.api.asking import problem, send, with_token
from tests.criteria.world import World
from tests.factories import make_user

pytestmark = pytest.mark.django_db
State = Assessment.State


@pytest.fixture
def world():
    world = World()
    world.fill()
    world.reviewer = make_user(role="provincial_officer", province=world.province)
    return world


@pytest.fixture
def step(client, world):
    def take(by, name, body=None, **headers):
        client.force_login(by)
        url = f"/api/v1/assessments/{world.assessment.pk}/{name}"
        return send(client, "post", url, body or {}, **headers)

    return take


def state_of(world):
    world.assessment.refresh_from_db()
    return world.assessment.state


def test_an_assessment_goes_its_whole_way(world, step):
    submitted = step(world.staff, "submit")
    assert (submitted.status_code, submitted.json()["state"]) == (200, "submitted")
    etag = submitted.headers["ETag"]
    checked = step(world.district_staff, "verify", {"reason": "đã kiểm tra"}, If_Match=etag)
    assert checked.json()["state"] == "checked"
    version = {"version": checked.json()["version"]}
    approved = step(world.reviewer, "approve", version).json()
    assert (approved["state"], approved["criteria_met"]) == ("approved", 3)
    assert state_of(world) == State.APPROVED
    rows = AssessmentStep.objects.values_list("action", "origin", "reason")
    assert list(rows) == [
        ("submit", "api", ""),
        ("check", "api", "đã kiểm tra"),
        ("approve", "api", ""),
    ]


def test_what_was_submitted_is_taken_back(world, step):
    step(world.staff, "submit")
    assert step(world.staff, "withdraw").json()["state"] == "draft"


def test_it_is_returned_with_reasons(world, step):
    step(world.staff, "submit")
    body = {"version": 2, "reasons": {"1.1": "thiếu minh chứng"}}
    assert step(world.district_staff, "return", body).json()["state"] == "returned"
    reasons = AssessmentStep.objects.get(action="return").reasons
    assert [(r.indicator.code, r.text) for r in reasons.all()] == [("1.1", "thiếu minh chứng")]


@pytest.mark.parametrize(
    ("body", "status", "kind"),
    [
        ({"version": 2}, 409, "refused"),
        ({"version": 2, "reasons": {"9.9": "x"}}, 400, "invalid-input"),
        ({"version": 2, "reasons": "x"}, 400, "invalid-input"),
        ({"version": 2, "other": "x"}, 400, "invalid-input"),
        ({"reason": "x"}, 428, "precondition-required"),
    ],
)
def test_a_return_that_says_too_little_is_refused(world, step, body, status, kind):
    step(world.staff, "submit")
    problem(step(world.district_staff, "return", body), status, kind)
    assert state_of(world) == State.SUBMITTED


def test_an_incomplete_assessment_is_not_submitted(world, step):
    world.assessment.scores.filter(indicator=world.plan).delete()
    assert "1 mục" in problem(step(world.staff, "submit"), 409, "refused")["detail"]
    assert state_of(world) == State.DRAFT


def test_a_step_from_an_old_version_tells_the_present_one(world, step):
    step(world.staff, "submit")
    body = problem(step(world.reviewer, "return", {"version": 1, "reason": "x"}), 412, "stale")
    assert body["theirs"] == {"version": 2, "state": "submitted"}
    problem(step(world.staff, "withdraw", If_Match='"another"'), 412, "stale")
    assert state_of(world) == State.SUBMITTED


def test_a_second_approval_is_refused(world, step):
    step(world.staff, "submit")
    step(world.district_staff, "verify", {"version": 2})
    step(world.reviewer, "approve", {"version": 3})
    problem(step(world.reviewer, "approve", {"version": 4}), 409, "refused")
    assert AssessmentStep.objects.filter(action="approve").count() == 1


def test_nobody_approves_what_they_entered(world, step):
    world.save(world.change("1.1", 91, version=1), by=world.officer)
    step(world.staff, "submit")
    step(world.district_staff, "verify", {"version": 2})
    problem(step(world.officer, "approve", {"version": 3}), 409, "refused")
    assert state_of(world) == State.CHECKED


def test_a_missing_right_is_told_and_a_stranger_finds_nothing(world, step):
    step(world.staff, "submit")
    problem(step(world.staff, "approve", {"version": 2}), 403, "not-allowed")
    problem(step(world.district_staff, "approve", {"version": 2}), 403, "not-allowed")
    stranger = World().officer
    for name in ("submit", "withdraw", "verify", "approve", "return"):
        problem(step(stranger, name, {"version": 2}), 404, "not-found")
    assert state_of(world) == State.SUBMITTED


def test_history_names_the_token(world, step, client):
    with_token(client, world.staff, "Cổng dữ liệu")
    step(world.staff, "submit")
    assert AssessmentStep.objects.get().token == "Cổng dữ liệu"
    page = client.get(f"/assessments/{world.assessment.pk}/history/").content.decode()
    assert "API, mã truy cập “Cổng dữ liệu”" in page


def begin(client, world, **fields):
    body = {
        "commune": world.other_commune.code,
        "period": world.period.code,
        "grade": "standard",
    }
    return send(client, "post", "/api/v1/assessments", body | fields)


def test_an_assessment_is_begun_once(client, world):
    client.force_login(world.officer)
    first, second = begin(client, world), begin(client, world)
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json()["id"] == second.json()["id"]
    assert first.json()["commune"] == world.other_commune.code
    assert Assessment.objects.filter(commune=world.other_commune).count() == 1


def test_nobody_begins_one_elsewhere(client, world):
    client.force_login(world.staff)
    problem(begin(client, world), 400, "invalid-input")
    problem(begin(client, world, commune="nowhere"), 400, "invalid-input")
    problem(begin(client, world, period="2019-Q1"), 400, "invalid-input")
    assert not Assessment.objects.filter(commune=world.other_commune).exists()


def test_one_of_a_closed_period_is_not_begun(client, world):
    world.period.status = "closed"
    world.period.save()
    client.force_login(world.officer)
    problem(begin(client, world), 409, "refused")

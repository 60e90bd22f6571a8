"""A POST under an Idempotency-Key is done once, and every POST takes one."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import get_resolver
from django.utils import timezone
from drf_spectacular.generators import SchemaGenerator

from accounts.models import KeptAnswer
from criteria.models import Assessment, AssessmentStep
from tests.api.asking import problem, send
from tests.criteria.world import World

pytestmark = pytest.mark.django_db
KEY = "8e03978e-40d5-43dd-bc93-6894a57f9324"


@pytest.fixture
def world():
    world = World()
    world.fill()
    return world


@pytest.fixture
def staff(client, world):
    client.force_login(world.staff)
    return client


def step(client, world, name="submit", body=None, key=KEY):
    url = f"/api/v1/assessments/{world.assessment.pk}/{name}"
    return send(client, "post", url, body or {}, Idempotency_Key=key)


def test_a_replay_gives_the_first_answer_and_does_nothing(staff, world):
    first, second = step(staff, world), step(staff, world)
    assert (first.status_code, second.status_code) == (200, 200)
    assert first.content == second.content
    for name in ("Content-Type", "ETag"):
        assert first.headers[name] == second.headers[name]
    assert "Idempotency-Replayed" not in first.headers
    assert second.headers["Idempotency-Replayed"] == "true"
    assert AssessmentStep.objects.count() == 1


def test_a_refusal_is_replayed_too(staff, world):
    world.assessment.scores.all().delete()
    first = step(staff, world)
    problem(first, 409, "refused")
    world.fill()
    second = step(staff, world)
    assert (second.status_code, second.content) == (409, first.content)
    assert second.headers["Content-Type"] == "application/problem+json"
    assert step(staff, world, key=KEY[::-1]).status_code == 200


def test_what_could_not_be_read_may_be_sent_better(staff, world):
    problem(step(staff, world, body={"version": "x"}), 400, "invalid-input")
    assert not KeptAnswer.objects.exists()
    assert step(staff, world).status_code == 200


def test_another_request_under_the_same_key_is_refused(staff, world):
    step(staff, world)
    problem(step(staff, world, "withdraw"), 409, "key-used")
    problem(step(staff, world, body={"version": 2}), 409, "key-used")
    assert AssessmentStep.objects.count() == 1


def test_the_key_of_one_is_not_that_of_another(staff, world, client):
    step(staff, world)
    client.force_login(world.officer)
    answer = step(client, world)
    assert "Idempotency-Replayed" not in answer.headers
    problem(answer, 409, "refused")


def test_a_crash_leaves_neither_the_write_nor_the_answer(staff, world, monkeypatch):
    def crash(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr("criteria.api.actions.sheet_answer", crash)
    with pytest.raises(RuntimeError):
        step(staff, world)
    assert not KeptAnswer.objects.exists()
    assert Assessment.objects.get().state == "draft"


@pytest.mark.parametrize("key", ["short", "x" * 201, "with a space in it", "không-ascii"])
def test_a_key_of_another_shape_is_refused(staff, world, key):
    errors = problem(step(staff, world, key=key), 400, "invalid-input")["errors"]
    assert errors[0]["field"] == "Idempotency-Key"


def test_a_key_is_free_again_after_a_day(staff, world):
    step(staff, world)
    KeptAnswer.objects.update(made_at=timezone.now() - timedelta(hours=25))
    assert "Idempotency-Replayed" not in step(staff, world, "withdraw").headers


def test_old_answers_are_swept(staff, world, capsys):
    step(staff, world)
    call_command("sweep_answers")
    assert KeptAnswer.objects.count() == 1
    KeptAnswer.objects.update(made_at=timezone.now() - timedelta(hours=25))
    call_command("sweep_answers")
    assert not KeptAnswer.objects.exists()


def views_in(resolver, path=""):
    for entry in resolver.url_patterns:
        here = f"{path}{entry.pattern}"
        if hasattr(entry, "url_patterns"):
            yield from views_in(entry, here)
        elif here.startswith("api/v1/"):
            yield here, entry.callback.view_class


def test_every_post_of_the_api_is_done_once():
    views = dict(views_in(get_resolver()))
    posts = {path: view.post for path, view in views.items() if hasattr(view, "post")}
    assert len(posts) >= 8
    assert [path for path, post in posts.items() if not getattr(post, "is_once", False)] == []


def test_the_schema_says_so_of_every_post():
    paths = SchemaGenerator().get_schema(public=True)["paths"]
    posts = [methods["post"] for methods in paths.values() if "post" in methods]
    for post in posts:
        names = [(each["name"], each["in"]) for each in post.get("parameters", [])]
        assert ("Idempotency-Key", "header") in names, post["operationId"]

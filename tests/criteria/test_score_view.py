"""Saving one field, as htmx does."""

import pytest
from django.urls import reverse

from criteria.models import ReportingPeriod, Score
from criteria.sheets import forget_layouts
from tests.criteria.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World()


@pytest.fixture
def save(client, world):
    client.force_login(world.staff)

    def send(code="1.1", version=0, **fields):
        sent = {f"{name}-{code}": text for name, text in fields.items()}
        return client.post(
            reverse("criteria:score", args=[world.assessment.pk, code]),
            {f"version-{code}": version, **sent},
            headers={"HX-Request": "true"},
        )

    return send


def test_saved_line_comes_back_with_verdict_and_new_version(save):
    answer = save(value="85,5")
    html = answer.content.decode()
    assert answer.status_code == 200
    assert 'name="version-1.1" value="1"' in html
    assert "verdict-met" in html


def test_summary_and_criterion_come_with_it(save):
    save(value="70")
    html = save("1.2", value="30", verdict="met").content.decode()
    assert 'id="tally" hx-swap-oob="true"' in html
    assert 'id="mark-1" hx-swap-oob="true"' in html
    assert "2/4" in html


def test_refused_value_is_said_and_nothing_stored(save):
    answer = save(value="101")
    assert answer.status_code == 422
    assert "0 đến 100" in answer.content.decode()
    assert not Score.objects.exists()


def test_conflict_shows_both_values_and_the_version_to_overwrite(save, world):
    world.save(world.change("1.1", 70, note="đo ngày 5"), by=world.district_staff)
    answer = save(value="90")
    html = answer.content.decode()
    assert answer.status_code == 409
    for shown in ["90", "70", "đo ngày 5", world.district_staff.full_name]:
        assert shown in html
    assert 'name="version-1.1" value="1"' in html
    assert save(value="90", version=1).status_code == 200
    assert Score.objects.get().value == 90


def test_replayed_request_is_answered_as_the_first(save):
    assert save(value="85").status_code == save(value="85").status_code == 200
    assert Score.history.count() == 1


def test_warning_is_said_at_once(save):
    html = save("1.2", value="60", verdict="met").content.decode()
    assert "chưa tới mức" in html


def test_closed_period_is_said(save):
    ReportingPeriod.objects.update(status=ReportingPeriod.Status.CLOSED)
    answer = save(value="85")
    assert answer.status_code == 422
    assert "ngoại lệ" in answer.content.decode()


def test_code_of_another_set_is_not_there(save):
    assert save("9.9", value="85").status_code == 404


def test_verdict_follows_what_is_typed_and_saves_nothing(client, world):
    client.force_login(world.staff)
    url = reverse("criteria:verdict", args=[world.assessment.pk, "1.1"])
    for text, shown in [("80", "verdict-met"), ("79,9", "verdict-not-met"), ("abc", "abc")]:
        assert shown in client.get(url, {"value-1.1": text}).content.decode()
    assert not Score.objects.exists()


def test_saving_one_field_costs_ten_queries(save, django_assert_num_queries):
    save(value="70")
    # session, user, roles; savepoint, assessment locked, scores, write, history, release;
    # last verified finding
    with django_assert_num_queries(10):
        save(value="85", version=1)
    forget_layouts()
    # and criteria, indicators, thresholds after an official change
    with django_assert_num_queries(13):
        save(value="86", version=2)

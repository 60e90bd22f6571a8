"""The history of one assessment: all that was done to it, or to one line of it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role
from criteria import steps
from criteria.models import Evidence, PeriodException, Score
from criteria.sheets import layout_of
from tests.criteria.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    world = World(district_verifies=False)
    world.fill()
    world.take(steps.submit, by=world.staff)
    assessment = world.take(lambda assessment: None)
    line = layout_of(assessment).line(assessment.commune, "1.1")
    world.take(steps.send_back, {line: "thiếu hồ sơ"}, by=world.officer, version=2)
    world.save(world.change("1.1", 85, version=1, note="đã bổ sung"))
    Evidence.objects.create(
        assessment=world.assessment,
        indicator=world.roads,
        filename="duong.pdf",
        content_type="application/pdf",
        size=3,
        uploaded_by=world.staff,
    )
    return world


def history_of(client, world, user=None, **query):
    client.force_login(user or world.staff)
    return client.get(reverse("criteria:assessment_history", args=[world.assessment.pk]), query)


def test_tells_all_in_order(client, world):
    response = history_of(client, world)
    told = [(event.what, event.code) for event in response.context["events"]]
    assert told[:4] == [("Thêm tệp", "1.1"), ("Sửa", "1.1"), ("Trả lại", ""), ("Đã nộp", "")]
    assert sorted(told[4:]) == [("Nhập", code) for code in ["1.1", "1.2", "2.1", "3"]]
    page = response.content.decode()
    for words in ["thiếu hồ sơ", "đã bổ sung", "duong.pdf", world.officer.full_name]:
        assert words in page


def test_leaves_out_other_assessments(client, world):
    other = world.make_assessment(world.other_commune)
    world.save(world.change("2.1", verdict="met", assessment=other), by=world.officer)
    assert len(history_of(client, world).context["events"]) == 8


def test_one_line_has_its_scores_files_and_returns(client, world):
    events = history_of(client, world, line="1.1").context["events"]
    assert [event.what for event in events] == ["Thêm tệp", "Sửa", "Trả lại", "Nhập"]
    [event] = history_of(client, world, line="3").context["events"]
    assert event.code == "3"


def test_line_of_another_set_is_refused(client, world):
    response = history_of(client, world, line="19.9")
    assert response.context["form"].errors
    assert response.context["events"] == []


def test_tells_exceptions_of_the_commune_and_its_district_in_the_period(client, world):
    fields = {
        "until": timezone.now() + timedelta(days=1),
        "reason": "mưa lũ",
        "granted_by": world.officer,
    }
    for unit in [
        {"commune": world.commune},
        {"district": world.district},
        {"commune": world.other_commune},
        {"district": world.other_district},
    ]:
        PeriodException.objects.create(period=world.period, **unit, **fields)
    told = [event.what for event in history_of(client, world).context["events"]]
    assert told.count("Cho phép ngoại lệ") == 2


def test_is_absent_for_strangers_even_when_approved(client, world):
    neighbour = world.make_user(Role.COMMUNE_STAFF, commune=world.other_commune)
    viewer = world.make_user(Role.VIEWER, province=world.province)
    for user in [neighbour, viewer, World().officer]:
        assert history_of(client, world, user).status_code == 404
    client.logout()
    address = reverse("criteria:assessment_history", args=[world.assessment.pk])
    assert "/accounts/login/" in client.get(address).url


def test_costs_the_same_queries_for_any_number_of_rows(client, world, django_assert_num_queries):
    client.force_login(world.staff)
    address = reverse("criteria:assessment_history", args=[world.assessment.pk])
    for more in [0, 20]:
        for version in range(2, 2 + more):
            world.save(world.change("1.1", version, version=version))
        # session, user, roles, assessment, its layout (three); scores, steps, their reasons and
        # what those are about, files added and removed, exceptions
        with django_assert_num_queries(11):
            client.get(address)
    assert Score.history.count() == 25

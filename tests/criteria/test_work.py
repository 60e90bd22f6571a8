"""What somebody has to do next."""

from datetime import timedelta

import pytest
from django.template.loader import render_to_string
from django.utils import timezone

from accounts.models import Role
from criteria import steps
from criteria.models import Assessment, ReportingPeriod
from ntm_tracker.web.numbers import moment
from tests.criteria.world import World
from tests.factories import make_user

pytestmark = pytest.mark.django_db
URL = "/work/"


@pytest.fixture
def world():
    return World(due_on=timezone.localdate() + timedelta(days=5))


@pytest.fixture
def read(client):
    def as_user(user):
        client.force_login(user)
        return client.get(URL).content.decode()

    return as_user


def test_staff_see_their_own_drafts_with_days_left(read, world):
    world.make_assessment(world.other_commune)
    world.save(world.change("1.1", 85))
    html = read(world.staff)
    assert "1 phiếu cần nhập" in html
    assert "Xã Hội Hoan" in html
    assert "Bắc Ái" not in html
    assert "1/4 mục" in html
    assert "còn 5 ngày" in html


def test_overdue_is_said(read, world):
    ReportingPeriod.objects.update(due_on=timezone.localdate() - timedelta(days=2))
    assert "quá hạn 2 ngày" in read(world.staff)


def test_returned_ones_come_first_with_the_reason(read, world):
    world.fill()
    world.take(steps.submit, by=world.staff)
    line = world.change("1.1", 90).line
    world.take(steps.send_back, {line: "Thiếu ảnh"}, by=world.district_staff, version=2)
    html = read(world.staff)
    assert "1 phiếu cần sửa" in html
    assert "Thiếu ảnh" in html


def test_what_others_have_is_no_work_of_mine(read, world):
    world.fill()
    world.take(steps.submit, by=world.staff)
    html = read(world.staff)
    assert "không còn việc phải làm" in html
    assert "đã nộp" in html


def test_those_who_decide_see_what_waits_for_them(read, world):
    world.fill()
    world.take(steps.submit, by=world.staff)
    assert "1 phiếu chờ huyện thẩm tra" in read(world.district_staff)
    assert "chờ phê duyệt" not in read(world.officer)
    world.take(steps.check, by=world.district_staff, version=2)
    assert "1 phiếu chờ phê duyệt" in read(world.officer)
    assert "chờ phê duyệt" not in read(World().officer)


@pytest.mark.parametrize("state", Assessment.State)
def test_badge_says_the_state_as_it_is_said_elsewhere(world, state):
    world.assessment.state = state
    badge = render_to_string("criteria/_state.html", {"assessment": world.assessment})
    assert f"</span> {state.label.lower()}</span>" in badge


def test_commune_without_district_waits_for_the_province_at_once(read, world):
    ReportingPeriod.objects.update(district_verifies=False)
    world.fill()
    world.take(steps.submit, by=world.staff)
    assert "1 phiếu chờ phê duyệt" in read(world.officer)


def test_officers_see_their_periods_counted(read, world):
    html = read(world.officer)
    assert "Các kỳ báo cáo đang mở" in html
    assert "Quý 2/2025" in html


def test_somebody_without_a_role_is_told_that_nothing_waits(read):
    assert "không còn việc phải làm" in read(make_user())


def test_costs_the_same_for_any_number_of_communes(client, world, django_assert_max_num_queries):
    def count():
        with django_assert_max_num_queries(20) as queries:
            client.get(URL)
        return len(queries)

    client.force_login(world.district_staff)
    few = count()
    for _commune in range(5):
        world.make_assessment(world.make_commune_here())
    assert count() == few


def test_viewer_has_no_work(read, world):
    viewer = world.make_user(Role.VIEWER, province=world.province)
    assert "không còn việc phải làm" in read(viewer)


class TestClosedPeriod:
    @pytest.fixture(autouse=True)
    def _close(self, world):
        ReportingPeriod.objects.update(status=ReportingPeriod.Status.CLOSED)

    def test_drafts_are_no_work(self, read, world):
        world.make_exception(commune=world.other_commune)
        world.make_exception(commune=world.commune, hours=-1)
        assert "không còn việc phải làm" in read(world.staff)

    def test_draft_under_an_exception_is_and_says_until_when(self, read, world):
        for unit in ({"commune": world.commune}, {"district": world.district}):
            granted = world.make_exception(**unit)
            html = read(world.staff)
            assert "1 phiếu cần nhập" in html
            assert f"được nhập đến {moment(granted.until)}" in html
            granted.delete()

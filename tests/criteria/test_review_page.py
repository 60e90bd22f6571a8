"""The page on which one assessment is decided on, and each of its actions."""

import html
import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role
from criteria import steps
from criteria.models import Assessment, AssessmentStep, ReportingPeriod, Score
from criteria.sheets import forget_layouts
from tests.criteria.world import World
from tests.factories import make_commune, make_province

pytestmark = pytest.mark.django_db
State = Assessment.State
ACTIONS = ["check", "approve", "return", "undo", "reopen"]


@pytest.fixture
def world():
    world = World()
    world.fill()
    world.take(steps.submit, by=world.staff)
    world.viewer = world.make_user(Role.VIEWER, province=world.province)
    world.stranger = world.make_user(Role.PROVINCIAL_OFFICER, province=make_province())
    world.neighbour = world.make_user(Role.DISTRICT_STAFF, district=world.other_district)
    return world


@pytest.fixture
def checked(world):
    world.take(steps.check, by=world.district_staff, version=2)
    return world


@pytest.fixture
def approved(checked):
    checked.take(steps.approve, by=checked.officer, version=3)
    return checked


def address(world, action="review"):
    return reverse(f"criteria:{action}", kwargs={"pk": world.assessment.pk})


def now(world):
    return Assessment.objects.get(pk=world.assessment.pk)


@pytest.fixture
def read(client):
    def read(world, user):
        client.force_login(user)
        return client.get(address(world))

    return read


@pytest.fixture
def act(client):
    """Post an action as somebody who has seen the present version."""

    def act(world, user, action, **fields):
        client.force_login(user)
        fields = {"version": now(world).version, "reason": "lý do thử"} | fields
        return client.post(address(world, action), fields)

    return act


def text_of(response) -> str:
    plain = re.sub(r"<[^>]+>", " ", response.content.decode())
    return re.sub(r"\s+", " ", html.unescape(plain)).replace("\u202f", " ")


class TestAccess:
    def test_reviewers_may_look_in_any_state(self, world, read):
        for state in [State.DRAFT, State.SUBMITTED, State.CHECKED, State.RETURNED]:
            Assessment.objects.update(state=state)
            for user in (world.officer, world.district_staff):
                assert read(world, user).status_code == 200

    def test_who_enters_and_reads_may_not_look(self, world, read):
        assert read(world, world.staff).status_code == 403

    def test_strangers_find_nothing(self, world, read):
        for user in (world.stranger, world.neighbour, world.viewer):
            assert read(world, user).status_code == 404

    def test_anonymous_is_asked_to_sign_in(self, world, client):
        assert client.get(address(world)).status_code == 302

    @pytest.mark.parametrize("action", ACTIONS)
    def test_actions_of_strangers_find_nothing(self, approved, act, action):
        for user in (approved.stranger, approved.neighbour, approved.viewer):
            assert act(approved, user, action).status_code == 404
        assert now(approved).state == State.APPROVED

    @pytest.mark.parametrize("action", ACTIONS)
    def test_actions_of_those_who_enter_are_forbidden(self, checked, act, action):
        assert act(checked, checked.staff, action).status_code == 403
        assert now(checked).state == State.CHECKED

    @pytest.mark.parametrize("action", ["approve", "undo", "reopen"])
    def test_district_may_not_do_what_is_the_provinces(self, checked, act, action):
        assert act(checked, checked.district_staff, action).status_code == 403

    @pytest.mark.parametrize("action", ACTIONS)
    def test_looking_changes_nothing(self, world, client, action):
        client.force_login(world.officer)
        assert client.get(address(world, action)).status_code == 405


class TestDeciding:
    def test_district_verifies(self, world, act):
        response = act(world, world.district_staff, "check")
        assert (response.status_code, now(world).state) == (302, State.CHECKED)
        assert now(world).checked_by == world.district_staff

    def test_province_approves(self, checked, act):
        response = act(checked, checked.officer, "approve")
        assert (response.status_code, now(checked).state) == (302, State.APPROVED)

    def test_goes_on_to_the_next_that_waits_then_to_the_queue(self, checked, act):
        other = checked.make_assessment(checked.other_commune, state=State.CHECKED)
        response = act(checked, checked.officer, "approve")
        assert response.url == reverse("criteria:review", kwargs={"pk": other.pk})
        checked.assessment = other
        response = act(checked, checked.officer, "return")
        assert response.url == f"/provinces/{checked.province.code}/review/?period=2025-Q2"

    def test_second_approval_is_told_who_was_first(self, checked, act):
        other = checked.make_user(Role.PROVINCIAL_OFFICER, province=checked.province)
        act(checked, other, "approve")
        response = act(checked, checked.officer, "approve", version=3)
        assert response.status_code == 422
        assert other.full_name in text_of(response)
        assert checked.assessment.steps.filter(action="approve").count() == 1

    @pytest.mark.parametrize("version", ["2", "", "x", "²", "9" * 5000])
    def test_page_that_is_out_of_date_is_shown_anew(self, checked, act, version):
        response = act(checked, checked.officer, "approve", version=version)
        assert (response.status_code, now(checked).state) == (422, State.CHECKED)
        assert "đã thay đổi" in text_of(response)

    def test_who_entered_scores_sees_why_they_cannot_decide(self, world, act, read):
        Assessment.objects.update(state=State.DRAFT)
        world.save(world.change("1.1", 95, version=1), by=world.officer)
        Assessment.objects.update(state=State.CHECKED)
        page = text_of(read(world, world.officer))
        assert "đã nhập số liệu của phiếu này" in page
        assert "Phê duyệt</button>" not in read(world, world.officer).content.decode()
        assert act(world, world.officer, "approve").status_code == 422


class TestReturning:
    def test_keeps_a_reason_for_each_line_and_one_for_all(self, checked, act):
        act(
            checked, checked.officer, "return", **{"reason-1.1": "thiếu biên bản", "reason-3": " "}
        )
        step = checked.assessment.steps.last()
        assert (now(checked).state, step.reason) == (State.RETURNED, "lý do thử")
        assert [(of.indicator, of.text) for of in step.reasons.all()] == [
            (checked.roads, "thiếu biên bản")
        ]

    def test_district_returns_what_waits_for_it(self, world, act):
        act(world, world.district_staff, "return")
        assert now(world).state == State.RETURNED

    def test_district_does_not_return_what_it_has_passed_on(self, checked, act):
        response = act(checked, checked.district_staff, "return")
        assert (response.status_code, now(checked).state) == (422, State.CHECKED)

    def test_without_any_reason_it_is_refused(self, checked, act):
        response = act(checked, checked.officer, "return", reason=" ")
        assert (response.status_code, now(checked).state) == (422, State.CHECKED)

    def test_refusal_keeps_everything_typed(self, checked, act):
        typed = {"reason-1.1": "sửa đường", "reason-3": "xem lại", "reason": "cả phiếu"}
        page = act(checked, checked.officer, "return", version=2, **typed).content.decode()
        for text in typed.values():
            assert f">{text}</textarea>" in page

    @pytest.mark.parametrize("field", ["reason", "reason-1.1"])
    @pytest.mark.parametrize(
        ("text", "words"),
        [("thiếu\0hồ sơ", "không lưu được"), ("x" * 2001, "dài quá 2000 ký tự")],
    )
    def test_text_that_cannot_be_kept_is_refused_and_stays(self, checked, act, field, text, words):
        response = act(checked, checked.officer, "return", **{field: text})
        assert (response.status_code, now(checked).state) == (422, State.CHECKED)
        assert words in text_of(response)
        assert f">{text}</textarea>" in response.content.decode()


class TestTakingBack:
    def test_undo_makes_it_wait_again(self, approved, act):
        response = act(approved, approved.officer, "undo")
        assert (response.url, now(approved).state) == (address(approved), State.CHECKED)

    def test_undo_is_offered_for_a_day_with_the_time_left(self, approved, read):
        Assessment.objects.update(decided_at=timezone.now() - timedelta(hours=1, seconds=30))
        assert "còn 22 giờ 59 phút" in text_of(read(approved, approved.officer))
        Assessment.objects.update(decided_at=timezone.now() - timedelta(hours=25))
        page = read(approved, approved.officer).content.decode()
        assert address(approved, "undo") not in page
        assert address(approved, "reopen") in page

    def test_is_not_offered_to_who_entered_scores(self, approved, read):
        officer = approved.make_user(Role.PROVINCIAL_OFFICER, province=approved.province)
        Score.objects.filter(indicator=approved.roads).update(entered_by=officer)
        page = read(approved, officer)
        assert "đã nhập số liệu của phiếu này" in text_of(page)
        assert address(approved, "reopen") not in page.content.decode()

    def test_late_undo_is_refused_and_keeps_the_reason(self, approved, act):
        Assessment.objects.update(decided_at=timezone.now() - timedelta(hours=25))
        response = act(approved, approved.officer, "undo")
        assert (response.status_code, now(approved).state) == (422, State.APPROVED)

    def test_reopening_opens_the_scores(self, approved, act):
        act(approved, approved.officer, "reopen")
        assert now(approved).state == State.REOPENED
        assert AssessmentStep.objects.last().reason == "lý do thử"

    @pytest.mark.parametrize("action", ["undo", "reopen"])
    def test_needs_a_reason(self, approved, act, action):
        response = act(approved, approved.officer, action, reason=" ")
        assert (response.status_code, now(approved).state) == (422, State.APPROVED)

    @pytest.mark.parametrize("action", ["undo", "reopen"])
    def test_reason_that_cannot_be_kept_is_refused(self, approved, act, action):
        response = act(approved, approved.officer, action, reason="nhầm\0xã")
        assert (response.status_code, now(approved).state) == (422, State.APPROVED)

    @pytest.mark.parametrize("action", ["undo", "reopen"])
    def test_approval_given_meanwhile_is_not_taken_back(self, approved, act, action):
        response = act(approved, approved.officer, action, version=3)
        assert (response.status_code, now(approved).state) == (422, State.APPROVED)
        assert "lý do thử</textarea>" in response.content.decode()


class TestClosedPeriod:
    WARNING = "đã đóng đối với Xã Hội Hoan: không sửa được"

    @pytest.fixture(autouse=True)
    def _close(self, world):
        ReportingPeriod.objects.update(status=ReportingPeriod.Status.CLOSED)

    def test_return_and_reopening_say_that_nobody_can_mend(self, checked, act, read):
        period = checked.period.get_absolute_url()
        for action in ("return", "reopen"):
            page = read(checked, checked.officer)
            assert address(checked, action) in page.content.decode()
            assert text_of(page).count(self.WARNING) == 1
            assert f'href="{period}"' in page.content.decode()
            act(checked, checked.officer, "approve")

    def test_district_is_told_without_a_link(self, world, read):
        page = read(world, world.district_staff)
        assert self.WARNING in text_of(page)
        assert world.period.get_absolute_url() not in page.content.decode()

    def test_nothing_is_said_under_an_exception(self, world, read):
        world.make_exception(commune=world.commune)
        assert self.WARNING not in text_of(read(world, world.officer))


class TestWhatIsShown:
    def test_opens_on_what_changed_with_the_rest_below(self, approved, act, read):
        act(approved, approved.officer, "reopen")
        approved.save(approved.change("1.1", 70, version=1, note="lũ làm hỏng"))
        page = text_of(read(approved, approved.officer))
        assert "1 chỉ tiêu thay đổi, không có cảnh báo" in page
        changed, rest = page.split("Chỉ tiêu không thay đổi")
        assert all(text in changed for text in ("90,0 %", "70,0 %", "lũ làm hỏng"))
        assert all(code in rest for code in ("1.2", "2.1"))

    def test_lines_with_warnings_come_first(self, world, read):
        Assessment.objects.update(state=State.DRAFT)
        world.save(world.change("1.2", 60, "met", version=1, note="đang rà soát"))
        page = text_of(read(world, world.officer))
        assert page.index("60 hộ chưa") < page.index("90,0 %")

    def test_other_verdicts_come_before_other_numbers(self, approved, act, read):
        act(approved, approved.officer, "reopen")
        approved.save(
            approved.change("1.2", 31, "met", version=1),
            approved.change("2.1", verdict="basically", version=1),
        )
        page = text_of(read(approved, approved.officer))
        assert page.index("2.1 Chỉ tiêu") < page.index("1.2 Chỉ tiêu")

    def test_tells_the_steps_with_reasons(self, checked, act, read):
        act(checked, checked.officer, "return", **{"reason-1.1": "thiếu biên bản"})
        page = text_of(read(checked, checked.officer)).split("Các bước đã qua")[1]
        assert checked.staff.full_name in page
        assert "1.1 thiếu biên bản" in page

    def test_costs_the_same_queries_for_any_number_of_communes(
        self, checked, client, django_assert_num_queries
    ):
        client.force_login(checked.officer)
        for _ in range(2):
            forget_layouts()
            # session, user, the assessment with rights, roles, scores, the last verified,
            # criteria, indicators, thresholds, steps of approval, scores of others,
            # recognitions, own part, steps, reasons of returns
            with django_assert_num_queries(17):
                client.get(address(checked))
            commune = make_commune(district=checked.other_district)
            checked.fill(checked.make_assessment(commune), by=checked.neighbour)

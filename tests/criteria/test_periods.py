"""The province adds, opens, changes and closes its periods, and lets single units write."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role
from criteria.models import Assessment, EntryLimits, PeriodException, ReportingPeriod, WhoEnters
from criteria.opening import days_of, next_period
from criteria.scoring import why_not_writable
from tests.criteria.world import World
from tests.factories import make_assessment, make_commune, make_period, make_province

pytestmark = pytest.mark.django_db
Status = ReportingPeriod.Status
STEPS = ["change_period", "open_period", "complete_period", "grant_exception"]
QUESTIONS = ["close_period", "reopen_period"]


@pytest.fixture
def world():
    return World()


def address(world, name):
    where = {"province": world.province.code}
    if name not in {"periods", "add_period", "limits"}:
        where |= {"year": world.period.year, "quarter": world.period.quarter}
    return reverse(f"criteria:{name}", kwargs=where)


def send(client, world, name, **fields):
    client.force_login(world.officer)
    return client.post(address(world, name), fields, follow=True)


def read(client, world, name="period"):
    client.force_login(world.officer)
    return client.get(address(world, name))


def set_status(world, status):
    world.period.status = status
    world.period.save()


def status_of(world):
    return ReportingPeriod.objects.get(pk=world.period.pk).status


class TestWhoMay:
    @pytest.mark.parametrize("name", ["periods", "period", *QUESTIONS])
    def test_officers_read_and_nobody_else(self, client, world, name):
        self.check(client, world, lambda: client.get(address(world, name)), 200)

    @pytest.mark.parametrize("name", ["add_period", "limits", *STEPS, *QUESTIONS])
    def test_officers_write_and_nobody_else(self, client, world, name):
        self.check(client, world, lambda: client.post(address(world, name), {"x": 1}), None)

    def check(self, client, world, ask, status):
        assert "/accounts/login/" in ask().url
        barred = [
            (World().officer, 404),
            (world.district_staff, 403),
            (world.staff, 403),
            (world.make_user(Role.VIEWER, province=world.province), 403),
        ]
        for user, refusal in barred:
            client.force_login(user)
            assert ask().status_code == refusal
        for user in [
            world.officer,
            world.make_user(Role.ADMINISTRATOR, province=world.province),
        ]:
            client.force_login(user)
            assert ask().status_code in ({status} if status else {200, 302})

    @pytest.mark.parametrize("name", ["add_period", "limits", *STEPS])
    def test_nothing_is_written_on_get(self, client, world, name):
        assert read(client, world, name).status_code == 405

    def test_quarter_that_is_not_there_is_absent(self, client, world):
        client.force_login(world.officer)
        found = client.get(address(world, "period").replace("2025-Q2", "2025-Q3"))
        assert found.status_code == 404


class TestList:
    def test_counts_assessments_by_state(self, client, world):
        for state in ["draft", "reopened", "returned", "submitted", "checked"]:
            world.make_assessment(make_commune(district=world.district), state=state)
        commune = make_commune(district=world.district)
        fields = {"criteria_set": world.criteria_set, "period": world.period, "met": 2}
        make_assessment(commune=commune, **fields)
        [period] = read(client, world, "periods").context["periods"]
        names = ["in_entry", "returned", "submitted", "checked", "approved", "total"]
        assert [getattr(period, name) for name in names] == [3, 1, 1, 1, 1, 7]

    def test_newest_comes_first_and_no_other_province(self, client, world):
        make_period(province=world.province, year=2024, quarter=4)
        make_period(province=world.province, year=2025, quarter=3)
        World()
        codes = [period.code for period in read(client, world, "periods").context["periods"]]
        assert codes == ["2025-Q3", "2025-Q2", "2024-Q4"]

    def test_costs_the_same_queries_for_any_number(self, client, world, django_assert_num_queries):
        client.force_login(world.officer)
        for year in [2024, 2023]:
            # session, user, roles, province, the last quarter, limits, the list
            with django_assert_num_queries(7):
                client.get(address(world, "periods"))
            for quarter in [1, 2, 3, 4]:
                make_period(province=world.province, year=year, quarter=quarter)


class TestAdding:
    fields = {
        "quarter": 3,
        "year": 2025,
        "due_on": "2025-10-05",
        "who_enters": "commune",
    }

    def test_adds_a_planned_quarter_with_its_days(self, client, world):
        send(client, world, "add_period", **self.fields)
        added = ReportingPeriod.objects.get(year=2025, quarter=3)
        assert (added.status, added.starts_on, added.ends_on) == (
            "planned",
            date(2025, 7, 1),
            date(2025, 9, 30),
        )
        assert (added.who_enters, added.district_verifies) == ("commune", False)
        assert added.history.get().history_user == world.officer

    def test_refuses_a_quarter_that_is_there_and_keeps_what_was_typed(self, client, world):
        page = send(client, world, "add_period", **self.fields | {"quarter": 2})
        assert page.context["new"].errors == {"quarter": ["Quý 2/2025 đã có trong danh sách."]}
        assert 'value="2025-10-05"' in page.content.decode()
        assert ReportingPeriod.objects.count() == 1

    @pytest.mark.parametrize(
        ("spoilt", "field"),
        [
            ({"due_on": "2025-06-30"}, "due_on"),
            ({"due_on": "soon"}, "due_on"),
            ({"quarter": 5}, "quarter"),
            ({"year": 1999}, "year"),
            ({"who_enters": "nobody"}, "who_enters"),
        ],
    )
    def test_refuses_nonsense_beside_the_field(self, client, world, spoilt, field):
        page = send(client, world, "add_period", **self.fields | spoilt)
        assert list(page.context["new"].errors) == [field]
        assert ReportingPeriod.objects.count() == 1

    @pytest.mark.parametrize(
        ("last", "code", "due_on", "who", "verifies"),
        [
            ((2024, 4), "2025-Q1", date(2025, 4, 5), WhoEnters.EITHER, True),
            ((2025, 2), "2025-Q3", date(2025, 10, 5), WhoEnters.COMMUNE, False),
            ((2025, 4), "2026-Q1", date(2026, 4, 5), WhoEnters.COMMUNE, False),
        ],
    )
    def test_offers_the_next_quarter(self, last, code, due_on, who, verifies):
        province = make_province()
        make_period(province=province, year=last[0], quarter=last[1])
        offered = next_period(province)
        assert (offered.code, offered.due_on) == (code, due_on)
        assert (offered.who_enters, offered.district_verifies) == (who, verifies)

    def test_offers_the_present_quarter_first_of_all(self):
        starts_on, ends_on = days_of(
            *[int(part) for part in next_period(make_province()).code.split("-Q")]
        )
        assert starts_on <= timezone.localdate() <= ends_on


class TestSteps:
    def test_opening_begins_a_draft_for_each_commune(self, client, world):
        set_status(world, Status.PLANNED)
        page = send(client, world, "open_period")
        assert "đã tạo 1 phiếu" in page.content.decode()
        assert Assessment.objects.count() == 2
        assert world.period.history.first().history_user == world.officer

    def test_communes_that_came_later_are_named_and_begun(self, client, world):
        assert "1 xã phải báo cáo chưa có phiếu" in read(client, world).content.decode()
        send(client, world, "complete_period")
        assert Assessment.objects.count() == 2
        page = read(client, world).content.decode()
        assert "chưa có phiếu" not in page
        assert "Tạo phiếu cho xã chưa có: 1" in page
        send(client, world, "complete_period")
        assert [row.history_user for row in world.period.history.all()] == [world.officer, None]

    def test_closing_asks_first_and_says_what_will_happen(self, client, world):
        page = read(client, world, "close_period").content.decode()
        assert "1 phiếu đang nhập" in page
        assert status_of(world) == Status.OPEN
        send(client, world, "close_period", reason="đã đủ")
        assert status_of(world) == Status.CLOSED
        row = world.period.history.first()
        assert (row.history_change_reason, row.history_user) == ("đã đủ", world.officer)

    def test_closing_needs_no_reason_but_opening_again_does(self, client, world):
        send(client, world, "close_period", reason="")
        assert status_of(world) == Status.CLOSED
        page = send(client, world, "reopen_period", reason=" ")
        assert list(page.context["form"].errors) == ["reason"]
        assert status_of(world) == Status.CLOSED
        send(client, world, "reopen_period", reason="thiếu 3 xã")
        assert status_of(world) == Status.OPEN
        assert "thiếu 3 xã" in read(client, world).content.decode()

    def test_step_out_of_turn_is_refused_in_words(self, client, world):
        page = send(client, world, "open_period").content.decode()
        assert "đang ở trạng thái “đang mở”" in page
        assert status_of(world) == Status.OPEN

    def test_due_day_and_steps_change(self, client, world):
        fields = {"due_on": "2025-07-20", "who_enters": "district", "district_verifies": "on"}
        send(client, world, "change_period", **fields)
        world.period.refresh_from_db()
        assert (world.period.due_on, world.period.who_enters) == (date(2025, 7, 20), "district")
        assert world.period.history.first().history_user == world.officer

    def test_refused_change_keeps_what_was_typed(self, client, world):
        page = send(client, world, "change_period", due_on="2025-01-01", who_enters="district")
        assert list(page.context["settings"].errors) == ["due_on"]
        assert 'value="2025-01-01"' in page.content.decode()

    def test_closed_period_does_not_change(self, client, world):
        set_status(world, Status.CLOSED)
        page = send(client, world, "change_period", due_on="2025-08-01", who_enters="district")
        assert "đang ở trạng thái “đã đóng”" in page.content.decode()
        world.period.refresh_from_db()
        assert world.period.who_enters == "either"


class TestExceptions:
    @pytest.fixture
    def closed(self, world):
        set_status(world, Status.CLOSED)
        return world

    def fields(self, world, **fields):
        tomorrow = timezone.localtime() + timedelta(days=1)
        return {
            "unit": f"commune-{world.commune.pk}",
            "until": f"{tomorrow:%Y-%m-%dT%H:%M}",
            "reason": "mưa lũ",
        } | fields

    def grant(self, client, world, **fields):
        return send(client, world, "grant_exception", **self.fields(world, **fields))

    def test_commune_may_write_again_and_the_page_tells(self, client, closed):
        page = self.grant(client, closed).content.decode()
        for words in [str(closed.commune), "mưa lũ", closed.officer.full_name, "còn hiệu lực"]:
            assert words in page
        assert not why_not_writable([closed.assessment])
        granted = PeriodException.objects.get()
        assert (granted.granted_by, granted.history.get().history_user) == (
            closed.officer,
            closed.officer,
        )

    def test_moment_is_local_time(self, client, closed):
        self.grant(client, closed, until="2099-03-01T08:30")
        until = timezone.localtime(PeriodException.objects.get().until)
        assert f"{until:%d/%m/%Y %H:%M %z}" == "01/03/2099 08:30 +0700"

    def test_district_lets_all_its_communes_write(self, client, closed):
        self.grant(client, closed, unit=f"district-{closed.district.pk}")
        other = closed.make_assessment(closed.other_commune)
        assert not why_not_writable([closed.assessment])
        assert why_not_writable([other])

    @pytest.mark.parametrize(
        ("spoilt", "sentence"),
        [
            ({"until": "2025-01-01T08:00"}, "08:00 01/01/2025 đã qua"),
            ({"until": "x"}, "hợp lệ"),
            ({"reason": "  "}, "bắt buộc"),
            ({"unit": ""}, "bắt buộc"),
            ({"unit": "commune-0"}, "Chọn một xã hoặc huyện của tỉnh"),
        ],
    )
    def test_nonsense_is_refused_beside_the_field_and_kept(self, client, closed, spoilt, sentence):
        page = self.grant(client, closed, **spoilt)
        [field] = spoilt
        [error] = page.context["granting"].errors[field]
        assert sentence in error
        if field != "reason":
            assert "mưa lũ</textarea>" in page.content.decode()
        assert not PeriodException.objects.exists()

    def test_unit_of_another_province_is_refused(self, client, closed):
        other = World()
        for unit in [f"commune-{other.commune.pk}", f"district-{other.district.pk}"]:
            page = self.grant(client, closed, unit=unit)
            assert list(page.context["granting"].errors) == ["unit"]

    def test_open_period_needs_none(self, client, world):
        page = self.grant(client, world).content.decode()
        assert "đang ở trạng thái “đang mở”" in page
        assert not PeriodException.objects.exists()

    def test_withdrawing_asks_then_ends_it_and_keeps_the_reason(self, client, closed):
        self.grant(client, closed)
        granted = PeriodException.objects.get()
        where = {"province": closed.province.code, "pk": granted.pk}
        withdraw = reverse("criteria:withdraw_exception", kwargs=where)
        assert str(closed.commune) in client.get(withdraw).content.decode()
        assert not why_not_writable([closed.assessment])
        page = client.post(withdraw, {"reason": "nhầm xã"}, follow=True).content.decode()
        assert "Đã thu hồi ngoại lệ" in page
        assert why_not_writable([closed.assessment])
        row = granted.history.first()
        assert (row.history_change_reason, row.history_user) == ("nhầm xã", closed.officer)
        page = client.post(withdraw, {"reason": "lần nữa"}, follow=True).content.decode()
        assert "đã hết hiệu lực" in page
        assert granted.history.count() == 2

    def test_withdrawing_is_for_officers_of_the_province(self, client, closed):
        self.grant(client, closed)
        granted = PeriodException.objects.get()
        stranger = World()
        for user, code, status in [
            (closed.staff, closed.province.code, 403),
            (stranger.officer, closed.province.code, 404),
            (stranger.officer, stranger.province.code, 404),
        ]:
            client.force_login(user)
            where = {"province": code, "pk": granted.pk}
            withdraw = reverse("criteria:withdraw_exception", kwargs=where)
            assert client.post(withdraw, {"reason": "x"}).status_code == status
        client.logout()
        assert "/accounts/login/" in client.post(withdraw).url
        assert not why_not_writable([closed.assessment])


class TestLimits:
    def test_are_made_then_changed_with_history(self, client, world):
        send(client, world, "limits", points="12,5", percent="40")
        send(client, world, "limits", points="15", percent="40")
        send(client, world, "limits", points="15", percent="40")
        limits = EntryLimits.objects.get()
        assert (limits.province, limits.points, limits.percent) == (world.province, 15, 40)
        kept = limits.history.values_list("points", "history_user")
        assert list(kept) == [(15, world.officer.pk), (12.5, world.officer.pk)]

    @pytest.mark.parametrize("points", ["0", "-1", "x", ""])
    def test_refuse_what_is_no_limit_and_keep_it(self, client, world, points):
        page = send(client, world, "limits", points=points, percent="41")
        assert len(page.context["limits"].errors["points"]) == 1
        assert 'value="41"' in page.content.decode()
        assert not EntryLimits.objects.exists()

"""What people are told: once, in the app and by e-mail."""

from datetime import timedelta
from io import StringIO
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

import criteria.mail
from accounts.models import Role, User
from criteria import opening, steps
from criteria.mail import mail_waiting
from criteria.models import Notice, PeriodException, ReportingPeriod
from criteria.notices import tell
from tests.criteria.world import World
from tests.factories import make_user

pytestmark = pytest.mark.django_db
NOTICES = "/notices/"


@pytest.fixture
def world():
    return World()


class TestTelling:
    def test_each_person_is_told(self, world):
        tell([world.staff, world.officer], "due_soon", "due:1", period=world.period)
        assert set(Notice.objects.values_list("user", "kind", "period")) == {
            (world.staff.pk, "due_soon", world.period.pk),
            (world.officer.pk, "due_soon", world.period.pk),
        }

    def test_nobody_is_told_twice_under_a_key(self, world):
        tell([world.staff], "due_soon", "due:1", period=world.period)
        tell([world.staff, world.officer], "due_soon", "due:1", period=world.period)
        tell([world.staff], "due_soon", "due:2", period=world.period)
        told = Notice.objects.order_by("pk").values_list("user", "key")
        assert list(told) == [
            (world.staff.pk, "due:1"),
            (world.officer.pk, "due:1"),
            (world.staff.pk, "due:2"),
        ]

    def test_who_cannot_sign_in_any_more_is_not_told(self, world):
        world.staff.is_active = False
        tell([world.staff], "due_soon", "due:1", period=world.period)
        assert not Notice.objects.exists()

    def test_costs_one_query_for_any_number_of_people(self, world, django_assert_num_queries):
        users = [world.staff, world.officer, world.district_staff]
        with django_assert_num_queries(1):
            tell(users, "due_soon", "due:1", period=world.period)


@pytest.mark.parametrize("of_district", [False, True])
def test_exception_is_told_to_who_enters(of_district):
    world = World(status=ReportingPeriod.Status.CLOSED)
    neighbour = world.make_user(Role.COMMUNE_STAFF, commune=world.make_commune_here())
    world.make_user(Role.COMMUNE_STAFF, commune=world.other_commune)
    unit = {"district": world.district} if of_district else {"commune": world.commune}
    until = timezone.now() + timedelta(days=1)
    exception = PeriodException(period=world.period, until=until, reason="mất điện", **unit)
    opening.grant(exception, by=world.officer)
    told = {notice.user for notice in Notice.objects.filter(period=world.period)}
    assert told == {world.staff, world.district_staff} | ({neighbour} if of_district else set())
    notice = Notice.objects.first()
    assert notice.sentence.startswith("Quý 2/2025 đã đóng, nhưng anh/chị được nhập theo ngoại lệ")
    assert notice.get_absolute_url() == "/work/"


def test_return_is_told_to_who_enters():
    world = World(district_verifies=False)
    world.fill(by=world.district_staff)
    world.take(steps.submit, by=world.staff)
    world.take(steps.send_back, {}, by=world.officer, version=2, reason="Thiếu hồ sơ")
    told = Notice.objects.all()
    assert {notice.user for notice in told} == {world.staff, world.district_staff}
    assert told[0].sentence == (
        f"{world.assessment}: phiếu bị trả lại. Hãy chỉnh sửa rồi nộp lại."
    )
    assert told[0].get_absolute_url() == world.assessment.get_absolute_url()


def test_return_reaches_who_enters_now_and_no_author_who_left():
    """Also where nobody entered what was illustrative, or the author's account is closed."""
    world = World(district_verifies=False)
    official = world.make_user(Role.PROVINCIAL_OFFICER, province=world.province)
    moved = world.make_user(Role.COMMUNE_STAFF, commune=world.commune)
    world.fill(by=world.staff)
    world.save(world.change("1.1", 95, version=1), by=official)
    world.save(world.change("2.1", verdict="basically", version=1), by=moved)
    world.take(steps.submit, by=world.staff)
    User.objects.filter(pk=world.staff.pk).update(is_active=False)
    moved.memberships.all().delete()
    successor = world.make_user(Role.COMMUNE_STAFF, commune=world.commune)
    world.make_user(Role.COMMUNE_STAFF, commune=world.other_commune)
    world.take(steps.send_back, {}, by=world.officer, version=2, reason="Thiếu hồ sơ")
    told = {notice.user for notice in Notice.objects.all()}
    assert told == {official, successor, world.district_staff}


class TestMail:
    @pytest.fixture
    def world(self, settings):
        settings.SITE_URL = "https://ntm.example"
        world = World()
        world.staff.email, world.officer.email = "xa@example.vn", "tinh@example.vn"
        User.objects.bulk_update([world.staff, world.officer], ["email"])
        return world

    def told(self, world, *users, key="due:1"):
        tell(users or [world.staff], "due_soon", key, period=world.period)
        return Notice.objects.all()

    def test_goes_out_after_the_commit(self, world, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks(execute=True):
            self.told(world, world.staff, world.district_staff)
            assert mail.outbox == []
        (sent,) = mail.outbox
        assert sent.to == ["xa@example.vn"]
        assert sent.subject == "Quý 2/2025 đến hạn nộp ngày 30/06/2025."
        assert "https://ntm.example/work/" in sent.body
        mailed = Notice.objects.exclude(mailed_at=None)
        assert mailed.get().user == world.staff

    def test_nothing_is_mailed_twice(self, world):
        notices = self.told(world)
        assert mail_waiting(notices) == 1
        assert mail_waiting(notices) == 0
        assert len(mail.outbox) == 1

    def test_of_two_runs_at_once_one_sends(self, world, monkeypatch):
        """The other run claims the notice between this one's reading and sending it."""
        notices = self.told(world)
        once = criteria.mail._mail_once

        def late(notice, connection):
            Notice.objects.update(mailed_at=timezone.now())
            return once(notice, connection)

        monkeypatch.setattr(criteria.mail, "_mail_once", late)
        assert mail_waiting(notices) == 0
        assert mail.outbox == []

    def test_what_is_read_or_old_is_not_mailed(self, world):
        notices = self.told(world)
        notices.update(read_at=timezone.now())
        assert mail_waiting(notices) == 0
        notices.update(read_at=None, made_at=timezone.now() - timedelta(days=8))
        assert mail_waiting(notices) == 0

    def test_server_that_does_not_answer_is_tried_again(self, world, monkeypatch, capsys):
        asked = []

        def no_answer(backend, messages):
            asked.append(messages)
            raise ConnectionRefusedError

        self.told(world, world.staff, world.officer)
        with monkeypatch.context() as broken:
            broken.setattr(EmailBackend, "send_messages", no_answer)
            call_command("send_notices")
        assert len(asked) == 1
        assert not Notice.objects.exclude(mailed_at=None).exists()
        call_command("send_notices")
        assert len(mail.outbox) == 2
        assert capsys.readouterr().out.splitlines() == [
            "Đã gửi 0 thông báo qua thư điện tử.",
            "Đã gửi 2 thông báo qua thư điện tử.",
        ]

    def test_server_that_breaks_off_ends_the_run(self, world, monkeypatch):
        send, asked = EmailBackend.send_messages, []

        def break_off(backend, messages):
            asked.append(messages)
            if len(asked) == 2:
                raise SMTPServerDisconnected
            return send(backend, messages)

        monkeypatch.setattr(EmailBackend, "send_messages", break_off)
        for key in ["one", "two"]:
            notices = self.told(world, world.staff, world.officer, key=key)
        assert mail_waiting(notices) == 1
        assert len(asked) == 2
        assert Notice.objects.filter(mailed_at=None).count() == 3

    def test_all_of_a_run_go_over_one_connection(self, world, monkeypatch):
        opened, used = [], []
        monkeypatch.setattr(EmailBackend, "open", lambda backend: opened.append(backend))
        monkeypatch.setattr(EmailBackend, "send_messages", lambda backend, _: used.append(backend))
        notices = self.told(world, world.staff, world.officer)
        assert mail_waiting(notices) == 2
        assert len(opened) == 1
        assert used == opened * 2
        assert mail_waiting(notices) == 0
        assert len(opened) == 1

    def test_request_mails_the_first_few_and_leaves_the_rest(
        self, world, django_capture_on_commit_callbacks
    ):
        others = [make_user(email=f"{number}@example.vn") for number in range(8)]
        with django_capture_on_commit_callbacks(execute=True):
            self.told(world, *others)
        assert len(mail.outbox) == 5
        call_command("send_notices", stdout=StringIO())
        assert len(mail.outbox) == 8

    def test_one_bad_address_does_not_keep_the_others_back(self, world, monkeypatch):
        send = EmailBackend.send_messages

        def refuse_one(backend, messages):
            if messages[0].to == ["tinh@example.vn"]:
                raise SMTPRecipientsRefused({})
            return send(backend, messages)

        monkeypatch.setattr(EmailBackend, "send_messages", refuse_one)
        assert mail_waiting(self.told(world, world.officer, world.staff)) == 1
        assert mail.outbox[0].to == ["xa@example.vn"]


class TestPage:
    @pytest.fixture
    def told(self, world, client):
        for key in ["one", "two", "three"]:
            tell([world.staff, world.officer], "overdue", key, period=world.period)
        client.force_login(world.staff)
        return Notice.objects.filter(user=world.staff).order_by("pk")

    def test_unread_come_first(self, client, told):
        told.filter(key="three").update(read_at=timezone.now())
        answer = client.get(NOTICES)
        assert [notice.key for notice in answer.context["page"]] == ["two", "one", "three"]
        assert "Anh/chị có 2 thông báo chưa đọc" in answer.content.decode()

    def test_one_is_marked_as_read(self, client, told):
        answer = client.post(reverse("criteria:notice_read", args=[told[1].pk]))
        assert answer.url == NOTICES
        assert [notice.key for notice in told.unread()] == ["one", "three"]

    def test_all_are_marked_as_read(self, world, client, told):
        client.post(reverse("criteria:notices_read"))
        assert not told.unread().exists()
        assert Notice.objects.filter(user=world.officer).unread().count() == 3

    def test_notice_of_somebody_else_is_not_there(self, world, client, told):
        other = Notice.objects.filter(user=world.officer).first()
        answer = client.post(reverse("criteria:notice_read", args=[other.pk]))
        assert answer.status_code == 404
        assert Notice.objects.unread().count() == 6

    def test_nothing_is_marked_by_following_a_link(self, client, told):
        assert client.get(reverse("criteria:notices_read")).status_code == 405

    def test_nobody_reads_without_signing_in(self, client, told):
        client.logout()
        assert client.get(NOTICES).status_code == 302

    def test_costs_the_same_queries_for_any_number_of_notices(
        self, world, client, told, django_assert_num_queries
    ):
        for number in range(20):
            tell([world.staff], "returned", f"{number}", assessment=world.assessment)
        # session, user, roles; unread, all, those of the page
        with django_assert_num_queries(6):
            client.get(NOTICES)

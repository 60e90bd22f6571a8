"""Webhooks registered, changed, paused and tried out on their pages."""

import re
import socket

import pytest
from django.urls import reverse

from accounts.models import Delivery, Webhook
from tests.accounts.webhooks.makers import EVERYTHING, make_delivery, make_webhook
from tests.accounts.webhooks.receiver import answering
from tests.factories import make_province, make_user

pytestmark = pytest.mark.django_db
TYPED = {"name": "Kho dữ liệu", "url": "https://nhan.example/ntm", "events": EVERYTHING}


@pytest.fixture
def signed_in(client, administrator):
    client.force_login(administrator)
    return client


@pytest.fixture(autouse=True)
def _names(monkeypatch):
    """nhan.example is a server on the Internet."""
    real = socket.getaddrinfo

    def look_up(host, port, *args, **kwargs):
        host = "8.8.8.8" if host == "nhan.example" else host
        return real(host, port, *args, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", look_up)


def at(name, province, pk=None, **more):
    place = {"province": province.code} | ({"pk": pk} if pk else {})
    return reverse(name, kwargs=place | more)


def text_of(answer):
    return answer.content.decode()


def registered(client, province, **typed):
    return client.post(at("webhook_add", province), TYPED | typed, follow=True)


class TestRegistering:
    def test_secret_is_shown_until_it_is_noted_down(self, signed_in, province):
        page = text_of(registered(signed_in, province))
        webhook = Webhook.objects.get()
        shown = re.search(r"whsec_[\w+/=]+", page)[0]
        assert shown == webhook.open_secret
        address = at("webhook_secret", province, webhook.pk)
        assert shown in text_of(signed_in.get(address))
        signed_in.post(address)
        assert shown not in text_of(signed_in.get(address))

    def test_secret_is_stored_encrypted_and_not_in_the_history(self, signed_in, province):
        registered(signed_in, province)
        webhook = Webhook.objects.get()
        assert webhook.open_secret.startswith("whsec_")
        assert "whsec_" not in webhook.secret
        assert not hasattr(webhook.history.get(), "secret")

    def test_somebody_else_does_not_see_the_secret(self, signed_in, province, client):
        registered(signed_in, province)
        webhook = Webhook.objects.get()
        client.force_login(make_user(role="administrator", province=province))
        assert "whsec_" not in text_of(client.get(at("webhook_secret", province, webhook.pk)))

    def test_history_says_who(self, signed_in, province, administrator):
        registered(signed_in, province)
        webhook = Webhook.objects.get()
        assert (webhook.made_by, webhook.history.get().history_user) == (administrator,) * 2

    @pytest.mark.parametrize(
        ("typed", "words"),
        [
            ({"url": "http://nhan.example/"}, "https://"),
            ({"url": "https://10.0.0.1/"}, "mạng riêng"),
            ({"events": []}, "Trường này"),
            ({"events": ["test"]}, "test"),
            ({"name": ""}, "Trường này"),
        ],
    )
    def test_what_is_wrong_is_said_and_nothing_is_saved(self, signed_in, province, typed, words):
        assert words in text_of(registered(signed_in, province, **typed))
        assert not Webhook.objects.exists()

    def test_name_is_there_once_in_a_province(self, signed_in, province, administrator):
        make_webhook(province=make_province(), by=administrator, name=TYPED["name"])
        registered(signed_in, province)
        assert "mang tên này" in text_of(registered(signed_in, province))
        assert Webhook.objects.filter(province=province).count() == 1


class TestChanging:
    @pytest.fixture
    def webhook(self, signed_in, province):
        registered(signed_in, province)
        return Webhook.objects.get()

    def change(self, client, webhook, **typed):
        address = at("webhook_change", webhook.province, webhook.pk)
        typed = TYPED | {"version": webhook.history.count(), "reason": "đổi máy chủ"} | typed
        return client.post(address, typed, follow=True)

    def test_change_is_saved_with_its_reason(self, signed_in, webhook):
        page = self.change(signed_in, webhook, events=["assessment.approved"])
        webhook.refresh_from_db()
        assert webhook.events == ["assessment.approved"]
        assert "đổi máy chủ" in text_of(page)

    def test_stale_change_shows_what_stands(self, signed_in, webhook):
        self.change(signed_in, webhook, events=["assessment.approved"])
        page = text_of(self.change(signed_in, webhook, version=1))
        assert "Một phiếu đánh giá được phê duyệt" in page
        webhook.refresh_from_db()
        assert webhook.events == ["assessment.approved"]

    def step(self, client, webhook, name):
        client.post(at(f"webhook_{name}", webhook.province, webhook.pk), {"reason": "thử"})
        webhook.refresh_from_db()
        return webhook

    def test_it_is_paused_and_switched_on_again(self, signed_in, webhook):
        assert not self.step(signed_in, webhook, "pause").is_active
        Webhook.objects.update(failing_since=webhook.made_at)
        resumed = self.step(signed_in, webhook, "resume")
        assert (resumed.is_active, resumed.failing_since) == (True, None)
        reasons = webhook.history.values_list("history_change_reason", flat=True)
        assert list(reasons) == ["thử", "thử", None]

    def test_second_pause_is_refused(self, signed_in, webhook):
        self.step(signed_in, webhook, "pause")
        self.step(signed_in, webhook, "pause")
        assert webhook.history.count() == 2

    def test_renewed_secret_is_another_and_is_shown(self, signed_in, webhook):
        before = webhook.open_secret
        self.step(signed_in, webhook, "renew")
        assert webhook.open_secret != before
        page = text_of(signed_in.get(at("webhook_secret", webhook.province, webhook.pk)))
        assert webhook.open_secret in page
        assert before not in page

    def test_step_without_a_reason_changes_nothing(self, signed_in, webhook):
        signed_in.post(at("webhook_pause", webhook.province, webhook.pk), {"reason": " "})
        webhook.refresh_from_db()
        assert webhook.is_active


class TestLog:
    def test_test_message_is_sent_at_once_and_its_outcome_told(self, signed_in, webhook, receiver):
        address = at("webhook_test", webhook.province, webhook.pk)
        assert "đã đến nơi" in text_of(signed_in.post(address, follow=True))
        receiver.answer = answering(410, b"khong con")
        page = text_of(signed_in.post(address, follow=True))
        assert "410 khong con" in page
        states = Delivery.objects.order_by("pk").values_list("event", "state")
        assert list(states) == [("test", "delivered"), ("test", "given_up")]
        webhook.refresh_from_db()
        assert webhook.failing_since is None

    def test_message_is_sent_again(self, signed_in, webhook, receiver):
        delivery = make_delivery(webhook=webhook, state="given_up", next_try_at=None, attempts=8)
        place = {"pk": webhook.pk, "delivery": delivery.pk}
        page = text_of(signed_in.get(at("webhook_delivery", webhook.province, **place)))
        assert str(delivery.key) in page
        signed_in.post(at("webhook_again", webhook.province, **place))
        delivery.refresh_from_db()
        assert (delivery.state, delivery.attempts) == ("delivered", 9)
        assert len(receiver.taken) == 1

    def test_message_of_another_webhook_is_not_found(self, signed_in, webhook, administrator):
        theirs = make_webhook(province=make_province(), by=administrator)
        delivery = make_delivery(webhook=theirs)
        for pk in (webhook.pk, theirs.pk):
            address = at("webhook_delivery", webhook.province, pk=pk, delivery=delivery.pk)
            assert signed_in.get(address).status_code == 404

    def test_filters_narrow_the_log_and_its_file(self, signed_in, webhook):
        make_delivery(webhook=webhook, event="test")
        given_up = {"state": "given_up", "next_try_at": None}
        make_delivery(webhook=webhook, event="assessment.approved", **given_up)
        page = signed_in.get(webhook.get_absolute_url(), {"state": "given_up"})
        assert [row.event for row in page.context["page"]] == ["assessment.approved"]
        address = at("webhook_table", webhook.province, webhook.pk, table="messages", kind="csv")
        content = text_of(signed_in.get(address, {"state": "given_up"}))
        assert "Một phiếu đánh giá được phê duyệt" in content
        assert "Gửi thử" not in content

    def test_answer_of_the_server_is_no_formula_in_the_file(self, signed_in, webhook):
        make_delivery(webhook=webhook, answer="=1+1")
        address = at("webhook_table", webhook.province, webhook.pk, table="messages", kind="csv")
        assert "'=1+1" in text_of(signed_in.get(address))

    def test_administrators_see_what_was_given_up_or_paused(self, signed_in, webhook):
        make_delivery(webhook=webhook, state="given_up", next_try_at=None)
        Webhook.objects.update(is_active=False, failing_since=webhook.made_at)
        page = signed_in.get(at("webhooks", webhook.province))
        [row] = page.context["webhooks"]
        assert (row.given_up, row.waiting) == (1, 0)
        assert "Tạm dừng" in text_of(page)
        assert "tự tạm dừng" in text_of(signed_in.get(webhook.get_absolute_url()))

    def test_page_costs_the_same_queries_for_any_number_of_messages(
        self, signed_in, webhook, django_assert_num_queries
    ):
        def ask():
            # session, user, roles; province; webhook; number of messages, messages; two of history
            with django_assert_num_queries(9):
                signed_in.get(webhook.get_absolute_url())

        make_delivery(webhook=webhook)
        webhook.save()
        ask()
        for _ in range(5):
            make_delivery(webhook=webhook)
            webhook.save()
        ask()

    def test_list_costs_the_same_queries_for_any_number_of_webhooks(
        self, signed_in, webhook, administrator, django_assert_num_queries
    ):
        def ask():
            # session, user, roles; province; webhooks
            with django_assert_num_queries(5):
                signed_in.get(at("webhooks", webhook.province))

        ask()
        for number in range(4):
            make_webhook(province=webhook.province, by=administrator, name=f"Nơi {number}")
        ask()


def test_registers_lead_there_only_who_administers(signed_in, client, province):
    address = reverse("registers", kwargs={"province": province.code})
    assert at("webhooks", province) in text_of(signed_in.get(address))
    client.force_login(make_user(role="provincial_officer", province=province))
    assert at("webhooks", province) not in text_of(client.get(address))

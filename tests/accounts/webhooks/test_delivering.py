"""Attempts: claimed once, tried again later and later, given up, paused."""

import threading
from datetime import timedelta
from io import StringIO
from itertools import pairwise

import pytest
from django.core.management import call_command
from django.db import connections
from django.utils import timezone

from accounts.models import Delivery, Webhook
from accounts.webhooks import delivering, tasks
from accounts.webhooks.delivering import MOST_ATTEMPTS, attempt, send_again, wait_after
from tests.accounts.webhooks.makers import make_delivery, make_webhook
from tests.accounts.webhooks.receiver import answering

pytestmark = pytest.mark.django_db
State = Delivery.State


@pytest.fixture
def delivery(webhook):
    return make_delivery(webhook=webhook)


@pytest.fixture
def broken(receiver):
    receiver.answer = answering(500)
    return receiver


def run():
    out = StringIO()
    call_command("send_webhooks", stdout=out)
    return out.getvalue().strip()


def later(**of):
    """As if the time of the next attempts had come."""
    Delivery.objects.filter(next_try_at__isnull=False).update(
        next_try_at=timezone.now() - timedelta(seconds=1)
    )


def test_command_sends_what_waits_and_says_how_much(delivery, receiver):
    assert run() == "Đã gửi đến nơi: 1. Chưa gửi được: 0."
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts, delivery.status) == (State.DELIVERED, 1, 200)
    assert delivery.next_try_at is None
    assert delivery.milliseconds is not None
    assert run() == "Đã gửi đến nơi: 0. Chưa gửi được: 0."
    assert len(receiver.taken) == 1


def test_failure_waits_for_its_next_attempt(delivery, broken):
    run()
    run()
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts, delivery.status) == (State.FAILED, 1, 500)
    wait = delivery.next_try_at - delivery.tried_at
    assert timedelta(seconds=64) <= wait <= timedelta(seconds=96)
    assert len(broken.taken) == 1


def test_same_message_is_sent_at_every_attempt_and_signed_anew(delivery, broken):
    run()
    later()
    run()
    (_path, first, body), (_path, second, same) = broken.taken
    assert body == same
    assert first["Webhook-Id"] == second["Webhook-Id"]


def test_waits_grow_threefold_with_some_chance_up_to_about_a_day(monkeypatch):
    monkeypatch.setattr("random.uniform", lambda low, high: 1)
    waits = [wait_after(attempts) for attempts in range(1, MOST_ATTEMPTS)]
    assert waits[0] == timedelta(seconds=80)
    assert all(after == 3 * before for before, after in pairwise(waits))
    assert timedelta(hours=20) < sum(waits, timedelta()) < timedelta(hours=28)
    monkeypatch.undo()
    assert len({wait_after(3) for _ in range(20)}) > 1
    assert timedelta(seconds=0.79 * 720) < wait_after(3) < timedelta(seconds=1.21 * 720)


def test_it_is_given_up_after_the_last_attempt(delivery, broken):
    for _ in range(MOST_ATTEMPTS + 2):
        later()
        run()
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts) == (State.GIVEN_UP, MOST_ATTEMPTS)
    assert delivery.next_try_at is None
    assert len(broken.taken) == MOST_ATTEMPTS


def test_server_that_is_up_again_gets_what_failed(delivery, broken, webhook):
    run()
    webhook.refresh_from_db()
    assert webhook.failing_since
    broken.answer = answering(204)
    later()
    run()
    delivery.refresh_from_db()
    webhook.refresh_from_db()
    assert (delivery.state, webhook.failing_since) == (State.DELIVERED, None)


def test_failing_server_is_asked_once_a_run_and_holds_up_nobody(
    delivery, broken, webhook, province, administrator
):
    make_delivery(webhook=webhook)
    settings_of_good = {"province": province, "by": administrator, "name": "Khác"}
    good = make_webhook(url=broken.url + "/tot", **settings_of_good)
    make_delivery(webhook=good)
    bad = broken.answer

    def answer(handler):
        (answering(200) if handler.path.endswith("tot") else bad)(handler)

    broken.answer = answer
    assert run() == "Đã gửi đến nơi: 1. Chưa gửi được: 1."
    assert len(broken.taken) == 2


class TestClaims:
    def test_one_who_comes_second_sends_nothing(self, delivery, receiver):
        stale = Delivery.objects.select_related("webhook").get(pk=delivery.pk)
        assert attempt(delivery)
        assert not attempt(stale)
        assert len(receiver.taken) == 1

    def test_second_click_on_send_again_sends_nothing(self, delivery, broken):
        attempt(delivery)
        first, second = (Delivery.objects.get(pk=delivery.pk) for _ in range(2))
        assert send_again(first)
        assert not send_again(second)
        assert len(broken.taken) == 2

    def test_worker_that_died_costs_one_attempt(self, delivery, receiver, monkeypatch):
        def die(*args):
            raise SystemExit

        monkeypatch.setattr(delivering, "send", die)
        with pytest.raises(SystemExit):
            attempt(delivery)
        monkeypatch.undo()
        run()
        assert receiver.taken == []
        later()
        run()
        delivery.refresh_from_db()
        assert (delivery.state, delivery.attempts) == (State.DELIVERED, 2)

    def test_answer_that_comes_late_does_not_undo_a_later_attempt(self, delivery, broken):
        late = Delivery.objects.select_related("webhook").get(pk=delivery.pk)
        assert delivering._claim(late)
        later()
        broken.answer = answering(200)
        assert attempt(Delivery.objects.select_related("webhook").get(pk=delivery.pk))
        delivering._write_down(late, delivering.Answer(500, "", 1))
        delivery.refresh_from_db()
        assert delivery.state == State.DELIVERED


@pytest.mark.django_db(transaction=True)
def test_many_workers_at_once_send_an_attempt_once(delivery, receiver):
    workers = 8
    barrier = threading.Barrier(workers)

    def work():
        mine = Delivery.objects.select_related("webhook").get(pk=delivery.pk)
        barrier.wait()
        attempt(mine)
        connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(receiver.taken) == 1


class TestPausing:
    def fail_since(self, webhook, **ago):
        Webhook.objects.filter(pk=webhook.pk).update(
            failing_since=timezone.now() - timedelta(**ago)
        )
        run()
        webhook.refresh_from_db()

    def test_webhook_that_fails_for_days_is_paused_with_history(self, delivery, broken, webhook):
        self.fail_since(webhook, days=3, minutes=1)
        assert not webhook.is_active
        newest = webhook.history.first()
        assert "Tự tạm dừng" in newest.history_change_reason
        assert newest.history_user is None

    def test_webhook_that_fails_since_yesterday_goes_on(self, delivery, broken, webhook):
        self.fail_since(webhook, days=2, hours=23)
        assert webhook.is_active

    def test_what_waits_for_a_paused_webhook_is_kept(self, delivery, receiver, webhook):
        Webhook.objects.update(is_active=False)
        run()
        assert receiver.taken == []
        Webhook.objects.update(is_active=True)
        run()
        assert len(receiver.taken) == 1


class TestQueue:
    @pytest.fixture
    def again(self, monkeypatch, settings):
        """When the worker is asked to try again."""
        asked = []
        task = tasks.send_delivery.__class__
        monkeypatch.setattr(task, "using", lambda one, run_after: asked.append(run_after) or one)
        monkeypatch.setattr(task, "enqueue", lambda one, pk: None)
        return asked

    def test_worker_tries_again_when_the_time_has_come(self, delivery, broken, again):
        tasks.send_delivery.func(delivery.pk)
        delivery.refresh_from_db()
        assert again == [delivery.next_try_at]

    def test_worker_leaves_what_has_arrived(self, delivery, receiver, again):
        tasks.send_delivery.func(delivery.pk)
        tasks.send_delivery.func(delivery.pk)
        assert again == []
        assert len(receiver.taken) == 1


def test_what_is_over_is_forgotten_after_three_months(webhook):
    old = timezone.now() - timedelta(days=91)
    over = {"state": State.DELIVERED, "next_try_at": None}
    make_delivery(webhook=webhook, made_at=old, **over)
    young = make_delivery(webhook=webhook, **over)
    Webhook.objects.update(is_active=False)
    waiting = make_delivery(webhook=webhook, made_at=old)
    run()
    assert set(Delivery.objects.all()) == {young, waiting}

"""One message to a server that may be slow, wrong or hostile."""

import json
import socket
import time
from functools import partial

import pytest

from accounts.models import Webhook
from accounts.webhooks import sending
from tests.accounts.webhooks.makers import make_delivery, make_webhook
from tests.accounts.webhooks.receiver import answering

pytestmark = pytest.mark.django_db


@pytest.fixture
def delivery(webhook):
    return make_delivery(webhook=webhook)


@pytest.fixture
def quick(monkeypatch):
    monkeypatch.setattr(sending, "SECONDS", 0.4)


def test_message_arrives_as_it_was_written(receiver, delivery):
    answer = sending.send(delivery)
    assert (answer.status, answer.excerpt, answer.is_good) == (200, "ok", True)
    [(path, headers, body)] = receiver.taken
    assert path == "/ntm"
    assert json.loads(body) == json.loads(delivery.body)
    assert headers["Webhook-Id"] == str(delivery.key)
    assert headers["Content-Type"].startswith("application/json")


def test_other_status_is_no_delivery(receiver, delivery):
    receiver.answer = answering(503, "bận".encode())
    answer = sending.send(delivery)
    assert (answer.status, answer.excerpt, answer.is_good) == (503, "bận", False)


def test_redirect_is_not_followed_nor_read(receiver, delivery):
    poured = []

    def pour(handler):
        answering(302, **{"Location": f"{receiver.url}/khac", "Content-Length": "67108864"})(
            handler
        )
        for _megabyte in range(64):
            handler.wfile.write(bytes(2**20))
        poured.append("all of it")

    receiver.answer = pour
    answer = sending.send(delivery)
    assert (answer.status, answer.is_good, len(receiver.taken)) == (302, False, 1)
    assert poured == []


def test_answer_is_read_to_a_bound(receiver, delivery):
    receiver.answer = answering(200, b"a\x00\n" * 1_000_000)
    answer = sending.send(delivery)
    assert answer.is_good
    assert len(answer.excerpt) == 500
    assert answer.excerpt.isprintable()


def test_slow_server_is_left_after_the_limit(receiver, delivery, quick):
    receiver.answer = lambda handler: time.sleep(1)
    began = time.monotonic()
    answer = sending.send(delivery)
    assert time.monotonic() - began < 0.9
    assert answer.status is None
    assert "không trả lời" in answer.excerpt


def test_server_that_answers_a_byte_at_a_time_is_cut_off(receiver, delivery, quick):
    def drip(handler):
        for _ in range(100):
            handler.wfile.write(b"H")
            time.sleep(0.05)

    receiver.answer = drip
    began = time.monotonic()
    answer = sending.send(delivery)
    assert time.monotonic() - began < 1.5
    assert answer.status is None


def test_server_that_is_not_there_is_told(province, administrator, settings):
    settings.WEBHOOKS_MAY_GO_TO_PRIVATE_ADDRESSES = True
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}/"
        webhook = make_webhook(province=province, by=administrator, url=url)
        answer = sending.send(make_delivery(webhook=webhook))
    assert answer.status is None
    assert "Không kết nối được" in answer.excerpt


def test_proxy_of_the_environment_is_not_used(receiver, delivery, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    assert sending.send(delivery).is_good


class TestPrivateAddressesAreShut:
    """A webhook that was registered once, and leads inside when something is sent."""

    @pytest.fixture
    def connections(self, monkeypatch):
        """What is connected to, by any means."""
        made = []
        connect = socket.socket.connect

        def note(sock, place):
            made.append(place)
            return connect(sock, place)

        monkeypatch.setattr(socket.socket, "connect", note)
        return made

    def send_to(self, webhook, url):
        Webhook.objects.filter(pk=webhook.pk).update(url=url)
        return sending.send(make_delivery(webhook=Webhook.objects.get(pk=webhook.pk)))

    @pytest.fixture
    def shut(self, receiver, webhook, settings):
        settings.WEBHOOKS_MAY_GO_TO_PRIVATE_ADDRESSES = False
        return partial(self.send_to, webhook)

    @pytest.mark.parametrize(
        "host",
        [
            "127.0.0.1",
            "[::1]",
            "10.0.0.1",
            "169.254.169.254",
            "[::ffff:127.0.0.1]",
            "2130706433",
            "0177.0.0.1",
        ],
    )
    def test_no_connection_is_made(self, shut, receiver, connections, host):
        answer = shut(f"https://{host}:{receiver.server_port}/ntm")
        assert answer.status is None
        assert "mạng riêng" in answer.excerpt
        assert connections == []
        assert receiver.taken == []

    def test_name_that_leads_elsewhere_by_now_is_refused(
        self, shut, receiver, connections, monkeypatch
    ):
        place = (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", receiver.server_port))
        monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: [place])
        answer = shut(f"https://nhan.example:{receiver.server_port}/ntm")
        assert "mạng riêng" in answer.excerpt
        assert connections == []

    def test_name_is_looked_up_once_and_that_address_is_connected_to(
        self, shut, connections, monkeypatch
    ):
        """A name server that says something else the second time is not asked a second time."""
        asked = []

        def rebind(host, port, *args, **kwargs):
            asked.append(host)
            ip = {"nhan.example": ["93.184.216.34", "127.0.0.1"][len(asked) > 1]}.get(host, host)
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, port))]

        def refuse(sock, place):
            connections.append(place)
            raise ConnectionRefusedError

        monkeypatch.setattr(socket, "getaddrinfo", rebind)
        monkeypatch.setattr(socket.socket, "connect", refuse)
        shut("https://nhan.example/ntm")
        assert asked.count("nhan.example") == 1
        assert [place[0] for place in connections] == ["93.184.216.34"]

    def test_connection_that_came_inside_all_the_same_is_dropped(
        self, shut, receiver, monkeypatch
    ):
        way = "requests_hardened.ip_filter_adapter.filter_host"
        monkeypatch.setattr(way, lambda *args, **kwargs: "127.0.0.1")
        answer = shut(f"https://nhan.example:{receiver.server_port}/ntm")
        assert "mạng riêng" in answer.excerpt
        assert receiver.taken == []

    def test_http_is_refused(self, shut, receiver):
        assert "https://" in shut(receiver.url).excerpt
        assert receiver.taken == []

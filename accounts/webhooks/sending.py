"""One message over the network, to a server that is not trusted.

It may lie about its address, answer without end or a byte at a time, or send us elsewhere.
"""

import socket
import threading
import time
from contextlib import suppress
from dataclasses import dataclass

import requests
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from requests.adapters import HTTPAdapter
from requests_hardened import Config, HTTPSession
from requests_hardened.ip_filter import InvalidIPAddress
from requests_hardened.ip_filter_adapter import IPFilterAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import HTTPError

from accounts.models import Delivery
from accounts.models.webhooks import LONGEST_ANSWER
from accounts.refusals import Refused
from accounts.webhooks.addresses import fault_in_form, may_be_reached
from accounts.webhooks.secrets import signature

SECONDS_TO_CONNECT = 3
# From the connection to the end of the answer, however many packets it comes in.
SECONDS = 5
READ_BYTES = 4 * LONGEST_ANSWER  # as many as that many letters may take


@dataclass(frozen=True)
class Answer:
    """`status` is None where there was none; `excerpt` then says why, in words."""

    status: int | None
    excerpt: str
    milliseconds: int

    @property
    def is_good(self) -> bool:
        return self.status is not None and 200 <= self.status < 300


def send(delivery: Delivery) -> Answer:
    """Send a delivery of a webhook that came with it; never raises."""
    began = time.monotonic()
    try:
        status, excerpt = _post(delivery)
    except Refused as refused:
        status, excerpt = None, str(refused)
    except (requests.RequestException, HTTPError, OSError, ValueError) as error:
        status, excerpt = None, _in_words(error, time.monotonic() - began)
    return Answer(status, excerpt, round(1000 * (time.monotonic() - began)))


def headers_of(delivery: Delivery, timestamp: int) -> dict[str, str]:
    secret, body = delivery.webhook.open_secret, delivery.body.encode()
    return {
        "Content-Type": "application/json; charset=utf-8",
        "Accept-Encoding": "identity",
        "Webhook-Id": str(delivery.key),
        "Webhook-Timestamp": str(timestamp),
        "Webhook-Signature": signature(secret, str(delivery.key), timestamp, body),
    }


def _post(delivery: Delivery) -> tuple[int, str]:
    if fault := fault_in_form(delivery.webhook.url):
        raise Refused(fault)
    headers = headers_of(delivery, int(timezone.now().timestamp()))
    body = delivery.body.encode()
    with _session() as session:
        answer = session.post(delivery.webhook.url, data=body, headers=headers, stream=True)
        return answer.status_code, _excerpt_of(answer)


def _session() -> HTTPSession:
    is_open = settings.WEBHOOKS_MAY_GO_TO_PRIVATE_ADDRESSES
    session = _Session(
        Config(
            ip_filter_enable=not is_open,
            ip_filter_allow_loopback_ips=False,
            never_redirect=True,
            default_timeout=(SECONDS_TO_CONNECT, SECONDS),
            user_agent_override="NTM-Tracker-Webhooks",
        )
    )
    # Neither a proxy, which would look the name up again, nor passwords from ~/.netrc.
    session.trust_env = False
    for scheme, is_https in [("https://", True), ("http://", False)]:
        session.mount(scheme, _Open() if is_open else _Filtered(is_https_proto=is_https))
    return session


def _excerpt_of(answer: requests.Response) -> str:
    """The beginning of what was answered; the rest is not read."""
    read = b""
    with suppress(requests.RequestException, HTTPError, OSError):
        read = answer.raw.read(READ_BYTES, decode_content=False)
    text = read.decode(errors="replace")
    return "".join(letter if letter.isprintable() else " " for letter in text)[:LONGEST_ANSWER]


def _in_words(error: Exception, seconds: float) -> str:
    if isinstance(error, InvalidIPAddress):
        return _leads_inside()
    if isinstance(error, requests.exceptions.SSLError):
        return _("The certificate of the server is not valid for this address.")
    if isinstance(error, requests.Timeout) or seconds >= SECONDS:
        return _("The server did not answer within %(seconds)d seconds.") % {"seconds": SECONDS}
    return _("The server could not be reached.")


def _leads_inside() -> str:
    return _("The address leads into a private network, where nothing may be sent.")


class _Session(HTTPSession):
    def get_redirect_target(self, resp):
        """Nowhere: `requests` reads the whole of an answer that redirects, followed or not."""
        return


class _Watched:
    """A connection that is cut when its time is over, and that looks where it has come to."""

    def _new_conn(self):
        sock = super()._new_conn()
        if not may_be_reached(sock.getpeername()[0]):
            sock.close()
            raise Refused(_leads_inside())
        # a copy, as the connection wraps its own into TLS
        self._copy = sock.dup()
        self._timer = threading.Timer(SECONDS, _cut, [self._copy])
        self._timer.daemon = True
        self._timer.start()
        return sock

    def close(self):
        super().close()
        if timer := getattr(self, "_timer", None):
            timer.cancel()
            self._copy.close()


def _cut(sock: socket.socket):
    with suppress(OSError):
        sock.shutdown(socket.SHUT_RDWR)


class _WatchedHttp(_Watched, HTTPConnection):
    pass


class _WatchedHttps(_Watched, HTTPSConnection):
    pass


class _HttpPool(HTTPConnectionPool):
    ConnectionCls = _WatchedHttp


class _HttpsPool(HTTPSConnectionPool):
    ConnectionCls = _WatchedHttps


class _Watching:
    """An adapter whose connections are watched."""

    def init_poolmanager(self, *args, **kwargs):
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = {"http": _HttpPool, "https": _HttpsPool}


class _Open(_Watching, HTTPAdapter):
    """To wherever the name leads."""


class _Filtered(_Watching, IPFilterAdapter):
    """To the public address that the name was found to have, looked up once."""

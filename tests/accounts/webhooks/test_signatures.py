"""The signature, as the receiving developer checks it by `docs/webhooks.md`."""

import re
import time
from pathlib import Path

import pytest
from django.conf import settings as project

from accounts.refusals import Refused
from accounts.webhooks import sending
from accounts.webhooks.secrets import decrypted, encrypted, new_secret, signature
from tests.accounts.webhooks.makers import make_delivery, make_webhook

GUIDE = Path(project.BASE_DIR) / "docs" / "webhooks.md"


@pytest.fixture
def verify():
    """The snippet of the guide, run as it is printed."""
    [code] = re.findall(r"```python\n(import base64.*?)```", GUIDE.read_text(), re.DOTALL)
    names = {}
    exec(code, names)
    return names["verify"]


@pytest.fixture
def sent(webhook, receiver):
    """Headers and body as they came in."""
    sending.send(make_delivery(webhook=webhook))
    [(_path, headers, body)] = receiver.taken
    return headers, body


@pytest.mark.django_db
class TestSnippet:
    def test_accepts_what_was_sent(self, verify, webhook, sent):
        headers, body = sent
        assert verify(webhook.open_secret, headers, body)

    def test_refuses_another_body(self, verify, webhook, sent):
        headers, body = sent
        assert not verify(webhook.open_secret, headers, body + b" ")

    @pytest.mark.parametrize("name", ["Webhook-Id", "Webhook-Timestamp", "Webhook-Signature"])
    def test_refuses_another_header(self, verify, webhook, sent, name):
        headers, body = sent
        changed = {**headers, name: f"{headers[name]}0"}
        assert not verify(webhook.open_secret, changed, body)

    def test_refuses_another_secret(self, verify, sent):
        assert not verify(new_secret(), *sent)

    def test_refuses_what_is_old(self, verify, webhook, sent, monkeypatch):
        later = time.time() + 301
        monkeypatch.setattr(time, "time", lambda: later)
        assert not verify(webhook.open_secret, *sent)

    def test_accepts_one_of_several_signatures(self, verify, webhook, sent):
        headers, body = sent
        several = {**headers, "Webhook-Signature": f"v1,AAAA {headers['Webhook-Signature']}"}
        assert verify(webhook.open_secret, several, body)


def test_signature_is_that_of_standard_webhooks():
    """The example of the scheme's own libraries."""
    secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    body = b'{"test": 2432232314}'
    expected = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
    assert signature(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, body) == expected


class TestStoring:
    def test_stored_secret_is_unreadable_and_opens_again(self):
        secret = new_secret()
        assert secret not in encrypted(secret)
        assert encrypted(secret) != encrypted(secret)
        assert decrypted(encrypted(secret)) == secret

    def test_older_key_opens_what_it_shut(self, settings):
        stored = encrypted("whsec_AAAA")
        settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
        settings.SECRET_KEY = "một khóa khác"
        assert decrypted(stored) == "whsec_AAAA"

    def test_lost_key_is_told_in_words(self, settings):
        stored = encrypted("whsec_AAAA")
        settings.SECRET_KEY = "một khóa khác"
        with pytest.raises(Refused, match="SECRET_KEY"):
            decrypted(stored)


@pytest.mark.django_db
def test_message_whose_secret_is_lost_is_not_sent_and_says_why(
    province, administrator, receiver, settings
):
    webhook = make_webhook(province=province, by=administrator, url=receiver.url)
    settings.SECRET_KEY = "một khóa khác"
    answer = sending.send(make_delivery(webhook=webhook))
    assert answer.status is None
    assert "SECRET_KEY" in answer.excerpt
    assert receiver.taken == []

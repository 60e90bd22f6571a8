"""A province with a webhook, and a server that receives its messages."""

import pytest

from tests.accounts.webhooks.makers import make_webhook
from tests.accounts.webhooks.receiver import listening
from tests.factories import make_province, make_user


@pytest.fixture
def receiver(settings):
    settings.WEBHOOKS_MAY_GO_TO_PRIVATE_ADDRESSES = True
    with listening() as receiver:
        yield receiver


@pytest.fixture
def province():
    return make_province(name="Lạng Sơn")


@pytest.fixture
def administrator(province):
    return make_user(role="administrator", province=province, full_name="Hoàng Thị Quản")


@pytest.fixture
def webhook(province, administrator, receiver):
    """One that follows everything, to the receiver."""
    return make_webhook(province=province, by=administrator, url=receiver.url)

"""A NUL in an address is a bad request on every database."""

import pytest

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "address", ["/provinces/2%000/", "/search/?q=%00", "/provinces/20/?district=%00"]
)
def test_address_with_a_nul_is_a_bad_request(client, settings, address):
    settings.PUBLIC_DASHBOARD = True
    answer = client.get(address)
    assert answer.status_code == 400

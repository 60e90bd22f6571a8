"""A NUL in an address leads to no page, on any database."""

import pytest

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/provinces/2%000/", 404),
        ("/provinces/20/districts/%00/", 404),
        ("/search/?q=%00", 200),
    ],
)
def test_nul_is_no_fault_of_ours(client, settings, address, status):
    settings.PUBLIC_DASHBOARD = True
    assert client.get(address).status_code == status

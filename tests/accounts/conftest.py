"""Two provinces, an administrator of one, and somebody there."""

import pytest

from tests.factories import make_province, make_user


@pytest.fixture
def ours():
    return make_province(name="Lạng Sơn")


@pytest.fixture
def theirs():
    return make_province(name="Cao Bằng")


@pytest.fixture
def administrator(ours):
    return make_user(role="administrator", province=ours, full_name="Hoàng Thị Quản")


@pytest.fixture
def person(ours):
    return make_user(
        role="viewer", province=ours, full_name="Nguyễn Thị Ánh", username="ntanh", email="a@b.vn"
    )


@pytest.fixture
def signed_in(client, administrator):
    client.force_login(administrator)
    return client

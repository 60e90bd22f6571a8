"""A commune, and an officer of its province who is signed in."""

import pytest

from tests.factories import make_commune, make_district, make_province, make_user


@pytest.fixture
def district():
    return make_district(name="Văn Lãng", province=make_province(name="Tỉnh Lạng"))


@pytest.fixture
def commune(district):
    return make_commune(name="Hội Hoan", district=district)


@pytest.fixture
def officer(district, client):
    officer = make_user(role="provincial_officer", province=district.province)
    client.force_login(officer)
    return officer

"""A page that is answered with 304 still has the forms and messages of its reader."""

import pytest

from tests.factories import make_province, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def url(settings):
    settings.PUBLIC_DASHBOARD = True
    return f"/provinces/{make_province().code}/"


def etag(client, url):
    return client.get(url).headers["ETag"]


def test_second_visit_is_a_304_from_the_very_first_page_on(client, url):
    again = client.get(url, headers={"If-None-Match": etag(client, url)})
    assert again.status_code == 304


def test_page_whose_forms_would_be_refused_is_made_anew(client, url):
    before = etag(client, url)
    make_user(username="an")
    client.post("/accounts/login/", {"login": "an", "password": "mat-khau-thu-nghiem"})
    client.post("/accounts/logout/")
    client.get("/accounts/login/")  # shows the message that waits
    assert client.get(url, headers={"If-None-Match": before}).status_code == 200


def test_waiting_message_is_shown_once_instead_of_a_304(client, url):
    before = etag(client, url)
    client.force_login(make_user())
    client.post("/accounts/logout/")
    first, second = (client.get(url, headers={"If-None-Match": before}) for _ in range(2))
    assert "Anh/chị đã đăng xuất." in first.content.decode()
    assert second.status_code == 304

"""Pages in parts, and what is said when a request is refused."""

import pytest
from django.test import Client

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.ntm_tracker.pages")]
HTMX = {"HX-Request": "true"}


def test_plain_request_gets_the_whole_page(client):
    assert "<html" in client.get("/swapped/").content.decode()


def test_htmx_gets_the_part_alone(client):
    page = client.get("/swapped/", headers=HTMX).content.decode()
    assert "Phần" in page
    assert "<html" not in page


def test_back_button_gets_the_whole_page(client):
    restore = HTMX | {"HX-History-Restore-Request": "true"}
    assert "<html" in client.get("/swapped/", headers=restore).content.decode()


def test_caches_keep_part_and_page_apart(client):
    varies = client.get("/swapped/").headers["Vary"]
    assert {"HX-Request", "HX-History-Restore-Request"} <= set(varies.split(", "))


@pytest.mark.parametrize(
    ("kind", "status", "sentence"),
    [("forbidden", 403, "không được phép"), ("missing", 404, "Không có trang này")],
)
def test_refusal_says_what_to_do_in_the_page_and_in_a_part(client, kind, status, sentence):
    page = client.get(f"/raises/{kind}/")
    part = client.get(f"/raises/{kind}/", headers=HTMX)
    assert (page.status_code, part.status_code) == (status, status)
    assert sentence in page.content.decode()
    assert sentence in part.content.decode()
    assert "<html" not in part.content.decode()


def test_bad_request_is_answered_in_words(client):
    answer = client.get("/swapped/", headers={"Host": "evil.example"})
    assert answer.status_code == 400
    assert "Không hiểu được yêu cầu này" in answer.content.decode()


def test_own_fault_is_admitted_without_database_or_session(django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = Client(raise_request_exception=False).get("/raises/fault/")
    assert answer.status_code == 500
    assert "Hệ thống gặp lỗi" in answer.content.decode()


def test_stale_form_says_how_to_send_it_again():
    answer = Client(enforce_csrf_checks=True).post("/theme/", {"theme": "dark"})
    assert answer.status_code == 403
    assert "Biểu mẫu này đã hết hạn gửi" in answer.content.decode()


def test_chosen_theme_is_printed_by_the_server(client):
    client.post("/theme/", {"theme": "dark"})
    assert 'data-bs-theme="dark"' in client.get("/swapped/").content.decode()


def test_theme_goes_back_to_where_it_was_chosen(client):
    answer = client.post(
        "/theme/", {"theme": "dark"}, headers={"Referer": "http://testserver/swapped/?as_of=1"}
    )
    assert answer.url == "http://testserver/swapped/?as_of=1"


def test_theme_sends_nobody_to_another_site(client):
    answer = client.post(
        "/theme/", {"theme": "dark"}, headers={"Referer": "https://evil.example/"}
    )
    assert answer.url == "/"


@pytest.mark.parametrize("theme", ["", "sepia", '"><script>'])
def test_unknown_theme_is_not_kept(client, theme):
    assert "theme" not in client.post("/theme/", {"theme": theme}).cookies


def test_language_of_the_browser_is_not_heeded(client):
    answer = client.get("/swapped/", headers={"Accept-Language": "en-US,en"})
    assert answer.headers["Content-Language"] == "vi"
    assert '<html lang="vi"' in answer.content.decode()


def test_language_switch_lasts(client):
    client.post("/language/", {"language": "en"})
    page = client.get("/swapped/").content.decode()
    assert '<html lang="en"' in page
    assert "Skip to the content" in page

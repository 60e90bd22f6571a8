"""Webhooks in a real browser: registered, tried out, paused; both screens."""

import pytest
from django.core.cache import cache

from accounts.models import Webhook
from tests.accounts.webhooks.makers import make_delivery, make_webhook
from tests.accounts.webhooks.receiver import answering, listening
from tests.browser.axe import assert_accessible
from tests.browser.screens import LAPTOP, on_both_screens
from tests.browser.sign_in import sign_in
from tests.factories import make_province, make_user


@pytest.fixture
def administrator(live_server, settings):
    settings.WEBHOOKS_MAY_GO_TO_PRIVATE_ADDRESSES = True
    cache.clear()
    return make_user(role="administrator", province=make_province(name="Lạng Sơn"))


def address(administrator, rest=""):
    return f"/provinces/{administrator.memberships.get().province.code}/{rest}"


def check(page):
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth"), page.url
    assert_accessible(page)


def test_address_is_registered_tried_out_and_paused_without_scripts(
    new_page, live_server, administrator
):
    page = new_page(**LAPTOP, java_script_enabled=False)
    sign_in(page, administrator, live_server.url)
    with listening() as receiver:
        page.goto(address(administrator, "registers/"))
        page.get_by_role("link", name="Nơi nhận thông báo").click()
        page.get_by_role("link", name="Đăng ký địa chỉ nhận").click()
        page.get_by_label("Tên").fill("Cổng dữ liệu của tỉnh")
        page.get_by_label("Địa chỉ").fill(receiver.url)
        page.get_by_label("Một phiếu đánh giá được phê duyệt").check()
        page.get_by_role("button", name="Đăng ký").click()
        secret = page.get_by_label("Khóa bí mật").input_value()
        assert secret == Webhook.objects.get().open_secret
        page.get_by_role("button", name="Đã ghi lại").click()
        page.get_by_role("button", name="Gửi thử").click()
        page.get_by_text("Thông báo đã đến nơi").wait_for()
        assert len(receiver.taken) == 1
        receiver.answer = answering(500, b"hong")
        page.get_by_role("button", name="Gửi thử").click()
        page.get_by_text("500 hong").first.wait_for()
    page.get_by_role("link", name="Tạm dừng").click()
    page.get_by_label("Lý do").fill("đổi máy chủ")
    page.get_by_role("button", name="Tạm dừng").click()
    page.get_by_role("link", name="Bật lại").wait_for()
    assert not Webhook.objects.get().is_active


@on_both_screens
def test_pages_are_accessible_and_fit(new_page, live_server, administrator, screen):
    page = new_page(**screen)
    sign_in(page, administrator, live_server.url)
    page.goto(address(administrator, "webhooks/"))
    check(page)
    page.goto(address(administrator, "webhooks/add/"))
    check(page)
    page.get_by_role("button", name="Đăng ký").click()
    page.get_by_role("alert").wait_for()
    check(page)
    webhook = make_webhook(
        province=administrator.memberships.get().province,
        by=administrator,
        url=f"https://nhan.example/{'dai/' * 60}",
    )
    long = {"answer": "a" * 500, "status": 500, "milliseconds": 1234, "attempts": 8}
    over = {"state": "given_up", "next_try_at": None, "tried_at": webhook.made_at}
    delivery = make_delivery(webhook=webhook, body='{"a": "' + "b" * 900 + '"}', **long, **over)
    Webhook.objects.update(failing_since=webhook.made_at)
    own = f"webhooks/{webhook.pk}/"
    steps = ["", "change/", "pause/", "renew-secret/", "secret/", f"messages/{delivery.pk}/"]
    for path in ["webhooks/", *(own + step for step in steps), f"{own}?state=waiting"]:
        page.goto(address(administrator, path))
        check(page)
    page.goto(address(administrator, own + "renew-secret/"))
    page.get_by_label("Lý do").fill("lộ khóa")
    page.get_by_role("button", name="Cấp khóa mới").click()
    page.get_by_label("Khóa bí mật").wait_for()
    check(page)

"""Addresses that nothing may be sent to, when they are registered."""

import socket

import pytest

from accounts.webhooks.addresses import fault_in, may_be_reached


@pytest.fixture
def names(monkeypatch):
    """What names resolve to; numbers in any spelling are read as the system reads them."""
    known = {"nhan.example": ["8.8.8.8"]}
    real = socket.getaddrinfo

    def look_up(host, port, *args, **kwargs):
        if host.endswith(".example") and host not in known:
            raise socket.gaierror(f"{host} is not known in this test")
        kind = (socket.SOCK_STREAM, 6, "")
        found = [(None, *kind, (ip, port)) for ip in known.get(host, [])]
        return found or real(host, port, *args, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    return known


def test_public_address_is_accepted(names):
    assert fault_in("https://nhan.example/ntm?nguon=1") == ""
    assert fault_in("https://nhan.example:8443/ntm") == ""


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "127.1",
        "0.0.0.0",
        "10.0.0.1",
        "172.16.3.4",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "224.0.0.1",
        "255.255.255.255",
        "[::1]",
        "[::]",
        "[::ffff:127.0.0.1]",
        "[::ffff:10.0.0.1]",
        "[::127.0.0.1]",
        "[fe80::1]",
        "[fc00::1]",
        "[fec0::1]",
        "[ff02::1]",
        "2130706433",
        "0177.0.0.1",
        "0x7f.0.0.1",
        "0x7f000001",
    ],
)
def test_address_inside_is_refused_in_every_spelling(names, host):
    assert "mạng riêng" in fault_in(f"https://{host}/")


def test_name_that_leads_inside_is_refused(names):
    names["trong.example"] = ["10.0.0.5"]
    assert "“trong.example”" in fault_in("https://trong.example/")


def test_name_is_refused_when_one_of_its_addresses_leads_inside(names):
    names["hai.example"] = ["8.8.8.8", "::1"]
    assert "mạng riêng" in fault_in("https://hai.example/")


def test_name_that_nobody_knows_is_told(names):
    assert "“khong-co.example”" in fault_in("https://khong-co.example/")


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("http://nhan.example/", "https://"),
        ("ftp://nhan.example/", "không phải địa chỉ"),
        ("nhan.example", "không phải địa chỉ"),
        ("https://", "không phải địa chỉ"),
        ("https://nhan.example:0/", "không phải địa chỉ"),
        ("https://nhan.example:99999/", "không phải địa chỉ"),
        ("https://[::1/", "không phải địa chỉ"),
        ("https://nhan.example\\@10.0.0.1/", "không phải địa chỉ"),
        ("https://nhan.example/\r\nHost: a", "không phải địa chỉ"),
        ("https://nhan.example/\x00", "không phải địa chỉ"),
        ("https://ten:mat-khau@nhan.example/", "mật khẩu"),
        ("https://nhan.example/#a", "#"),
    ],
)
def test_address_that_is_not_one_is_told_in_words(names, url, words):
    assert words in fault_in(url)


def test_settings_may_open_the_own_network(names, settings):
    settings.WEBHOOKS_MAY_GO_TO_PRIVATE_ADDRESSES = True
    assert fault_in("http://127.0.0.1:8001/") == ""
    assert "mật khẩu" in fault_in("http://a:b@127.0.0.1/")


@pytest.mark.parametrize("ip", ["8.8.8.8", "2001:4860:4860::8888", "::ffff:8.8.8.8"])
def test_public_numbers_may_be_reached(ip):
    assert may_be_reached(ip)

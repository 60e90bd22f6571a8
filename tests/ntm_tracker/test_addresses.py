"""PORT and DATABASE_URL, as a person may get them wrong."""

import socket

import pytest

from ntm_tracker.tools import addresses


@pytest.mark.parametrize("text", ["abc", "0", "65536", "-1", "80.0", "٨٠٠٠"])
def test_refuses_a_port_that_is_no_port_number(text):
    with pytest.raises(addresses.BadAddress, match=r"PORT is .* from 1 to 65535"):
        addresses.free_port(text)


def test_refuses_a_taken_port_and_names_another():
    with socket.create_server((addresses.HOST, 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(addresses.BadAddress, match=f"Port {port} is already in use"):
            addresses.free_port(str(port))


def test_takes_a_port_again_that_was_just_left():
    with socket.create_server((addresses.HOST, 0)) as server:
        port = server.getsockname()[1]
        with socket.create_connection((addresses.HOST, port)):
            server.accept()[0].close()
    assert addresses.free_port(str(port)) == port


@pytest.mark.parametrize(
    "url",
    [
        "sqlite:////srv/ntm.sqlite3",
        "sqlite:///ntm.sqlite3",
        "postgresql://ntm:p%40ss@localhost:5432/ntm",
        "postgres:///ntm?host=/run/postgresql",
        "postgresql://ntm@one:5432,two:5433/ntm",
    ],
)
def test_reads_a_good_database_url(url):
    assert addresses.fault_in_database_url(url) == ""


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("ntm.sqlite3", "neither sqlite:// nor postgresql://"),
        ("mysql://localhost/ntm", "neither sqlite:// nor postgresql://"),
        ("postgresql://localhost", "no database"),
        ("postgresql://localhost:port/ntm", "host or port"),
        ("postgresql://localhost:0/ntm", "port is 0"),
        ("postgresql://[::1/ntm", "host or port"),
        ("sqlite://ntm.sqlite3", "three slashes"),
    ],
)
def test_says_what_is_wrong_with_a_database_url(url, why):
    assert why in addresses.fault_in_database_url(url)


def test_never_prints_the_password_of_the_database():
    database = {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "ntm",
        "USER": "ntm",
        "PASSWORD": "secret",
        "HOST": "db",
        "PORT": 5432,
    }
    sentence = addresses.why_database_fails(database, "connection refused\n\tIs it running?")
    assert "'ntm' at db:5432" in sentence
    assert "connection refused. " in sentence
    assert "secret" not in sentence
    assert "\n" not in sentence

"""Writes of programs as tests send them, and what they answer."""

from tests.factories import make_token


def send(client, method, url, body=None, **headers):
    """A write with JSON; headers by name with underscores, as If_Match."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return getattr(client, method)(url, body, content_type="application/json", headers=named)


def problem(answer, status, kind):
    assert answer.status_code == status, answer.content.decode()
    assert answer.headers["Content-Type"] == "application/problem+json"
    body = answer.json()
    assert body["type"] == f"urn:ntm-tracker:problem:{kind}"
    return body


def with_token(client, user, name):
    """From now on the client asks with an access token of that name, which writes for `user`."""
    _token, bearer = make_token(user=user, name=name, may_write=True)
    client.defaults["HTTP_AUTHORIZATION"] = bearer["Authorization"]

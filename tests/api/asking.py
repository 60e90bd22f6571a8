"""Writes of programs as tests send them, and what they answer."""

from types import SimpleNamespace

from accounts.api.authentication import Session


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


def with_token(monkeypatch, name):
    """From now on everybody who is signed in asks with an access token of that name."""
    authenticate = Session.authenticate

    def with_name(self, request):
        found = authenticate(self, request)
        if found:
            found[0].token = SimpleNamespace(name=name)
        return found

    monkeypatch.setattr(Session, "authenticate", with_name)

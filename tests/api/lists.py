"""What tests of lists share: who reads, and what they found."""

import csv
import json

from tests.factories import make_user


def sign_in(client, province, role="viewer"):
    client.force_login(make_user(role=role, province=province))
    return client


def rows(client, path, **query):
    """The rows of a JSON answer."""
    answer = client.get(f"/api/v1/{path}", query)
    assert answer.status_code == 200, answer.content
    return answer.json()["results"]


def column(client, path, name, **query):
    return [row[name] for row in rows(client, path, **query)]


def refused_fields(client, path, **query):
    answer = client.get(f"/api/v1/{path}", query)
    assert answer.status_code == 400, answer.content
    return [error["field"] for error in answer.json()["errors"]]


def three_kinds(client, path, **query):
    """How many rows come as JSON, CSV and NDJSON."""
    as_csv = client.get(f"/api/v1/{path}", query | {"format": "csv"}).getvalue()
    as_lines = client.get(f"/api/v1/{path}", query | {"format": "ndjson"}).getvalue()
    return [
        len(rows(client, path, **query)),
        len(list(csv.DictReader(as_csv.decode("utf-8-sig").splitlines()))),
        len([json.loads(line) for line in as_lines.decode().splitlines()]),
    ]


def asked_again(client, path, etag, **query):
    """The status of a repeat."""
    answer = client.get(f"/api/v1/{path}", query, headers={"If-None-Match": etag})
    if answer.streaming:
        answer.getvalue()
    return answer.status_code


def etag_of(client, path, **query):
    answer = client.get(f"/api/v1/{path}", query)
    if answer.streaming:
        answer.getvalue()
    return answer.headers["ETag"]


def assert_fresh_after(client, path, change):
    """A repeat is a 304 until something changes, in each of the three kinds."""
    seen = {kind: etag_of(client, path, format=kind) for kind in ("json", "csv", "ndjson")}
    assert len(set(seen.values())) == len(seen)
    for kind, etag in seen.items():
        assert asked_again(client, path, etag, format=kind) == 304, kind
    change()
    for kind, etag in seen.items():
        assert asked_again(client, path, etag, format=kind) == 200, kind

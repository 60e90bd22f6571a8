"""The committed schema is what the API does, and says enough of every operation."""

import re
from pathlib import Path

import pytest
import yaml
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.urls import get_resolver

from ntm_tracker.tools.environment import ROOT

COMMITTED = ROOT / "docs" / "openapi.yaml"
METHODS = {"get", "put", "post", "patch", "delete"}
# What is not an operation of version 1: the schema and its pages.
ABOUT = {"docs", "schema"}


def operations():
    """Every operation of the committed schema, as `GET /api/v1/provinces`."""
    paths = yaml.safe_load(COMMITTED.read_text())["paths"]
    return {
        f"{method.upper()} {path}": operation
        for path, item in paths.items()
        for method, operation in item.items()
        if method in METHODS
    }


def test_the_committed_schema_is_in_step(tmp_path):
    """Mend it with `make schema`; a warning of the generator fails too."""
    made = Path(tmp_path, "openapi.yaml")
    call_command("spectacular", lang="en", fail_on_warn=True, validate=True, file=str(made))
    assert made.read_text() == COMMITTED.read_text()


@pytest.mark.parametrize("name", operations())
def test_an_operation_says_what_it_is_for(name):
    operation = operations()[name]
    assert operation["summary"]
    assert operation["description"]
    assert not operation["description"].startswith(operation["summary"]), "says it twice"


@pytest.mark.parametrize("name", operations())
def test_an_operation_shows_an_example_of_its_answer_and_body(name):
    operation = operations()[name]
    good = [answer for status, answer in operation["responses"].items() if status[0] == "2"]
    contents = [answer["content"]["application/json"] for answer in good if "content" in answer]
    if "requestBody" in operation:
        contents.append(operation["requestBody"]["content"]["application/json"])
    assert all(content.get("examples") for content in contents)


@pytest.mark.parametrize("name", operations())
def test_an_operation_names_its_errors(name):
    answers = operations()[name]["responses"]
    refused = {status for status, answer in answers.items() if status[0] == "4"}
    assert {"400", "401", "403", "404", "429"} <= refused
    for status in refused:
        assert set(answers[status]["content"]) == {"application/problem+json"}


def test_every_address_of_the_api_is_in_the_schema():
    patterns = get_resolver().namespace_dict["api"][1].url_patterns
    names = [pattern.name for pattern in flat(patterns) if pattern.name not in ABOUT]
    described = set(yaml.safe_load(COMMITTED.read_text())["paths"])
    assert len(described) == len(names)


def flat(patterns):
    for pattern in patterns:
        if hasattr(pattern, "url_patterns"):
            yield from flat(pattern.url_patterns)
        else:
            yield pattern


def test_the_pages_to_try_it_out_load_files_that_the_site_collects(client):
    """Names that no finder knows are a fault once files carry their content's hash."""
    page = client.get("/api/docs/").content.decode()
    names = re.findall(r'(?:href|src)="/static/([^"]+)"', page)
    assert len(names) == 3
    assert all(finders.find(name) for name in names)

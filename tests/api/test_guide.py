"""Every example of docs/api.md runs as it stands there."""

import json
import os
import re
import subprocess
import sys

import pytest

from ntm_tracker.tools.environment import ROOT
from tests.criteria.world import World
from tests.factories import make_plan, make_token

GUIDE = (ROOT / "docs" / "api.md").read_text()
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL)


def blocks(language):
    return [text for kind, text in BLOCKS if kind == language]


@pytest.fixture
def world(transactional_db):
    world = World()
    target = {"metric": "communes_standard", "kind": "cumulative_count", "year": 2025, "low": 2}
    make_plan(province=world.province, targets=[target])
    return world


@pytest.fixture
def run(world, live_server, tmp_path):
    """Run a program as somebody would who has read the guide; what it printed."""

    def run(*command, user=None):
        _token, bearer = make_token(user=user or world.staff, may_write=True)
        known = {
            "NTM": live_server.url,
            "NTM_TOKEN": bearer["Authorization"].removeprefix("Bearer "),
            "ASSESSMENT": str(world.assessment.pk),
        }
        done = subprocess.run(
            command, env=os.environ | known, cwd=tmp_path, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    return run


def python(run, text):
    return run(sys.executable, "-W", "ignore", "-c", text)


def test_no_example_is_left_untried():
    assert [kind for kind, _text in BLOCKS] == [
        *("bash", "bash", "python", "powerquery", "python", "bash"),
    ]


def test_the_first_call_answers_with_progress(run, world):
    answer = json.loads(run("bash", "-c", blocks("bash")[1]))
    assert answer["province"] == world.province.code
    assert [row["target_final"] for row in answer["results"]] == [2]


def test_a_notebook_makes_a_table_and_a_chart(run, world, tmp_path):
    printed = python(run, blocks("python")[0])
    assert printed.startswith("2025-06-30\nofficial\n")
    assert world.district.name in printed
    assert "plotly" in (tmp_path / "districts.html").read_text().lower()


def test_a_nightly_copy_takes_what_changed(run, world):
    first = python(run, blocks("python")[1])
    assert first == "0 scores came, 0 kept\n"
    run("bash", "-c", blocks("bash")[2])
    assert python(run, blocks("python")[1]) == "1 scores came, 1 kept\n"


def test_scores_are_sent_by_hand(run, world):
    answer = json.loads(run("bash", "-c", blocks("bash")[2]))
    assert answer["results"][0]["outcome"] == "saved"
    [score] = world.assessment.scores.all()
    assert (str(score.value), score.verdict) == ("85.5000", "met")


def test_power_query_asks_for_fields_that_are_there(client, world):
    [text] = blocks("powerquery")
    path = re.search(r'RelativePath = "([^"]+)"', text)[1]
    query = dict(re.findall(r'(\w+) = "([^"]*)"', re.search(r"Query = \[(.*?)\]", text)[1]))
    fields = re.findall(r'"(\w+)"', re.search(r"Answer\[results\], \{(.*?)\}", text)[1])
    _token, bearer = make_token(user=world.staff)
    rows = client.get(f"/{path}", query, headers=bearer).json()["results"]
    assert rows
    assert all(set(fields) <= set(row) for row in rows)

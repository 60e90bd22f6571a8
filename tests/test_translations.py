"""Every string has its Vietnamese words, and what is committed is what the site uses."""

import shutil
import subprocess
from pathlib import Path

import polib
import pytest

from ntm_tracker.tools.environment import ROOT
from ntm_tracker.tools.messages import CATALOGUE, NOT_OURS, collect, unfinished


def words(entries):
    """What the entries say, by what they are looked up with."""
    return {
        (entry.msgctxt, entry.msgid, entry.msgid_plural): entry.msgstr_plural or entry.msgstr
        for entry in entries
    }


@pytest.fixture(scope="module")
def committed():
    return polib.pofile(ROOT / CATALOGUE)


def test_no_string_is_missing_or_unconfirmed(committed):
    assert unfinished(committed) == []


def test_catalogue_holds_exactly_the_strings_of_the_code(committed, tmp_path):
    """Collected in a copy, as collecting writes beside the templates."""
    left_out = shutil.ignore_patterns(*NOT_OURS, ".*", "__pycache__", "static")
    copy = Path(shutil.copytree(ROOT, tmp_path / "copy", ignore=left_out))
    (copy / "static").mkdir()
    assert words(collect(copy)).keys() == words(committed).keys()


def test_compiled_catalogue_is_in_step(committed):
    compiled = polib.mofile(ROOT / CATALOGUE.with_suffix(".mo"))
    assert words(compiled) == words(committed)


def test_placeholders_agree(committed):
    command = ["msgfmt", "--check-format", "--output-file=/dev/null", ROOT / CATALOGUE]
    result = subprocess.run(command, capture_output=True, text=True)
    assert result.returncode == 0, result.stderr

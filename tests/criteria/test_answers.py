"""What was typed for a line: read or refused in words, never lost."""

from decimal import Decimal

import pytest

from criteria.answers import read_answer, read_answers
from criteria.sheets import layout_of
from criteria.typed import LONGEST_TEXT
from tests.criteria.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def lines():
    world = World()
    assessment = world.locked()
    return {line.code: line for line in layout_of(assessment).lines(assessment.commune)}


def test_typed_line_is_read(lines):
    sent = {"value-1.1": "85,5 %", "verdict-1.1": "", "note-1.1": " a\r\nb ", "version-1.1": "3"}
    answer = read_answer(lines["1.1"], sent)
    assert (answer.value, answer.note, answer.version) == (Decimal("85.5"), "a\nb", 3)
    assert not answer.fault


@pytest.mark.parametrize(
    ("code", "field", "text", "words"),
    [
        ("1.1", "value", "tám lăm", ["1.1", "tám lăm", "0 đến 100"]),
        ("1.1", "value", "101", ["1.1", "101", "0 đến 100"]),
        ("1.1", "value", "-5", ["1.1", "−5", "0 đến 100"]),
        ("1.1", "value", "1,2,3", ["1.1", "1,2,3", "dấu"]),
        ("1.1", "value", "85 km", ["1.1", "km", "đơn vị"]),
        ("1.1", "value", "1.234", ["1234", "1,234"]),
        ("2.1", "value", "5", ["2.1", "đạt"]),
        ("2.1", "verdict", "maybe", ["2.1", "maybe"]),
        ("2.1", "note", "x" * (LONGEST_TEXT + 1), ["2.1", str(LONGEST_TEXT)]),
        ("2.1", "note", "lũ\0lụt", ["2.1", "không lưu được"]),
    ],
)
def test_refusal_names_the_line_what_was_found_and_what_is_expected(
    lines, code, field, text, words
):
    answer = read_answer(lines[code], {f"{field}-{code}": text, f"version-{code}": "0"})
    for word in words:
        assert word in answer.fault
    assert text in (answer.text, answer.entered, answer.note)


def test_button_says_which_reading_is_meant(lines):
    sent = {"value-1.2": "1.234", "choose-1.2": "1234", "version-1.2": "0"}
    assert read_answer(lines["1.2"], sent).value == 1234


def test_only_lines_that_were_sent_and_not_given_up_are_read(lines):
    sent = {"version-1.1": "0", "version-1.2": "0", "take-1.2": "1"}
    assert [answer.line.code for answer in read_answers(lines.values(), sent)] == ["1.1"]


@pytest.mark.parametrize("version", ["", "x", "²", "9" * 10, "9" * 5000])
def test_what_is_no_version_counts_as_none(lines, version):
    assert read_answer(lines["1.1"], {"version-1.1": version}).version == 0

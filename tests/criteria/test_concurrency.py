"""Many people save at the same time: nothing is lost, and nobody hears of a locked database."""

from collections import Counter
from functools import partial

import pytest
from django.db import connection, transaction

from criteria import scoring
from criteria.models import Score
from tests.criteria.crowd import at_once
from tests.criteria.test_grid import signed_in
from tests.criteria.world import World
from tests.factories import make_commune

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE = {"sqlite": 20, "postgresql": 100}
# code, field and what is typed into it
LINES = [
    ("1.1", "value-1.1", "85,5"),
    ("1.2", "value-1.2", "30"),
    ("2.1", "verdict-2.1", "met"),
    ("3", "verdict-3", "not_met"),
]


@pytest.fixture
def world():
    return World()


@pytest.fixture
def crowd(world):
    """Staff of one district, as many as the database should bear."""
    number = PEOPLE[connection.vendor]
    return [
        world.make_user("district_staff", district=world.district) for _number in range(number)
    ]


def sign_in_all(people):
    """A client each."""
    return [signed_in(person) for person in people]


def save(client, assessment, code, **fields):
    path = f"/assessments/{assessment.pk}/scores/{code}/"
    return client.post(path, {f"version-{code}": "0"} | fields).status_code


def test_nothing_is_lost_where_four_share_an_assessment(world, crowd):
    assessments = [
        world.make_assessment(make_commune(district=world.district)) for _four in crowd[::4]
    ]
    clients = sign_in_all(crowd)
    answers = at_once(
        [
            partial(save, client, assessments[number // 4], code, **{field: typed})
            for number, client in enumerate(clients)
            for code, field, typed in [LINES[number % 4]]
        ]
    )
    assert set(answers) == {200}
    findings = list(Score.objects.values_list("value", "verdict", "entered_by"))
    authors = {author for _value, _verdict, author in findings}
    assert authors == {person.pk for person in crowd}
    told = Counter((value and float(value), verdict) for value, verdict, _author in findings)
    each = len(assessments)
    expected = {(85.5, "met"): each, (30, None): each, (None, "met"): each}
    assert told == expected | {(None, "not_met"): each}
    assert Score.history.count() == len(crowd)


def test_of_many_who_fill_in_one_cell_one_wins_and_the_others_are_told(world, crowd):
    clients = sign_in_all(crowd)
    answers = at_once(
        [
            partial(save, client, world.assessment, "1.1", **{"value-1.1": str(number)})
            for number, client in enumerate(clients)
        ]
    )
    assert Counter(answers) == {200: 1, 409: len(crowd) - 1}
    assert Score.history.count() == 1
    winner = answers.index(200)
    assert Score.objects.get().value == winner


def test_of_blocks_applied_at_once_one_is_written_and_none_deadlocks(world, crowd):
    communes = [make_commune(district=world.district) for _number in range(10)]
    for commune in communes:
        world.make_assessment(commune)
    clients = sign_in_all(crowd[:6])
    url = f"/provinces/{world.province.code}/grid/"

    def preview(client, number):
        # each in another order
        rows = [f"{commune.code}\t{number}\tĐ" for commune in communes[number:]]
        rows += [f"{commune.code}\t{number}\tĐ" for commune in communes[:number]]
        sent = {"block": "\n".join(["\t1.1\t2.1", *rows])}
        seen = client.post(url, {"step": "preview"} | sent).context["seen"]
        return client, {"step": "apply", "seen": seen} | sent

    previewed = [preview(*pair) for pair in zip(clients, range(6), strict=True)]
    answers = at_once([partial(client.post, url, sent) for client, sent in previewed])
    assert Counter(answer.status_code for answer in answers) == {302: 1, 409: 5}
    values = set(Score.objects.filter(indicator=world.roads).values_list("value"))
    assert len(values) == 1
    assert Score.history.count() == 20


def test_crash_between_two_writes_leaves_none_of_them(world, monkeypatch):
    def crash(*args):
        raise RuntimeError("the power is gone")

    monkeypatch.setattr(scoring, "insert", crash)
    with pytest.raises(RuntimeError), transaction.atomic():
        scoring.save_scores([world.change("1.1", 70)], by=world.staff)
    assert not Score.objects.exists()

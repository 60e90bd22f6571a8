"""Files of entry, review, periods and people."""

import pytest
from django.urls import reverse

from criteria.files import log
from criteria.models import Assessment
from criteria.steps import submit
from tests.criteria.world import World
from tests.downloads.reading import csv_rows, xlsx_rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World()


@pytest.fixture
def get(client, world):
    def ask(name, user, *args, **query):
        client.force_login(user)
        response = client.get(reverse(name, args=args), query)
        assert response.status_code == 200
        return response

    return ask


def test_lines_have_values_as_numbers_with_the_unit_beside_them(get, world):
    world.fill(roads=90)
    rows = xlsx_rows(
        get("criteria:assessment_table", world.staff, world.assessment.pk, "lines", "xlsx")
    )
    line = next(row for row in rows if row[0] == "1.1")
    assert line[3:5] == [90, "%"]
    assert line[7] == "Đạt"


def test_an_illustrative_assessment_says_so_in_its_file(get, world):
    Assessment.objects.filter(pk=world.assessment.pk).update(is_illustrative=True)
    rows = xlsx_rows(
        get("criteria:assessment_table", world.staff, world.assessment.pk, "lines", "xlsx")
    )
    assert any("minh họa" in str(row[0]) for row in rows)


def test_the_grid_has_a_column_for_value_and_verdict(get, world):
    world.fill(roads=90)
    code = world.province.code
    response = get("criteria:grid_table", world.officer, code, "scores", "csv", what="all")
    header, row = csv_rows(response)[:2]
    assert row[0] == world.commune.code
    values = dict(zip(header, row, strict=True))
    assert [value for name, value in values.items() if name.startswith("1.1")] == ["90", "Đạt"]


def test_the_queue_has_all_that_the_filters_leave(get, world):
    world.fill()
    world.take(submit, by=world.staff)
    ask = "criteria:review_queue_table", world.officer, world.province.code, "queue", "csv"
    assert [row[0] for row in csv_rows(get(*ask, state="submitted"))[1:2]] == [world.commune.code]
    assert csv_rows(get(*ask, state="approved"))[1] == []


def test_a_workbook_of_a_long_log_says_that_it_was_cut(get, world, monkeypatch):
    monkeypatch.setattr(log, "MOST_IN_WORKBOOK", 1)
    world.fill()
    rows = xlsx_rows(get("criteria:log_file", world.officer, world.province.code, "xlsx"))
    assert any("mới nhất" in str(row[0]) for row in rows)
    header = next(n for n, row in enumerate(rows) if row[0] == "Thời điểm")
    assert len(rows[header + 1 :]) == 1


def test_a_reason_like_a_formula_is_neutralised(get, world):
    world.save(world.change("1.1", 91, note="=HYPERLINK(1)"))
    args = [world.assessment.pk, "lines"]
    line = next(
        row
        for row in csv_rows(get("criteria:assessment_table", world.staff, *args, "csv"))
        if row and row[0] == "1.1"
    )
    assert "'=HYPERLINK(1)" in line

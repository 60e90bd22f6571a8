"""The figures of the API are those of the pages, their charts and their files."""

import csv
import math
from datetime import date
from types import SimpleNamespace

import pytest

from communes.models import Province
from targets import cards
from targets.api import views
from targets.forms import DashboardForm
from targets.snapshot import snapshot_of
from tests.api.page_files import WORDS, lines_of, number, numbers

pytestmark = pytest.mark.django_db
STANDPOINTS = [
    {},
    {"as_of": "2022-12-31"},
    {"as_of": "2020-12-31", "boundaries": "2019-12-31"},
    {"as_of": "2024-06-30", "boundaries": "2025-07-01"},
    {"district": "185"},
    {"border": "true", "band": "1"},
    {"as_of": "2025-12-31"},
]


@pytest.fixture
def reader(client, illustrated, settings):
    settings.PUBLIC_DASHBOARD = True
    return client


@pytest.fixture(params=STANDPOINTS, ids=str)
def asked(request):
    return request.param


def answer_of(client, path, view, asked, **more):
    """The answer, and what a page is asked for the same: the filters that the answer takes."""
    query = {name: value for name, value in asked.items() if name in view.filters}
    answer = client.get(f"/api/v1/{path}", query | more)
    assert answer.status_code == 200, answer.content
    return answer.json(), query


def columns(rows, *names):
    return [[row[name] for name in names] for row in rows]


def test_progress_has_every_number_of_the_cards(reader, asked):
    found, query = answer_of(reader, "progress", views.Progress, asked)
    page = reader.get("/provinces/20/", query).context
    snapshot = snapshot_of(Province.objects.get(code="20"))
    at = DashboardForm(query, snapshot=snapshot).standpoint
    rows = [as_the_page_has_it(snapshot, row) for row in found["results"]]
    final, yearly = cards.by_years(rows, at.plan)
    drawn = [cards.cards(snapshot, at, of) for of in (final, yearly)]
    printed = [page["cards"], page["yearly_cards"]]
    assert without_notes(drawn) == without_notes(printed)
    assert len(found["results"]) == 15
    notes = [card["note"] for of in printed for card in of]
    own = [row.note for row in [*final, *yearly]]
    restated = [row.restated_value is not None for row in [*final, *yearly]]
    for note, on_card, is_restated in zip(own, notes, restated, strict=True):
        assert is_restated or note == on_card


def as_the_page_has_it(snapshot, row):
    ids = dict(zip(snapshot.districts["code"], snapshot.districts.index.tolist(), strict=True))
    known = {name: math.nan if value is None else value for name, value in row.items()}
    return SimpleNamespace(
        **known
        | {
            "final_year": row["year"],
            "target_id": None,
            "value_on": date.fromisoformat(row["value_on"]),
            "published_on": row["published_on"] and date.fromisoformat(row["published_on"]),
            "lacking": [ids[code] for code in row["lacking"]],
            "restated_value": row["restated_value"],
        }
    )


def without_notes(drawn):
    return [[card | {"note": ""} for card in of] for of in drawn]


def test_counts_on_other_boundaries_are_those_of_the_cards(reader):
    found, query = answer_of(reader, "progress", views.Progress, STANDPOINTS[2])
    rows = {(row["metric"], row["kind"]): row for row in found["results"]}
    count = rows["communes_standard", "cumulative_count"]
    assert (count["value"], count["base"]) == (65, 181)
    assert (count["restated_value"], count["restated_base"]) == (74, 207)
    shown = [row for row in found["results"] if row["restated_value"] is not None]
    texts = [cards.show(row["restated_value"], row["metric"], row["kind"]) for row in shown]
    page = reader.get("/provinces/20/", query).context
    on_cards = [card["value"] for card in page["cards"] if "31/12/2019" in card["note"]]
    assert texts == on_cards


@pytest.mark.parametrize(
    ("chart", "metric"),
    [
        ("recognised", "communes_standard"),
        ("average", "avg_criteria"),
        ("advanced", "communes_advanced"),
    ],
)
def test_series_is_the_table_of_the_chart(reader, asked, chart, metric):
    asked = {name: value for name, value in asked.items() if name != "district"}
    found, query = answer_of(reader, "progress/series", views.ProgressSeries, asked, metric=metric)
    names = ["computed", "published", "base", "plan", "needed"]
    lines = lines_of(reader, "chart_file", query, name=chart)
    assert columns(found["results"], "date", "source") == [[line[0], line[-1]] for line in lines]
    assert columns(found["results"], *names) == [numbers(line[1:-1]) for line in lines]


@pytest.mark.parametrize(
    ("chart", "metric"),
    [("district-recognised", "communes_standard"), ("district-average", "avg_criteria")],
)
def test_series_of_a_district_is_that_of_its_page(reader, chart, metric):
    found, query = answer_of(
        reader, "progress/series", views.ProgressSeries, {"district": "185"}, metric=metric
    )
    lines = lines_of(reader, "chart_file", query, name=chart)
    assert columns(found["results"], "date") == [line[:1] for line in lines]
    assert columns(found["results"], "computed", "base") == [numbers(line[1:]) for line in lines]


def test_districts_are_those_of_the_page(reader, asked):
    found, query = answer_of(reader, "progress/districts", views.Districts, asked)
    names = ["recognised", "of", "share", "advanced", "model", "mean", "change", "below"]
    lines = lines_of(reader, "province_table", query, table="districts")
    assert columns(found["results"], "code", "name") == [line[:2] for line in lines]
    figures = columns(found["results"], *names, "target")
    assert figures == [numbers(line[2:]) for line in lines]


def test_matrix_is_that_of_the_page(reader, asked):
    found, query = answer_of(reader, "matrix", views.Matrix, asked)
    lines = lines_of(reader, "matrix_table", query, table="criteria")
    criteria = [str(of["number"]) for of in found["criteria"]]
    assert columns(found["results"], "code", "name", "district") == [line[:3] for line in lines]
    assert [[row["verdicts"][number] for number in criteria] for row in found["results"]] == [
        [WORDS[word] for word in line[3:-1]] for line in lines
    ]
    assert [row["counted"] for row in found["results"]] == [number(line[-1]) for line in lines]


def test_bottlenecks_are_those_of_the_chart(reader, asked):
    found, query = answer_of(reader, "bottlenecks", views.Bottlenecks, asked)
    lines = lines_of(reader, "chart_file", query, name="bottlenecks")
    names = ["number", "met", "basically", "not_met", "base", "share"]
    assert columns(found["results"], "title") == [line[1:2] for line in lines]
    figures = columns(found["results"], *names)
    assert figures == [numbers([line[0], *line[2:]]) for line in lines]


def test_next_in_line_is_that_of_the_page(reader, asked):
    found, query = answer_of(reader, "next-in-line", views.NextInLine, asked)
    lines = lines_of(reader, "province_table", query, table="next-in-line")
    rows = found["results"]
    assert columns(rows, "code", "name", "district") == [line[:3] for line in lines]
    assert columns(rows, "counted", "total") == [numbers(line[3:5]) for line in lines]
    lacking = [
        "; ".join(f"{of['number']}. {of['title']}" for of in row["lacking"]) for row in rows
    ]
    assert lacking == [line[5] for line in lines]
    assert [len(row["lacking"]) for row in rows] == columns_of_one(rows, "missing")


def columns_of_one(rows, name):
    return [row[name] for row in rows]


def test_csv_has_the_same_rows_and_says_in_each_what_it_is_of(reader):
    found = reader.get("/api/v1/progress/districts").json()
    text = reader.get("/api/v1/progress/districts?format=csv").content.decode("utf-8-sig")
    lines = list(csv.DictReader(text.splitlines()))
    rows = found["results"]
    assert columns(lines, "code", "name") == columns(rows, "code", "name")
    assert [float(line["mean"]) for line in lines] == columns_of_one(rows, "mean")
    assert {(line["as_of"], line["is_illustrative"]) for line in lines} == {("2025-06-30", "true")}

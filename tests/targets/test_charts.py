"""Charts, the tables beneath them and their CSV files."""

import csv
import json
from io import StringIO

import pytest

from targets.chart_list import CHARTS

URL = "/provinces/20/charts/"
ABOUT = {"criterion": "2", "commune": "05986", "district": "185"}


@pytest.fixture
def reader(client, illustrated, settings):
    settings.PUBLIC_DASHBOARD = True
    return client


@pytest.mark.parametrize("as_of", ["2020-12-31", "2025-06-30", "2025-09-30", "2012-01-01"])
@pytest.mark.parametrize("name", CHARTS)
def test_every_chart_table_and_file_answers_on_any_day(reader, name, as_of):
    query = ABOUT | {"as_of": as_of}
    figure = reader.get(f"{URL}{name}.json", query).json()
    assert "template" not in figure["layout"]
    assert reader.get(f"{URL}{name}/", query).status_code == 200
    assert reader.get(f"{URL}{name}.csv", query).status_code == 200


@pytest.mark.parametrize("name", CHARTS)
def test_chart_and_file_have_the_same_rows(reader, name):
    page = reader.get(f"{URL}{name}/", ABOUT, headers={"HX-Request": "true"}).content.decode()
    rows = page.count("<tr>") - 1
    content = reader.get(f"{URL}{name}.csv", ABOUT).content.decode("utf-8-sig")
    lines = list(csv.reader(StringIO(content)))
    assert lines.index([]) - 1 == rows > 0


def test_unknown_chart_is_a_404(reader):
    for ending in (".json", ".csv", "/"):
        assert reader.get(f"{URL}nothing{ending}").status_code == 404


def test_trend_draws_plan_computed_and_published_with_their_numbers(reader):
    figure = reader.get(f"{URL}recognised.json").json()
    by_name = {trace["name"]: trace for trace in figure["data"]}
    plan = dict(zip(by_name["Kế hoạch"]["x"], by_name["Kế hoạch"]["y"], strict=True))
    assert [plan[f"{year}-12-31"] for year in range(2020, 2026)] == [65, 75, 85, 95, 105, 115]
    computed = dict(zip(by_name["Tính toán"]["x"], by_name["Tính toán"]["y"], strict=True))
    assert (computed["2020-12-31"], computed["2021-12-31"]) == (65, 75)
    assert computed["2025-06-30"] == 106
    published = by_name["Công bố"]
    assert sorted(zip(published["x"], published["y"], strict=True)) == [
        ("2020-12-31", 65),
        ("2020-12-31", 74),
        ("2021-12-31", 75),
        ("2025-06-30", 106),
    ]


def test_table_of_a_trend_has_a_row_for_each_day_and_each_printed_figure(reader):
    content = reader.get(f"{URL}recognised.csv", {"as_of": "2021-12-31"}).content.decode()
    rows = [line.split(",") for line in content.splitlines() if line.startswith("20")]
    lines = [row[0] for row in rows if not row[2]]
    assert len(lines) == len(set(lines))
    assert [row[:4] for row in rows if row[2]] == [
        ["2020-12-31", "", "74", "207"],
        ["2020-12-31", "", "65", "181"],
        ["2021-12-31", "", "75", "181"],
    ]


def test_trend_follows_the_boundary_switch(reader):
    query = {"as_of": "2020-12-31", "boundaries": "2019-12-31"}
    figure = reader.get(f"{URL}recognised.json", query).json()
    computed = next(trace for trace in figure["data"] if trace["name"] == "Tính toán")
    assert computed["y"] == [74]
    assert "Tốc độ cần có" not in {trace["name"] for trace in figure["data"]}


def test_hover_is_a_sentence_in_vietnamese_format(reader):
    figure = reader.get(f"{URL}average.json").json()
    computed = next(trace for trace in figure["data"] if trace["name"] == "Tính toán")
    assert computed["customdata"][-1] == "Tính toán, 30/06/2025: <b>15,21</b>"


def test_bands_add_up_to_all_communes(reader):
    figure = reader.get(f"{URL}bands.json").json()
    assert sum(figure["data"][0]["y"]) == 175


def test_bottlenecks_are_narrowed_by_district(reader):
    figure = reader.get(f"{URL}bottlenecks.json", {"district": "185"}).json()
    assert "/17 xã" in figure["data"][0]["customdata"][0]


def test_map_has_a_point_for_each_commune_of_the_border(reader):
    figure = reader.get(f"{URL}map-bands.json", {"border": "on", "as_of": "2021-12-31"}).json()
    points = [trace for trace in figure["data"] if trace["mode"] == "markers"]
    assert sum(len(trace["x"]) for trace in points) == 20


def test_file_says_what_it_counts_as_of_when_and_that_it_is_illustrative(reader):
    response = reader.get(f"{URL}recognised.csv", {"as_of": "2024-12-31"})
    assert response.headers["Content-Disposition"] == (
        'attachment; filename="lang-son-recognised-2024-12-31.csv"'
    )
    text = response.content.decode("utf-8-sig")
    assert "tính đến 31/12/2024" in text
    assert "Số liệu minh họa" in text


def test_file_keeps_leading_zeros_of_codes(reader):
    assert "\r\n05986," in reader.get(f"{URL}map-bands.csv").content.decode()


def test_repeated_chart_is_a_304(reader):
    etag = reader.get(f"{URL}bands.json").headers["ETag"]
    again = reader.get(f"{URL}bands.json", headers={"If-None-Match": etag})
    assert again.status_code == 304


def test_a_chart_costs_no_query_once_the_page_was_read(reader, django_assert_num_queries):
    reader.get("/provinces/20/")
    with django_assert_num_queries(1):
        reader.get(f"{URL}bands.json")


def test_chart_of_bottlenecks_reads_all_verdicts_of_the_day(reader, django_assert_num_queries):
    reader.get("/provinces/20/")
    with django_assert_num_queries(2):
        reader.get(f"{URL}bottlenecks.json")


def test_figures_are_small(reader):
    sizes = {name: len(reader.get(f"{URL}{name}.json", ABOUT).content) for name in CHARTS}
    assert max(sizes.values()) < 60_000, json.dumps(sizes)

"""Where one commune stands, as its page says it."""

import pytest

from tests.api.page_files import WORDS, lines_of

pytestmark = pytest.mark.django_db
FILES = {"standard": "criteria", "advanced": "criteria-advanced"}


@pytest.fixture
def reader(client, illustrated, settings):
    settings.PUBLIC_DASHBOARD = True
    return client


@pytest.fixture(params=[("05986", "2025-06-30"), ("06343", "2023-12-31"), ("06610", "2021-12-31")])
def seen(request, reader):
    """A commune and a day: the answer, and the context of the page."""
    code, as_of = request.param
    found = reader.get(f"/api/v1/communes/{code}/standing", {"as_of": as_of})
    page = reader.get(f"/provinces/20/communes/{code}/", {"as_of": as_of})
    return code, as_of, found.json(), page.context


def test_sheets_are_those_of_the_page(reader, seen):
    code, as_of, found, _page = seen
    assert found["sheets"]
    for sheet in found["sheets"]:
        lines = lines_of(
            reader, "commune_table", {"as_of": as_of}, commune=code, table=FILES[sheet["grade"]]
        )
        assert [line for of in sheet["criteria"] for line in lines_from(of)] == lines


def lines_from(criterion):
    yield [str(criterion["number"]), criterion["title"], *[""] * 4, *words(criterion), "", ""]
    for row in criterion["indicators"]:
        yield [
            row["code"],
            row["title"],
            row["value"] or "",
            row["unit"],
            row["threshold_text"],
            "có" if row["threshold_is_verified"] else "",
            *words(row),
            row["value_before"] or "",
            row["threshold_source"],
        ]


def words(row):
    known = {verdict: word for word, verdict in WORDS.items()}
    before = row["verdict_before"]
    return [known[row["verdict"]], known[before] if before else ""]


def test_age_and_counts_are_those_of_the_page(seen):
    _code, _as_of, found, page = seen
    standing, sheet = page["standing"], found["sheets"][0]
    assert sheet["grade"] == "standard"
    assert (sheet["counted"], sheet["total"]) == (standing.counted, standing.total)
    assert (sheet["age_days"], sheet["period_end"]) == (
        standing.age_days,
        standing.period_end.isoformat(),
    )
    assert found["is_illustrative"] == page["is_illustrative"]


def test_recognition_and_what_is_missing_are_those_of_the_page(seen):
    _code, _as_of, found, page = seen
    assert [block["heading"] for block in found["missing"]] == [
        block["heading"] for block in page["next"]
    ]
    assert [[of["number"] for of in block["criteria"]] for block in found["missing"]] == [
        [row.criterion.number for row in block["rows"]] for block in page["next"]
    ]
    assert [(act["decision"], act["counts"]) for act in found["recognitions"]] == [
        (act["row"].decision, act["counts"]) for act in page["recognitions"]
    ]
    assert found["recognised_as"] == ["none", "standard", "advanced", "model"][page["rank"]]


def test_a_commune_is_shown_on_the_nearest_day_in_force_and_says_so(reader):
    found = reader.get("/api/v1/communes/05989/standing", {"as_of": "2025-12-31"}).json()
    assert found["as_of"] == found["commune"]["valid_to"] == "2025-06-30"
    assert "30/06/2025" in found["note"]


def test_values_are_exact_decimals_as_text(reader):
    found = reader.get("/api/v1/communes/05986/standing").json()
    values = [
        row["value"]
        for sheet in found["sheets"]
        for criterion in sheet["criteria"]
        for row in criterion["indicators"]
        if row["value"] is not None
    ]
    assert "76.8" in values
    assert {type(value) for value in values} == {str}


def test_what_is_no_code_of_the_province_is_a_404(reader):
    assert reader.get("/api/v1/communes/99999/standing").status_code == 404

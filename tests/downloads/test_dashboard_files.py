"""Files of the dashboards: the page's own numbers, as numbers, with what is said around them."""

from datetime import date

import pytest
from django.urls import reverse

from communes.models import Commune
from targets import tables
from targets.forms import DashboardForm
from targets.snapshot import snapshot_of
from tests.downloads.reading import csv_rows, has_formulas, xlsx_rows

END_OF_2022 = {"as_of": "2022-12-31"}


@pytest.fixture
def get(client, illustrated, settings):
    settings.PUBLIC_DASHBOARD = True

    def ask(page, table, kind="xlsx", *, query=END_OF_2022, **of_page):
        arguments = {"province": "20", "table": table, "kind": kind} | of_page
        response = client.get(reverse(f"{page}_table", kwargs=arguments), query)
        assert response.status_code == 200
        return response

    return ask


def records(response) -> list[dict]:
    """The rows of a workbook by their headings; the header stands below an empty row."""
    rows = xlsx_rows(response)
    start = next(n for n, row in enumerate(rows) if not any(row)) + 1
    return [dict(zip(rows[start], row, strict=True)) for row in rows[start + 1 :]]


def notes(response) -> str:
    return "\n".join(str(row[0]) for row in xlsx_rows(response)[:8])


def standpoint(province, query):
    snapshot = snapshot_of(province)
    return snapshot, DashboardForm(query, snapshot=snapshot).standpoint


def test_districts_have_the_numbers_of_the_page(get, illustrated):
    found = records(get("province", "districts"))
    expected = tables.districts(*standpoint(illustrated, END_OF_2022)).frame
    assert [row["Đạt chuẩn"] for row in found] == expected["recognised"].tolist()
    shares = [row["Tỷ lệ được công nhận (%)"] for row in found]
    assert shares == pytest.approx(expected["share"].tolist())
    assert sum(row["Số xã"] for row in found) == 181


def test_both_kinds_have_the_same_rows(get):
    in_csv = csv_rows(get("province", "districts", "csv"))
    header, rows = in_csv[0], in_csv[1 : in_csv.index([])]
    in_book = records(get("province", "districts"))
    assert header == list(in_book[0])
    assert [row[1] for row in rows] == [row["Huyện"] for row in in_book]


def test_a_file_says_the_day_the_filters_the_base_and_that_it_is_illustrative(get):
    query = END_OF_2022 | {"border": "on"}
    said = notes(get("matrix", "criteria", query=query))
    border = Commune.objects.filter(province__code="20").in_force(date(2022, 12, 31))
    count = border.filter(is_border=True, kind=Commune.Kind.COMMUNE).count()
    for words in ["31/12/2022", "biên giới", f"{count} xã", "minh họa"]:
        assert words in said


def test_filters_narrow_the_file(get):
    everyone = records(get("matrix", "criteria"))
    some = records(get("matrix", "criteria", query=END_OF_2022 | {"border": "on"}))
    assert len(everyone) == 181
    assert 0 < len(some) < 181


@pytest.mark.parametrize("name", ["under-10", "fell-back", "ended-by-merger", "next-in-line"])
def test_lists_are_as_long_as_on_the_page(get, client, name):
    query = {"as_of": "2024-12-31"}
    page = client.get(reverse("province", args=["20"]), query).content.decode()
    block = page[: page.index(f"tables/{name}.xlsx")].rpartition('<div class="list-block">')[2]
    rows = block.count('<th scope="row">')
    assert len(records(get("province", name, query=query))) == rows


def test_codes_keep_their_zeros_and_counts_are_numbers(get, illustrated):
    row = records(get("district", "communes", district="178"))[0]
    assert row["Mã"].startswith("0")
    assert isinstance(row["Tiêu chí đạt"], float)


def test_a_sheet_of_a_commune_has_values_and_thresholds(get, illustrated):
    code = (
        Commune.objects.filter(province=illustrated, kind=Commune.Kind.COMMUNE)
        .in_force(date(2024, 12, 31))[0]
        .code
    )
    found = records(get("commune", "criteria", query={"as_of": "2024-12-31"}, commune=code))
    assert {str(number) for number in range(1, 20)} <= {row["Số"] for row in found}
    assert any(isinstance(row["Giá trị"], float) for row in found)


def test_a_criterion_lists_its_communes_with_verdicts(get):
    found = records(get("criterion", "communes", number=1))
    assert len(found) == 181
    assert {row["Kết quả"] for row in found} <= {"Đạt", "Cơ bản đạt", "Chưa đạt", "Chưa đánh giá"}


def test_published_figures_stand_as_numbers(get):
    found = records(get("published", "figures"))
    assert all(isinstance(row["Công bố"], float) for row in found)
    assert all(row["Nguồn"] for row in found)


def test_a_name_like_a_formula_stays_text(get, illustrated):
    commune = Commune.objects.filter(province=illustrated, kind=Commune.Kind.COMMUNE).in_force(
        date(2022, 12, 31)
    )[0]
    Commune.objects.filter(pk=commune.pk).update(name="=1+1")
    type(illustrated).objects.filter(pk=illustrated.pk).raise_data_version()
    book = get("matrix", "criteria")
    assert "=1+1" in [row["Xã"] for row in records(book)]
    assert not has_formulas(book)
    assert "'=1+1" in [row[1] for row in csv_rows(get("matrix", "criteria", "csv")) if row[1:]]


def test_a_repeated_file_is_a_304(get, client):
    first = get("province", "districts")
    address = first.wsgi_request.get_full_path()
    again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304


def test_a_chart_is_a_workbook_too(client, illustrated, settings):
    settings.PUBLIC_DASHBOARD = True
    address = reverse("chart_file", args=["20", "districts", "xlsx"])
    found = records(client.get(address, END_OF_2022))
    assert "Tỷ lệ (%)" in found[0]

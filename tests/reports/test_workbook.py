"""The summary workbook says what the pages say, and the import reads it back."""

import zipfile
from datetime import date
from io import BytesIO

import pytest

from communes.models import District, Province
from criteria.cells import read_cell
from criteria.models import CriteriaSet, Score
from criteria.rules import Verdict
from reports.pack.recognised import GRADES
from reports.pack.subject import Kind, Subject, standpoint
from reports.workbook.build import workbook
from reports.workbook.summary_sheet import FIRST_CRITERION
from targets import progress, tables, verdict_tables
from targets.models import Metric
from targets.snapshot import forget_snapshots, snapshot_of
from tests.reports.reading import LINK, MID_2025, letter_of
from tests.reports.workbooks import read_back, sheet_rows, workbook_of

pytestmark = pytest.mark.django_db
CRITERIA = range(FIRST_CRITERION, FIRST_CRITERION + 19)
TOTAL, MEAN, BANDS, RECOGNISED = 22, 23, slice(24, 29), slice(29, 32)
SHARE, PLAN, ESTIMATE = 32, 33, 34


@pytest.fixture(scope="module")
def made(_illustration_of_the_module, django_db_blocker):
    with django_db_blocker.unblock():
        return workbook_of(Province.objects.get(code="20"))


@pytest.fixture
def province(illustrated):
    return Province.objects.get(code="20")


@pytest.fixture
def snapshot(province):
    return snapshot_of(province)


def at_of(snapshot, on=MID_2025, district=None):
    return standpoint(snapshot, on, district)


def rows_named(rows, name):
    return [row for row in rows if len(row) > 1 and row[1] == name]


def test_every_commune_stands_below_its_district_with_its_verdicts(made, snapshot):
    expected = [
        [row["name"], *(marks(row[n]) for n in range(1, 20)), row["counted"]]
        for row in verdict_tables.matrix(snapshot, at_of(snapshot)).to_dict("records")
    ]
    rows = [row for row in sheet_rows(made)[7:] if isinstance(row[0], float)]
    found = [[row[1], *(row[n] for n in CRITERIA), row[TOTAL]] for row in rows]
    assert found == expected


def marks(verdict):
    return {"met": "x", "basically": "CĐ", "not_met": "K", "not_applicable": "KA"}.get(
        verdict, "–"
    )


def test_bands_and_grades_of_communes_are_crossed(made, snapshot):
    table = verdict_tables.matrix(snapshot, at_of(snapshot))
    rows = [row for row in sheet_rows(made)[7:] if isinstance(row[0], float)]
    assert [row[BANDS].index("x") for row in rows] == table["band"].tolist()
    assert [row[RECOGNISED].count("x") for row in rows] == table["rank"].tolist()


def test_district_rows_are_those_of_the_table_of_districts(made, snapshot):
    at = at_of(snapshot)
    rows = {row[1]: row for row in sheet_rows(made)[7:] if row[0] and isinstance(row[0], str)}
    assert len(rows) == len(tables.districts(snapshot, at))
    for of in progress.rows_of(tables.districts(snapshot, at)):
        pk = int(snapshot.districts.index[snapshot.districts["code"] == of.code][-1])
        own = Subject(snapshot, at_of(snapshot, district=pk))
        row = rows[own.name[0].upper() + own.name[1:]]
        met = {r.number: r.met for r in progress.rows_of(
            verdict_tables.bottlenecks(snapshot, own.at))}  # fmt: skip
        assert [row[n] for n in CRITERIA] == [met[n] for n in range(1, 20)]
        assert row[2] == of.of
        assert row[MEAN] == pytest.approx(of.mean)
        assert row[BANDS] == tables.bands(snapshot, own.at)["communes"].tolist()
        assert row[RECOGNISED] == [of.recognised, of.advanced, of.model]
        assert row[SHARE] == pytest.approx(of.share)
        assert row[PLAN] == ("" if of.target != of.target else of.target)


def test_the_row_of_the_province_is_that_of_the_cards(made, snapshot):
    subject = Subject(snapshot, at_of(snapshot))
    row = rows_named(sheet_rows(made), "Toàn tỉnh")[0]
    met = {r.number: r.met for r in progress.rows_of(
        verdict_tables.bottlenecks(snapshot, subject.at))}  # fmt: skip
    assert [row[n] for n in CRITERIA] == [met[n] for n in range(1, 20)]
    standard = subject.row(Metric.COMMUNES_STANDARD, Kind.CUMULATIVE_COUNT)
    assert row[2] == 175
    assert row[MEAN] == pytest.approx(subject.row(Metric.AVG_CRITERIA, Kind.MEAN).value)
    assert row[BANDS] == tables.bands(snapshot, subject.at)["communes"].tolist()
    assert row[RECOGNISED] == [
        subject.row(metric, Kind.CUMULATIVE_COUNT).value for metric, *_ in GRADES
    ]
    assert row[SHARE] == pytest.approx(subject.row(Metric.COMMUNES_STANDARD, Kind.SHARE).value)
    assert row[PLAN] == standard.target_this_year


def test_an_estimate_is_a_number_at_the_end_of_a_year_only(province, snapshot, made):
    assert rows_named(sheet_rows(made), "Toàn tỉnh")[0][ESTIMATE] == ""
    row = rows_named(sheet_rows(workbook_of(province, date(2024, 12, 31))), "Toàn tỉnh")[0]
    assert row[ESTIMATE] == row[RECOGNISED][0] > 0


def test_the_import_reads_back_every_verdict(made, snapshot):
    readings, _known = read_back(made, snapshot, MID_2025)
    assert [reading.is_whole for reading in readings] == [True, True]
    found = {(f.unit, f.code): str(read_cell(f.text).verdict) for f in readings[0].findings}
    results = tables.results(snapshot, at_of(snapshot))
    expected = {
        (row.unit_id, str(row.number)): row.verdict for row in results.itertuples(index=False)
    }
    assert len(expected) == 175 * 19
    assert found == expected


def test_the_import_reads_back_the_indicators_too(made, snapshot):
    readings, known = read_back(made, snapshot, MID_2025)
    stands = tables.standing(snapshot, at_of(snapshot)).frame
    unit_of = {int(row.assessment_id): row.Index for row in stands.itertuples()}
    scores = Score.objects.filter(assessment__in=unit_of, indicator__code__contains=".")
    expected = {}
    for pk, code, value, verdict in scores.values_list(
        "assessment_id", "indicator__code", "value", "verdict"
    ):
        expected[unit_of[pk], code] = (value, verdict)
    assert len(expected) > 5000
    found = {(f.unit, f.code): f for f in readings[1].findings}
    assert found.keys() == expected.keys()
    for key, finding in found.items():
        said = read_cell(finding.text, known.targets[finding.code].unit)
        value, verdict = expected[key]
        if value is not None:
            assert said.value == value
        if said.verdict in list(Verdict):
            assert said.verdict == verdict


def test_the_second_sheet_has_every_indicator_of_the_set(made, snapshot):
    head = next(
        row for row in sheet_rows(made, 1) if any(str(cell).startswith("1.1 ") for cell in row)
    )
    criteria_set = CriteriaSet.objects.get(pk=tables.current_set(snapshot, at_of(snapshot)))
    codes = [cell.removeprefix("Mã ").split(" ")[0].rstrip(":") for cell in head[4:] if cell]
    rows = criteria_set.criteria.order_by("number", "indicators__position")
    assert codes == list(rows.values_list("indicators__code", flat=True))
    assert len(codes) == 57


def test_a_district_has_its_own_workbook(province, snapshot):
    district = District.objects.get(province=province, name="Bình Gia")
    rows = sheet_rows(workbook_of(province, district=district.pk))
    communes = tables.narrow(
        tables.communes(snapshot, at_of(snapshot)), at_of(snapshot, district=district.pk)
    )
    found = [row[1] for row in rows[7:] if isinstance(row[0], float)]
    assert found == communes["name"].tolist()
    assert not rows_named(rows, "Toàn tỉnh")
    assert rows_named(rows, "Huyện Bình Gia")


def test_without_districts_all_communes_stand_in_one_list(province, snapshot):
    after = workbook_of(province, date(2025, 9, 30))
    communes = tables.communes(snapshot, at_of(snapshot, date(2025, 9, 30)))
    found = [row[1] for row in sheet_rows(after)[6:] if isinstance(row[0], float)]
    assert found == communes["name"].tolist()


def test_made_again_it_is_the_same_byte_for_byte(province, made):
    forget_snapshots()
    assert workbook_of(province) == made


def test_it_says_where_its_numbers_come_from(made, province):
    said = " ".join(row[0] for row in sheet_rows(made, 2))
    for words in ("30/06/2025", "Mẫu số: 175 xã", f"dữ liệu của tỉnh: {province.data_version},"):
        assert words in said
    assert LINK in said
    assert "30/06/2025" in " ".join(str(row[0]) for row in sheet_rows(made)[:6])


def sheet_xml(made, number):
    with zipfile.ZipFile(BytesIO(made)) as packed:
        return packed.read(f"xl/worksheets/sheet{number}.xml").decode()


@pytest.mark.parametrize("number", [1, 2, 3])
def test_every_printed_page_is_a3_across_numbered_and_marked(made, number):
    xml = sheet_xml(made, number)
    assert 'paperSize="8" ' in xml
    assert 'orientation="landscape"' in xml
    assert "<pageSetUpPr fitToPage=" in xml
    assert 'fitToHeight="0"' in xml
    assert "SỐ LIỆU MINH HỌA" in xml.partition("<oddHeader>")[2].partition("<")[0]
    assert "Trang &amp;P/&amp;N" in xml
    assert "phiên bản" in xml.partition("<oddFooter>")[2]


def test_headings_stay_in_view_and_repeat_on_paper(made):
    for number in (1, 2):
        assert 'state="frozen"' in sheet_xml(made, number)
    with zipfile.ZipFile(BytesIO(made)) as packed:
        names = packed.read("xl/workbook.xml").decode()
    assert "'Biểu tổng hợp'!$6:$7" in names
    assert "'Chỉ tiêu'!$A:$B,'Chỉ tiêu'!$6:$8" in names


def test_queries_do_not_hang_on_the_number_of_communes(province, made, django_assert_num_queries):
    letter = letter_of(province)
    district = District.objects.get(province=province, name="Bình Gia")

    def make(district):
        forget_snapshots()
        return workbook(
            snapshot_of(province), as_of=MID_2025, district=district, letter=letter, link=LINK
        )

    make(district.pk)
    with django_assert_num_queries(16):
        make(district.pk)
    with django_assert_num_queries(
        19
    ):  # three more tables, for what the province plans and published
        make(None)

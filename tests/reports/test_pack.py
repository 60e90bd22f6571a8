"""What the meeting pack says is what the pages say."""

from datetime import date

import pytest

from communes.models import District, Province
from ntm_tracker.web.numbers import number, percent
from reports.pack.subject import standpoint
from targets import lists, progress, tables, verdict_tables
from targets.cards import show
from targets.models import Metric
from targets.snapshot import snapshot_of
from tests.reports.reading import MID_2025, pack_of

pytestmark = pytest.mark.django_db
DAYS = [date(2021, 6, 30), date(2024, 12, 31), MID_2025, date(2025, 9, 30)]


@pytest.fixture
def province(illustrated):
    return Province.objects.get(code="20")


@pytest.fixture
def snapshot(province):
    return snapshot_of(province)


def stood(snapshot, on=MID_2025, district=None):
    return standpoint(snapshot, on, district)


def plan_rows(snapshot, on):
    rows = tables.plan_rows(snapshot, stood(snapshot, on))
    return [row for row in rows if row.final_year >= on.year]


def without_day(cell):
    return cell.partition(" (")[0]


@pytest.mark.parametrize("on", DAYS)
def test_each_target_stands_against_its_plan_as_the_cards_have_it(province, snapshot, on):
    table = pack_of(province, on).sections["result"].tables["plan"]
    expected = plan_rows(snapshot, on)
    assert len(table.rows) == len(expected)
    for cells, row in zip(table.rows, expected, strict=True):
        if row.value == row.value:
            assert without_day(cells[3]) == show(row.value, row.metric, row.kind)
        else:
            assert cells[3] == "–"
        if row.kind != "range":
            assert cells[2].rstrip("*") == show(row.target_this_year, row.metric, row.kind)


@pytest.mark.parametrize("on", [MID_2025, date(2024, 12, 31)])
def test_last_years_figures_are_those_of_the_same_day(province, snapshot, on):
    then = on.replace(year=on.year - 1)
    plan = stood(snapshot, on).plan
    at = stood(snapshot, then)
    assert at.plan == plan
    earlier = {(row.metric, row.kind): row for row in tables.plan_rows(snapshot, at)}
    table = pack_of(province, on).sections["result"].tables["plan"]
    for cells, row in zip(table.rows, plan_rows(snapshot, on), strict=True):
        before = earlier[row.metric, row.kind]
        if before.value == before.value:
            assert without_day(cells[4]) == show(before.value, row.metric, row.kind)


def test_the_first_sentence_says_how_many_and_whether_that_is_on_plan(province):
    sentence = pack_of(province).sections["result"].sentences[0]
    assert sentence == (
        "Đến hết quý II/2025, toàn tỉnh có 106/175 xã đạt chuẩn nông thôn mới (cùng kỳ năm trước: "
        "95/181 xã), chậm 4 xã so với tiến độ kế hoạch để đạt mục tiêu 115 xã của năm 2025."
    )


def test_the_estimate_is_left_to_be_filled_in_until_the_year_is_over(province):
    table = pack_of(province).sections["result"].tables["plan"]
    assert {cells[5] for cells in table.rows} == {"…………"}
    assert "do cơ quan báo cáo điền" in table.note


def test_at_the_end_of_a_year_the_estimate_is_what_was_reached(province):
    table = pack_of(province, date(2024, 12, 31)).sections["result"].tables["plan"]
    assert all(cells[5] == cells[3] for cells in table.rows)
    assert "điền" not in table.note


@pytest.mark.parametrize("on", DAYS[:3])
def test_bands_are_those_of_the_page(province, snapshot, on):
    table = tables.bands(snapshot, stood(snapshot, on))
    expected = [number(count) for count in table["communes"]]
    rows = pack_of(province, on).sections["spread"].tables["bands"].rows
    assert [cells[1] for cells in rows] == expected


def test_criteria_are_those_of_the_page(province, snapshot):
    rows = progress.rows_of(verdict_tables.bottlenecks(snapshot, stood(snapshot)))
    expected = [
        (
            number(row.number),
            row.title,
            number(row.met),
            number(row.basically),
            number(row.not_met),
            number(row.base),
            percent(row.share),
        )
        for row in rows
    ]
    assert list(pack_of(province).sections["criteria"].tables["criteria"].rows) == expected


def test_districts_are_those_of_the_page(province, snapshot):
    expected = [
        (row.name, f"{number(row.recognised)}/{number(row.of)}", number(row.mean, 2))
        for row in progress.rows_of(tables.districts(snapshot, stood(snapshot)))
    ]
    rows = pack_of(province).sections["places"].tables["districts"].rows
    assert [(cells[0], cells[1], cells[5]) for cells in rows] == expected


def test_lists_are_those_of_the_page_in_full(province, snapshot):
    at = stood(snapshot)
    shown = tables.communes(snapshot, at)
    pages = [
        *lists.watch_lists(snapshot, at, shown, {}),
        lists.next_in_line(snapshot, at, shown, {}),
    ]
    content = pack_of(province)
    found = [*content.sections["watch"].tables.values(), content.sections["next"].tables["next"]]
    expected = [
        [row["name"] for row in [*page["rows"], *page["rest"]]] for page in pages if page["count"]
    ]
    assert [[cells[0] for cells in table.rows] for table in found] == expected


def test_border_communes_are_all_there(province, snapshot):
    communes = tables.communes(snapshot, stood(snapshot))
    expected = int(communes["is_border"].sum())
    section = pack_of(province).sections["border"]
    assert len(section.tables["border"].rows) == expected
    assert f"{expected} xã biên giới" in section.sentences[0]


def test_newly_recognised_communes_are_as_many_as_the_counts_say(province, snapshot):
    section = pack_of(province, date(2023, 12, 31)).sections["recognised"]
    series = tables.history(
        snapshot, stood(snapshot, date(2023, 12, 31)), Metric.COMMUNES_STANDARD, "new_in_year"
    )
    became = [cells for cells in section.tables["new"].rows if cells[3] == "NTM"]
    standard = section.tables["grades"].rows[0]
    assert standard[3] == number(series["value"].iloc[-1])
    assert 0 < len(became) <= int(standard[3])


def test_the_pace_needed_is_that_of_the_cards(province, snapshot):
    rows = [row for row in plan_rows(snapshot, MID_2025) if row.pace_needed > 0]
    section = pack_of(province).sections["pace"]
    assert len(section.tables["pace"].rows) == len(rows)
    assert f"nhịp {number(rows[0].pace_needed, 1)} xã" in section.sentences[0]


def test_a_district_has_its_own_figures(province, snapshot):
    district = District.objects.get(province=province, name="Bình Gia")
    at = stood(snapshot, MID_2025, district.pk)
    row = next(
        row for row in progress.rows_of(tables.districts(snapshot, at)) if row.name == "Bình Gia"
    )
    content = pack_of(province, district=district.pk)
    said = f"huyện Bình Gia có {number(row.recognised)}/{number(row.of)} xã đạt chuẩn"
    assert said in content.sections["result"].sentences[0]
    assert "huyện Bình Gia, tỉnh Lạng Sơn" in content.subject
    assert len(content.sections["places"].tables["communes"].rows) == row.of


def test_without_districts_it_says_so(province):
    section = pack_of(province, date(2025, 9, 30)).sections["places"]
    assert section.tables == {}
    assert "không còn đơn vị hành chính cấp huyện" in section.sentences[0]


def test_where_nothing_was_verified_nobody_is_said_to_be_well(province):
    content = pack_of(province, date(2025, 9, 30))
    assert "chưa có phiếu đánh giá" in content.sections["watch"].sentences[0]
    assert "dưới 10" not in " ".join(content.sections["watch"].sentences)


def test_notes_say_where_the_numbers_come_from(province):
    notes = " ".join(pack_of(province).notes)
    assert "30/06/2025" in notes
    assert "175 xã thuộc chương trình, trong đó 175 xã có phiếu đánh giá" in notes
    assert f"Phiên bản dữ liệu của tỉnh: {province.data_version}," in notes
    assert "minh họa" in notes


def test_a_document_is_vietnamese_whatever_its_reader_reads(province):
    from django.utils import translation

    with translation.override("en"):
        content = pack_of(province)
    assert content == pack_of(province)
    assert "15,21 tiêu chí" in content.sections["spread"].sentences[0]

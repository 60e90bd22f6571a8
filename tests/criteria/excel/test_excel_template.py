"""The template holds whom one enters for, and what Excel needs to keep entries right."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from criteria.excel.places import MEMORY, Kept, kept_in, what
from criteria.models import Assessment
from criteria.sheets import forget_layouts
from tests.criteria.test_grid import signed_in
from tests.criteria.workbooks import downloaded, put, send
from tests.criteria.world import World
from tests.factories import make_commune

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    world = World()
    world.other = world.make_assessment(world.other_commune)
    world.save(world.change("1.1", "85.5"), world.change("1.2", 30, "met", note="=1+1"))
    return world


def parts(client, url, **asked) -> dict[str, str]:
    """The files inside the workbook, by name."""
    with ZipFile(BytesIO(client.get(f"{url}template/", asked).content)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def texts(sheet):
    return {cell.text for row in sheet.rows for cell in row if cell.text}


def test_staff_get_their_own_commune_only(world, url):
    for sheet in downloaded(signed_in(world.staff), url):
        assert not {"Xã Bắc Ái", f"a{world.other.pk}"} & texts(sheet)


def test_district_narrows_it(world, officer, url):
    sheets = downloaded(officer, url, district=world.other_district.code)
    assert "Xã Bắc Ái" in texts(sheets[1])
    assert "Xã Hội Hoan" not in texts(sheets[1])


def test_holds_what_is_stored_and_its_version_out_of_sight(world, officer, url):
    _guide, entry, notes, memory = downloaded(officer, url)
    assert {"85.5", "30 Đ"} <= texts(entry)
    assert "=1+1" in texts(notes)
    assert memory.name == MEMORY
    assert {"1|85,5|", "1|30 Đ|=1+1"} <= texts(memory)
    assert 'state="veryHidden"' in parts(officer, url)["xl/workbook.xml"]


@pytest.mark.parametrize("arrangement", ["table", "sheets"])
def test_sheets_are_locked_but_for_the_inputs(officer, url, arrangement):
    files = parts(officer, url, arrangement=arrangement)
    assert "<sheetProtection" in files["xl/worksheets/sheet2.xml"]
    assert "<pane" in files["xl/worksheets/sheet2.xml"]
    assert files["xl/styles.xml"].count('<protection locked="0"/>') == 1


def test_excel_lets_in_what_fits_the_kind(officer, url):
    rules = parts(officer, url)["xl/worksheets/sheet2.xml"]
    assert "&quot;Đ,CĐ,K,KA&quot;" in rules or '"Đ,CĐ,K,KA"' in rules
    assert "AND(D5&gt;=0,D5&lt;=100)" in rules
    assert "ISTEXT(D5)" in rules


def test_headings_carry_threshold_and_source(world, officer, url):
    world.roads.thresholds.update(source="Quyết định 318/QĐ-TTg")
    forget_layouts()
    comments = parts(officer, url)["xl/comments1.xml"]
    assert "≥ 80" in comments
    assert "318/QĐ-TTg" in comments
    sheet = downloaded(officer, url, arrangement="sheets")[1]
    assert "Quyết định 318/QĐ-TTg" in texts(sheet)


def test_row_that_takes_no_scores_is_locked_and_says_why(world, officer, url):
    Assessment.objects.filter(pk=world.other.pk).update(state=Assessment.State.SUBMITTED)
    files = parts(officer, url)
    assert "Đã nộp" in files["xl/comments1.xml"] or "đã nộp" in files["xl/comments1.xml"]
    rows = files["xl/worksheets/sheet2.xml"].split("<row ")
    unlocked = [row.count('s="6"') for row in rows[-2:]]
    assert unlocked[0] != unlocked[1]


def test_is_not_given_where_there_is_nothing_to_fill_in(world, url):
    nobody = make_commune(district=world.district, name="Xã mới")
    staff = world.make_user("commune_staff", commune=nobody)
    assert signed_in(staff).get(f"{url}template/").status_code == 400


def test_costs_the_same_queries_for_any_number_of_communes(
    world, officer, url, django_assert_num_queries
):
    officer.get(f"{url}template/")
    for count in (2, 10):
        for number in range(count):
            commune = make_commune(district=world.district, name=f"Xã số {count} {number}")
            world.make_assessment(commune)
        with django_assert_num_queries(11):
            officer.get(f"{url}template/")


@pytest.mark.parametrize(
    ("row", "column", "expected"),
    [
        ("a12", "l1.1 f", (12, "1.1", False)),
        ("a12 l1.1", "n", (12, "1.1", True)),
        ("a12", "l1.1", None),
        ("a12", "", None),
        ("", "l1.1 f", None),
        ("ax l1.1", "f", None),
        ("a١ l1.1", "f", None),
    ],
)
def test_row_and_column_say_together_what_a_cell_is_about(row, column, expected):
    assert what(row, column) == expected


@given(st.integers(0, 10**6), st.sampled_from(["", "85,5 Đ", "–", "1,2"]), st.text())
def test_memory_says_what_was_put_into_it(version, text, note):
    kept = Kept(version, text, note)
    assert kept_in(kept.as_text) == kept


FINDINGS = {
    "1.1": ["", "0", "100", "85,5", "12.25", "80"],
    "1.2": ["", "30 Đ", "1234", "39,5 K", "KA", "CĐ", "0"],
    "2.1": ["", "Đ", "CĐ", "K", "KA", "đạt"],
    "3": ["", "Đ", "K"],
}


@settings(
    max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.data())
def test_whatever_is_typed_is_what_is_proposed(world, officer, url, data):
    arrangement = data.draw(st.sampled_from(["table", "sheets"]))
    sheets = downloaded(officer, url, arrangement=arrangement)
    shown = {(world.assessment.pk, "1.1"): "85,5", (world.assessment.pk, "1.2"): "30 Đ"}
    expected = {}
    for assessment in (world.assessment, world.other):
        for code, texts_of in FINDINGS.items():
            typed = data.draw(st.sampled_from(texts_of))
            put(sheets, assessment, code, typed or None)
            if typed != shown.get((assessment.pk, code), ""):
                expected[assessment.pk, code] = typed or "–"
    _page, workbook = send(officer, url, sheets)
    assert {(ask.assessment, ask.code): ask.text for ask in workbook.asks} == expected
    assert workbook.faults == []

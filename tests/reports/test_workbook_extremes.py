"""Whatever a province holds, its summary workbook is made, and nothing typed is a formula."""

import zipfile
from io import BytesIO

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from targets.snapshot import snapshot_of
from tests.factories import (
    make_assessment,
    make_commune,
    make_criteria_set,
    make_district,
    make_period,
    make_province,
)
from tests.reports.test_extremes import LONG, NAMES, ON, made
from tests.reports.workbooks import read_back, sheet_rows, workbook_of

pytestmark = pytest.mark.django_db
HOSTILE = ["=1+1", "+84", "-2", "@SUM(A1)", '=HYPERLINK("http://x")', "{=1}", "http://x.vn"]


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    communes=st.integers(0, 3),
    verified=st.integers(0, 3),
    recognised=st.integers(0, 3),
    is_planned=st.booleans(),
    is_complete=st.booleans(),
    name=NAMES,
    of_district=st.booleans(),
)
@example(0, 0, 0, False, False, "Bắc Sơn", False)
@example(1, 0, 0, True, True, LONG, False)
@example(3, 3, 3, True, True, "=1+1", True)
@example(3, 0, 0, True, False, "&P&N", True)
def test_it_is_made_and_holds_what_there_is(
    communes, verified, recognised, is_planned, is_complete, name, of_district
):
    province, district = made(
        communes=communes,
        verified=verified,
        recognised=recognised,
        is_planned=is_planned,
        is_complete=is_complete,
        name=name,
    )
    content = workbook_of(province, ON, district.pk if district and of_district else None)
    places = [row for row in sheet_rows(content) if isinstance(row[0], float)]
    assert [row[1] for row in places] == [name] * communes
    assert sum("–" not in row[3:22] for row in places) == min(verified, communes)
    values = [row for row in sheet_rows(content, 1) if isinstance(row[0], float)]
    assert [row[1] for row in values] == [name] * communes


@pytest.fixture
def province():
    return make_province(name="Tỉnh thử", register_complete=True)


def assessed(district, name, criteria_set, met):
    commune = make_commune(district=district, name=name)
    period = make_period(province=district.province)
    make_assessment(commune=commune, criteria_set=criteria_set, period=period, met=met)
    return commune


def test_names_that_look_like_formulas_are_text(province):
    criteria_set = make_criteria_set()
    district = make_district(province=province, name="=cmd|' /C calc'!A0")
    for name in HOSTILE:
        assessed(district, name, criteria_set, 5)
    content = workbook_of(province, ON)
    with zipfile.ZipFile(BytesIO(content)) as packed:
        parts = [packed.read(name).decode() for name in packed.namelist() if "sheet" in name]
    assert not any("<f>" in part or "<hyperlink " in part for part in parts)
    found = {row[1] for row in sheet_rows(content) if isinstance(row[0], float)}
    assert found == set(HOSTILE)


def test_communes_of_one_name_in_two_districts_are_told_apart(province):
    criteria_set = make_criteria_set()
    first, second = [
        make_district(province=province, name=name) for name in ("Chi Lăng", "Bình Gia")
    ]
    met = {
        assessed(first, "Tân Thành", criteria_set, 7).pk: 7,
        assessed(second, "Tân Thành", criteria_set, 12).pk: 12,
        assessed(second, "Bình Gia", criteria_set, 19).pk: 19,
        assessed(first, "Cộng Hòa", criteria_set, 0).pk: 0,
    }
    snapshot = snapshot_of(province)
    readings, _known = read_back(workbook_of(province, ON), snapshot, ON)
    assert readings[0].is_whole
    found = readings[0].findings
    assert len(found) == 4 * 19
    assert {pk: sum(f.text == "x" for f in found if f.unit == pk) for pk in met} == met


def test_communes_without_a_district_are_read_beside_those_with_one(province):
    criteria_set = make_criteria_set()
    district = make_district(province=province, name="Chi Lăng")
    inside = assessed(district, "Tân Thành", criteria_set, 7)
    outside = make_commune(province=province, name="Hòa Bình")
    make_assessment(
        commune=outside, criteria_set=criteria_set, period=make_period(province=province), met=3
    )
    readings, _known = read_back(workbook_of(province, ON), snapshot_of(province), ON)
    assert readings[0].is_whole
    assert {f.unit for f in readings[0].findings} == {inside.pk, outside.pk}

"""Whatever a province holds, its pack can be made and says what is there."""

from datetime import date

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from reports.paper.standard import standard_template
from reports.paper.typesetting import pdf
from reports.paper.word import docx
from tests.factories import (
    make_assessment,
    make_commune,
    make_criteria_set,
    make_district,
    make_period,
    make_plan,
    make_province,
    make_recognition,
)
from tests.reports.reading import (
    data_tables,
    pack_of,
    pdf_pages,
    rows_of,
    squeezed,
    tables_of,
    word_of,
)

pytestmark = pytest.mark.django_db
ON = date(2024, 12, 31)
LETTERS = "abcđeêghiklmnoôơpqrstuưvxyáàảãạăâđấầẩẫậ ABCĐÊÔƠƯ{}%#*-<>&$[]\\_'\"/"
NAMES = st.text(LETTERS, min_size=1, max_size=60).filter(str.strip)
LONG = "Nghĩa Trung Thành Phố Mới Đồng Bành Quan Sơn Hữu Kiên Vạn Lộc"
TARGETS = [
    {"metric": "communes_standard", "kind": "cumulative_count", "year": 2025, "low": 2},
    {"metric": "communes_standard", "kind": "share", "year": 2025, "low": 60},
    {"metric": "avg_criteria", "kind": "mean", "year": 2025, "low": 15},
    {"metric": "communes_below_10", "kind": "floor", "year": 2025, "low": 0},
    {"metric": "border_avg_criteria", "kind": "range", "year": 2025, "low": 15, "high": 15.5},
    {"metric": "residential_areas", "kind": "per_district", "year": 2025, "low": 2},
]


def made(*, communes, verified, recognised, is_planned, name, is_complete):
    province = make_province(register_complete=is_complete, name=name[:60])
    if is_planned:
        make_plan(province=province, targets=TARGETS)
    district = make_district(province=province, name=name) if communes else None
    criteria_set = make_criteria_set(criteria=19)
    period = make_period(province=province)
    for number in range(communes):
        commune = make_commune(district=district, name=name, is_border=number == 0)
        if number < verified:
            make_assessment(
                commune=commune, criteria_set=criteria_set, period=period, met=number * 9
            )
        if number < recognised:
            make_recognition(commune=commune, grade="standard", year=2024, decided_on=ON)
    return province, district


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
@example(3, 3, 3, True, True, "{{ 7*7 }}", True)
@example(3, 0, 0, True, False, "- <w:p>", True)
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
    content = pack_of(province, ON, district.pk if district and of_district else None)
    word = word_of(docx(content, ON, standard_template()))
    expected = [list(table.rows) for table in tables_of(content)]
    assert [rows_of(table)[1:] for table in data_tables(word)] == expected
    text = squeezed(" ".join(pdf_pages(pdf(content, ON))))
    cells = [cell for rows in expected for row in rows for cell in row]
    assert [cell for cell in cells if squeezed(cell) not in text] == []

"""A set goes out as a file and comes in from one: as a whole, or not at all."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from criteria.models import Criterion, CriterionLink, Indicator, Threshold
from criteria.set_table import set_table
from ntm_tracker.web.downloads import Table, answer
from tests.criteria.test_sets import copy, draft, of, read, send, text_of
from tests.criteria.world import World

pytestmark = pytest.mark.django_db
FIELDS = ["code", "name", "name_en", "kind", "unit", "direction", "is_delegated", "note"]


@pytest.fixture
def world(client):
    world = World()
    copy(client, world)
    return world


def cells(world):
    """The draft's table, header and rows as lists, to be changed and sent in."""
    table = set_table(draft(), world.province)
    rows = [list(row) + [""] * (len(table.header) - len(row)) for row in table.rows]
    return list(table.header), rows


def upload(client, world, header, rows, kind="xlsx"):
    table = Table(name="bo", title="Bộ", header=header, rows=rows, notes=["Ghi chú của tệp"])
    file = SimpleUploadedFile(f"bo.{kind}", answer(table, kind).content)
    return send(client, world, of(world, "set_import"), file=file)


def apply(client, world, response):
    return send(client, world, of(world, "set_import"), content=response.context["content"])


def stored():
    criteria = Criterion.objects.filter(criteria_set=draft()).order_by("number")
    indicators = Indicator.objects.filter(criterion__in=criteria).order_by("code")
    thresholds = Threshold.objects.filter(indicator__in=indicators)
    return (
        list(criteria.values_list("number", "name", "name_en", "group")),
        list(indicators.values_list("criterion__number", "position", *FIELDS)),
        set(thresholds.values_list("indicator__code", "area_group", "value", "text")),
    )


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_what_goes_out_comes_in_without_a_change(client, world, kind):
    before = stored()
    response = upload(client, world, *cells(world), kind)
    assert "3 tiêu chí, 3 chỉ tiêu, 2 mức đạt chuẩn" in text_of(response)
    assert stored() == before
    apply(client, world, response)
    assert stored() == before


def test_links_to_other_sets_stay(client, world):
    apply(client, world, upload(client, world, *cells(world)))
    links = CriterionLink.objects.filter(criterion__criteria_set=draft())
    assert links.count() == 3


def test_changes_are_exactly_those_of_the_file(client, world):
    header, rows = cells(world)
    rows[0][-1] = "62,5"
    rows.append([4, "An ninh", "", "", "4.1", "Tuyên truyền", "", "Đạt hoặc chưa đạt"])
    rows[-1] += [""] * (len(header) - len(rows[-1]))
    rows[-1][7] = rows[2][7]
    rows[-1][-1] = "Đạt"
    apply(client, world, upload(client, world, header, rows))
    assert draft().criteria.get(number=4).indicators.get().thresholds.get().text == "Đạt"
    assert Threshold.objects.filter(
        indicator__criterion__criteria_set=draft(), value="62.5"
    ).exists()


@pytest.mark.parametrize(
    ("spoil", "place", "said"),
    [
        (lambda rows: rows[0].__setitem__(0, "một"), "A5", "Hãy ghi số thứ tự tiêu chí"),
        (lambda rows: rows[0].__setitem__(7, "tỉ lệ gì"), "H5", "Không hiểu “tỉ lệ gì”"),
        (lambda rows: rows[0].__setitem__(9, ""), "J5", "Không hiểu “”"),
        (lambda rows: rows[1].__setitem__(4, "1.1"), "E6", "Chỉ tiêu 1.1 đã có ở trên"),
        (lambda rows: rows[1].__setitem__(1, "Tên khác"), "B6", "ở trên có tên"),
        (lambda rows: rows[0].__setitem__(-1, 120), "M5", "Tỷ lệ nằm trong khoảng"),
        (lambda rows: rows[0].__setitem__(5, ""), "F5", ""),
        (lambda rows: rows.clear(), "4", "Không có tiêu chí nào"),
    ],
)
def test_mistakes_are_named_by_cell_and_nothing_is_put_in(client, world, spoil, place, said):
    header, rows = cells(world)
    before = stored()
    spoil(rows)
    response = upload(client, world, header, rows)
    assert (place, True) in [
        (mistake.place, said in mistake.text) for mistake in response.context["found"].mistakes
    ]
    assert not response.context["content"]
    assert stored() == before


def test_missing_column_is_named(client, world):
    header, rows = cells(world)
    response = upload(client, world, header[:7], [row[:7] for row in rows])
    assert "Thiếu cột “Loại giá trị”" in text_of(response)


def test_other_table_says_what_it_should_be(client, world):
    response = upload(client, world, ["Xã", "Kết quả"], [["Hội Hoan", 1]])
    assert "Không tìm thấy dòng tiêu đề" in text_of(response)


def test_file_of_another_kind_is_refused(client, world):
    file = SimpleUploadedFile("bo.xlsx", b"%PDF-1.4")
    response = send(client, world, of(world, "set_import"), file=file)
    assert response.context["form"].errors["file"]


def test_content_that_was_tampered_with_is_refused(client, world):
    before = stored()
    page = text_of(send(client, world, of(world, "set_import"), content="{}"))
    assert "Hãy tải tệp lên lại" in page
    assert stored() == before


def test_set_in_force_takes_no_file(client, world):
    response = upload(client, world, *cells(world))
    send(client, world, of(world, "set_force"))
    page = text_of(apply(client, world, response))
    assert "không sửa được" in page


def test_file_of_the_set_is_offered(client, world):
    for kind in ["xlsx", "csv"]:
        assert read(client, world, of(world, "criteria_set_file", kind=kind)).status_code == 200

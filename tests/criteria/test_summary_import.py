"""A province's own summary workbook comes in: understood, corrected, compared, applied, undone."""

from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from criteria.models import Score, SummaryMapping, WorkbookImport
from tests.criteria.test_grid import signed_in, text_of
from tests.criteria.workbooks import agree, undo
from tests.criteria.world import World
from tests.factories import make_commune
from tests.ntm_tracker.uploads import rows_as_xlsx, xlsx

pytestmark = pytest.mark.django_db
State = WorkbookImport.State
HEADER = ["TT", "Huyện/Xã", "TC1", "TC2", "TC3", "1.1"]


@pytest.fixture
def world():
    world = World()
    world.other = world.make_assessment(world.other_commune)
    return world


@pytest.fixture
def url(world):
    return f"/provinces/{world.province.code}/excel/summary/"


@pytest.fixture
def officer(world):
    return signed_in(world.officer)


def send(client, url, *rows, name="bieu.xlsx", content=None):
    content = content if content is not None else rows_as_xlsx(rows)
    return client.post(url, {"file": SimpleUploadedFile(name, content)}, follow=True)


def sent():
    return WorkbookImport.objects.latest("pk")


def go_on(client, page, **fields):
    """Press the button under the mapping, with some choices changed."""
    form = page.context["form"]
    given = {name: form[name].value() for name in form.fields} | fields
    return client.post(sent().mapping_url, given, follow=True)


def choice_of(page, heading):
    """The name of the field that corrects a column or row."""
    form = page.context["form"]
    return next(f.name for about, _, f in [*form.columns(), *form.rows()]
                if getattr(about, "heading", getattr(about, "label", "")) == heading)  # fmt: skip


def findings():
    rows = Score.objects.select_related("assessment__commune", "indicator", "criterion")
    return {
        (
            row.assessment.commune.name,
            row.indicator.code if row.indicator else str(row.criterion.number),
        ): (row.value, row.verdict)
        for row in rows
        if row.value is not None or row.verdict
    }


TABLE = (
    ["UBND TỈNH"],
    ["BIỂU TỔNG HỢP KẾT QUẢ THỰC HIỆN BỘ TIÊU CHÍ"],
    HEADER,
    [1, "Xã Hội Hoan ", "x", "Đ", "K", "85,5"],
    [2, "Bắc Ái", "", "CĐ", "x", 70],
    ["", "Tổng cộng", 1, 2, 1, ""],
)


def test_workbook_comes_in_and_is_undone(officer, url):
    mapping = send(officer, url, *TABLE)
    assert mapping.context["cells"] == 6
    assert not mapping.context["faults"]
    preview = go_on(officer, mapping)
    assert len(preview.context["plan"].changing) == 6
    agree(officer, preview)
    assert findings() == {
        ("Hội Hoan", "1.1"): (Decimal("85.5"), "met"),
        ("Hội Hoan", "2.1"): (None, "met"),
        ("Hội Hoan", "3"): (None, "not_met"),
        ("Bắc Ái", "1.1"): (Decimal(70), "not_met"),
        ("Bắc Ái", "2.1"): (None, "basically"),
        ("Bắc Ái", "3"): (None, "met"),
    }
    undo(officer, sent())
    assert not findings()


def test_criterion_with_indicators_is_compared_and_not_written(officer, url, world):
    world.fill()
    world.fill(world.other, roads=10)
    page = send(officer, url, HEADER, [1, "Hội Hoan", "x"], [2, "Bắc Ái", "x"])
    compared = page.context["compared"]
    assert compared.same == 1
    assert [(d.commune.name, d.code, d.claimed, d.computed) for d in compared.differences] == [
        ("Bắc Ái", "1", "Đạt", "Chưa đạt")
    ]
    assert page.context["cells"] == 0


def test_form_asks_for_nothing_before_it_is_sent(officer, url):
    page = officer.get(url)
    assert page.status_code == 200
    assert not page.context["form"].errors


def test_claim_beside_nothing_is_no_difference(officer, url):
    compared = send(officer, url, HEADER, [1, "Hội Hoan", "x"]).context["compared"]
    assert (compared.unassessed, compared.differences) == (1, [])


def test_nothing_that_was_not_understood_is_dropped_in_silence(officer, url):
    rows = [*HEADER, "Dân số"], [1, "Hội Hoan", 5, "x", "có lẽ", "", 3000], [2, "Xã Lạ", "x"]
    page = send(officer, url, *rows)
    told = " ".join(page.context["faults"])
    for word in ("“Dân số”", "“Xã Lạ”", "E2 “có lẽ”", "C2 “5”"):
        assert word in told
    preview = go_on(officer, page)
    assert "“Xã Lạ”" in text_of(preview)
    agree(officer, preview)
    assert not findings(), "saved without the word that the rest is left out"
    agree(officer, officer.get(sent().get_absolute_url()), leaves_out="on")
    assert findings() == {("Hội Hoan", "2.1"): (None, "met")}


def test_sheets_that_are_not_read_are_named(officer, url):
    def fill(book, sheet):
        for column, text in enumerate(HEADER):
            sheet.write(0, column, text)
        sheet.write_row(1, 0, [1, "Hội Hoan", "", "x"])
        book.add_worksheet("Danh mục").write(0, 0, "Gạo")
        hidden = book.add_worksheet("Ẩn")
        hidden.write_row(0, 0, ["Xã", "TC3"])
        hidden.write_row(1, 0, ["Hội Hoan", "K"])
        hidden.hide()

    page = send(officer, url, content=xlsx(fill))
    assert page.context["unread_sheets"] == ["Danh mục", "Ẩn"]
    assert "Danh mục, Ẩn" in text_of(page)
    assert page.context["cells"] == 1


def test_corrections_are_remembered_for_the_next_workbook(officer, url, world):
    rows = ["TT", "Xã", "Kết quả quy hoạch"], [1, "Hội Hoan", "x"], [2, "Bắc Ái cũ", "K"]
    page = send(officer, url, *rows)
    corrected = {
        choice_of(page, "Kết quả quy hoạch"): "finding:3",
        choice_of(page, "Bắc Ái cũ"): f"unit:{world.other_commune.code}",
    }
    go_on(officer, page, **corrected, show="1")
    again = send(officer, url, *rows, ["", "Cộng", 2])
    assert not again.context["faults"]
    agree(officer, go_on(officer, again))
    assert findings() == {("Hội Hoan", "3"): (None, "met"), ("Bắc Ái", "3"): (None, "not_met")}


def test_correction_is_taken_back(officer, url):
    page = send(officer, url, ["TT", "Xã", "TC3"], [1, "Hội Hoan", "x"])
    field = choice_of(page, "TC3")
    left_out = go_on(officer, page, **{field: "skipped"}, show="1")
    assert left_out.context["cells"] == 0
    assert go_on(officer, left_out, **{field: ""}, show="1").context["cells"] == 1
    assert SummaryMapping.objects.get().said == {}


def test_correction_that_is_not_offered_is_refused(officer, url):
    page = send(officer, url, ["TT", "Xã", "TC3"], [1, "Hội Hoan", "x"])
    refused = go_on(officer, page, **{choice_of(page, "TC3"): "finding:99"})
    assert refused.context["form"].errors
    assert sent().state == State.MAPPING


def test_staff_may_not_write_for_others(world, url):
    staff = signed_in(world.staff)
    preview = go_on(staff, send(staff, url, *TABLE))
    assert {cell.row.commune for cell in preview.context["plan"].changing} == {world.commune}
    assert preview.context["plan"].strays


def test_commune_without_assessment_is_named(officer, url, world):
    make_commune(district=world.district, name="Yên Khoái")
    page = send(officer, url, HEADER, [1, "Hội Hoan", "", "x"], [2, "Yên Khoái", "", "x"])
    assert any("Yên Khoái" in sentence for sentence in page.context["faults"])
    assert page.context["cells"] == 1


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("b.xlsx", b"TT;TC1", "Đuôi tên tệp"),
        ("b.csv", "TT;Hàng\n1;Gạo\n".encode(), "tên xã"),
        ("b.csv", b"", "không có dữ liệu"),
    ],
)
def test_file_that_is_no_summary_is_refused_in_the_form(officer, url, name, content, sentence):
    page = send(officer, url, name=name, content=content)
    assert page.status_code == 422
    assert sentence in text_of(page)
    assert not WorkbookImport.objects.exists()


def test_mapping_of_an_applied_import_leads_to_the_import(officer, url):
    agree(officer, go_on(officer, send(officer, url, *TABLE)))
    answer = officer.get(sent().mapping_url)
    assert answer.url == sent().get_absolute_url()


def test_queries_do_not_grow_with_communes(officer, url, world, django_assert_num_queries):
    world.fill()
    more = [make_commune(district=world.district, name=f"Xã {n}") for n in range(5)]
    for commune in more:
        world.make_assessment(commune)
    rows = [[n, commune.name, "x", "x"] for n, commune in enumerate(more)]
    send(officer, url, *TABLE, *rows)
    with django_assert_num_queries(17):
        officer.get(sent().mapping_url)

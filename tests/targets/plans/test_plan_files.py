"""The targets of a plan as a file, and the file back in."""

import csv
from io import BytesIO, StringIO

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from targets.models import Baseline, Target
from tests.targets.plans.world import COUNT, PATH

pytestmark = pytest.mark.django_db


def url(world, name="plan_upload", **more):
    where = {"province": world.province.code, "plan": world.plan.code}
    return reverse(name, kwargs=where | more)


def workbook(rows):
    file = BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return file.getvalue()


def upload(client, world, content, name="kh.xlsx", step="preview"):
    file = SimpleUploadedFile(name, content)
    return client.post(url(world), {"step": step, "file": file})


@pytest.fixture
def header_and_row(officer, world):
    content = officer.get(url(world, "plan_file", kind="csv")).content.decode("utf-8-sig")
    rows = list(csv.reader(StringIO(content)))
    return rows[0], next(row for row in rows if row[4:6] == ["2025", "115"])


def with_value(row, value, year="2025", district=""):
    return [district, row[1], row[2], row[3], year, value]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_own_file_back_in_is_no_change(officer, world, kind):
    world.plan.targets.create(
        metric="border_avg_criteria", kind="range", year=2022, low=15, high="15.5", source="x"
    )
    world.plan.targets.create(**COUNT, year=2025, low=60, district=world.districts[0], source="x")
    content = officer.get(url(world, "plan_file", kind=kind)).content
    page = upload(officer, world, content, f"kh.{kind}")
    assert page.status_code == 302
    assert Target.history.count() == 7


def test_changed_file_is_previewed_then_applied(officer, world, header_and_row):
    header, row = header_and_row
    district = world.districts[0]
    rows = [
        ["Kế hoạch của tỉnh"],
        header,
        with_value(row, 118),
        with_value(row, 60, district=district.code),
        with_value(row, "", year="2021"),
    ]
    page = upload(officer, world, workbook(rows))
    assert page.status_code == 200
    assert world.path() == PATH
    changes = page.context["changes"]
    assert [(change["before"], change["after"]) for change in changes] == [
        ("75", ""),
        ("115", "118"),
        ("", "60"),
    ]
    assert str(district) in changes[2]["label"]
    sent = {change["key"].name: change["text"] for change in changes}
    data = {"step": "save", "seen": page.context["typed"].seen, "reason": "theo tệp"} | sent
    officer.post(url(world), data)
    assert world.path() == {year: low for year, low in PATH.items() if year > 2021} | {2025: 118}
    assert Target.objects.get(district=district).low == 60


def test_file_changed_meanwhile_is_looked_at_again(officer, world, header_and_row):
    header, row = header_and_row
    page = upload(officer, world, workbook([header, with_value(row, 118)]))
    world.plan.targets.filter(year=2025).update(low=117)
    sent = {change["key"].name: change["text"] for change in page.context["changes"]}
    data = {"step": "save", "seen": page.context["typed"].seen, "reason": "x"} | sent
    page = officer.post(url(world), data)
    assert page.status_code == 409
    assert world.path()[2025] == 117


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda row: with_value(row, "nhiều"), "F2: "),
        (lambda row: with_value(row, 104), "104 của năm 2025 nhỏ hơn 105"),
        (lambda row: with_value(row, 115, year="2031"), "Dòng 2: năm “2031”"),
        (lambda row: with_value(row, 115, district="00"), "“00” không phải là huyện"),
        (lambda row: ["", "", "Xã lạ", row[3], "2025", 1], "“Xã lạ”"),
        (lambda row: ["", "", row[2], "kiểu lạ", "2025", 1], "“kiểu lạ”"),
    ],
)
def test_rows_that_do_not_fit_are_told_and_nothing_is_applied(
    officer, world, header_and_row, spoil, said
):
    header, row = header_and_row
    page = upload(officer, world, workbook([header, spoil(row), with_value(row, 76, "2021")]))
    assert page.status_code == 422
    assert said in page.content.decode()
    assert world.path() == PATH


def test_same_target_twice_is_told(officer, world, header_and_row):
    header, row = header_and_row
    page = upload(officer, world, workbook([header, with_value(row, 116), with_value(row, 117)]))
    assert "F2" in page.context["sentences"][0]


def test_error_of_the_spreadsheet_is_no_empty_value(officer, world, header_and_row):
    header, row = header_and_row
    file = BytesIO()
    with xlsxwriter.Workbook(file) as book:
        book.add_worksheet("Ghi chú").write(0, 0, "Đọc trước khi điền")
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, header)
        sheet.write_row(1, 0, with_value(row, ""))
        sheet.write_formula("F2", "=1/0", None, "#DIV/0!")
    page = upload(officer, world, file.getvalue())
    assert "Dòng 2: giá trị là công thức" in page.context["sentences"][0]
    assert world.path() == PATH


@pytest.mark.parametrize(
    ("content", "name"), [(b"a;b\n1;2\n", "a.csv"), (b"%PDF-1.4", "a.xlsx"), (b"", "a.xlsx")]
)
def test_file_of_another_kind_is_refused_in_words(officer, world, content, name):
    page = upload(officer, world, content, name)
    assert page.status_code in {200, 422}
    assert page.context.get("sentences") or page.context["form"].errors


def test_post_without_a_file_asks_for_one(officer, world):
    page = officer.post(url(world), {"step": "preview"})
    assert list(page.context["form"].errors) == ["file"]


def test_file_names_its_document_and_baseline(officer, world):
    content = officer.get(url(world, "plan_file", kind="csv")).content.decode()
    assert "65/120" in content
    assert "1/KH" in content
    assert Baseline.objects.count() == 1

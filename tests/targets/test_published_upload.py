"""Published figures taken in from a table: shown row by row, then applied as a whole."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from targets.models import PublishedFigure
from targets.publishing.sheet import COLUMNS
from tests.factories import make_district, make_province, make_user

pytestmark = pytest.mark.django_db
HEADINGS = ["metric", "kind", "as_of", "value", "base", "district", "source"]


@pytest.fixture
def province():
    province = make_province(name="Lạng Sơn")
    make_district(province=province, name="Văn Lãng")
    return province


@pytest.fixture
def officer(client, province):
    officer = make_user(role="provincial_officer", province=province)
    client.force_login(officer)
    return officer


def address(province, name="published_upload", **more):
    return reverse(name, kwargs={"province": province.code} | more)


def upload(client, province, *rows):
    text = "\n".join([";".join(str(COLUMNS[name]) for name in HEADINGS), *rows]).encode(
        "utf-8-sig"
    )
    return client.post(address(province), {"file": SimpleUploadedFile("so.csv", text)})


def row(metric="Xã đạt chuẩn NTM", value="103", base="175", district="", as_of="31/12/2024"):
    return f"{metric};Kết quả;{as_of};{value};{base};{district};Báo cáo 12"


def apply(client, province, shown):
    form = shown.context["form"]
    hidden = {name: form[name].value() or "" for name in ("rows", "seen")}
    return client.post(address(province), hidden)


def lines_of(response):
    return response.context["preview"].lines


def test_new_row_is_shown_and_then_written(client, officer, province):
    shown = upload(client, province, row(district="Huyện Văn Lãng", value="9", base=""))
    assert not PublishedFigure.objects.exists()
    before = province.data_version
    apply(client, province, shown)
    figure = PublishedFigure.objects.get()
    assert (figure.value, figure.district.name, figure.as_of) == (
        9,
        "Văn Lãng",
        date(2024, 12, 31),
    )
    assert figure.history.get().history_user == officer
    province.refresh_from_db()
    assert province.data_version == before + 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (row(metric="Số cầu"), "Số cầu"),
        (row(value="176"), "176"),
        (row(value="nhiều"), "nhiều"),
        (row(value=""), "Giá trị"),
        (row(as_of="hôm qua"), "hôm qua"),
        (row(as_of="31/12/2999"), "31/12/2999"),
        (row(district="Huyện Xa"), "Huyện Xa"),
    ],
)
def test_fault_is_said_with_what_was_found(client, officer, province, text, said):
    shown = upload(client, province, text, row())
    assert said in lines_of(shown)[0].errors[0]
    apply(client, province, shown)
    assert not PublishedFigure.objects.exists()


def test_the_file_of_the_reference_data_changes_nothing(client, reference):
    province = PublishedFigure.objects.exclude(province=None).first().province
    client.force_login(make_user(role="provincial_officer", province=province))
    for kind in ("csv", "xlsx"):
        taken = client.get(address(province, "published_file", kind=kind)).content
        file = SimpleUploadedFile(f"so.{kind}", taken)
        preview = client.post(address(province), {"file": file}).context["preview"]
        assert preview.does_nothing, [
            (line.about, line.errors, line.changes) for line in preview.shown
        ]
        assert len(preview.lines) == PublishedFigure.objects.filter(province=province).count()


def test_changed_row_says_what_changes(client, officer, province):
    apply(client, province, upload(client, province, row()))
    shown = upload(client, province, row(value="104"))
    [line] = lines_of(shown)
    assert line.changes == ["giá trị: 103 → 104"]
    apply(client, province, shown)
    figure = province.published.get()
    assert figure.value == 104
    assert figure.history.count() == 2


def test_same_row_twice_is_a_fault(client, officer, province):
    assert lines_of(upload(client, province, row(), row()))[1].errors

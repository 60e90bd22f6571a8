"""Recognitions taken in from a table: shown row by row, then applied as a whole."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from communes.models import Province
from criteria.models import Recognition
from criteria.recognising.sheet import READ
from tests.factories import (
    make_commune,
    make_district,
    make_province,
    make_recognition,
    make_user,
)

pytestmark = pytest.mark.django_db
COLUMNS = ["kind", "code", "grade", "year", "decision", "decided_on"]


@pytest.fixture
def commune():
    province = make_province(name="Tỉnh Lạng")
    return make_commune(
        name="Hội Hoan", code="06100", district=make_district(province=province, name="Văn Lãng")
    )


@pytest.fixture
def officer(commune, client):
    officer = make_user(role="provincial_officer", province=commune.province)
    client.force_login(officer)
    return officer


def address(commune, name="recognitions_upload", **more):
    return reverse(f"criteria:{name}", kwargs={"province": commune.province.code} | more)


def upload(client, commune, *rows, header="", name="so.csv"):
    header = header or ";".join(str(READ[name]) for name in COLUMNS)
    text = "\n".join([header, *rows]).encode("utf-8-sig")
    return client.post(address(commune), {"file": SimpleUploadedFile(name, text)})


def apply(client, commune, shown, **fields):
    form = shown.context["form"]
    hidden = {name: form[name].value() or "" for name in ("rows", "seen")}
    return client.post(address(commune), hidden | fields)


def row(code="06100", grade="NTM", year=2023, decision="9/QĐ-UBND", decided_on="01/12/2023"):
    return f"Xã;{code};{grade};{year};{decision};{decided_on}"


def lines_of(response):
    return response.context["preview"].lines


def test_new_row_is_shown_and_then_written(client, officer, commune):
    shown = upload(client, commune, row())
    assert not Recognition.objects.exists()
    assert [line.state for line in lines_of(shown)] == ["new"]
    before = commune.province.data_version
    apply(client, commune, shown)
    entry = Recognition.objects.get()
    assert (entry.commune, entry.decision, entry.decided_on) == (
        commune,
        "9/QĐ-UBND",
        date(2023, 12, 1),
    )
    assert entry.history.get().history_user == officer
    assert Province.objects.get(pk=commune.province.pk).data_version == before + 1


def test_one_faulty_row_keeps_all_back(client, officer, commune):
    shown = upload(client, commune, row(), row(code="99999", year=2022))
    assert [bool(line.errors) for line in lines_of(shown)] == [False, True]
    assert "99999" in lines_of(shown)[1].errors[0]
    apply(client, commune, shown)
    assert not Recognition.objects.exists()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (row(grade="Xã giỏi"), "Xã giỏi"),
        (row(year="hai nghìn"), "hai nghìn"),
        (row(year=1999), "1999"),
        (row(decided_on="32/12/2023"), "32/12/2023"),
        (row(decided_on="01/12/2999", year=2030), "01/12/2999"),
        (row(decision="x" * 60), "60"),
        ("Vườn mẫu;06100;NTM;2023;9/QĐ;01/12/2023", "vườn"),
    ],
)
def test_fault_is_said_with_what_was_found(client, officer, commune, text, said):
    [line] = lines_of(upload(client, commune, text))
    assert said in line.errors[0]


def test_warning_wants_a_note_of_somebody_who_saw_it(client, officer, commune):
    shown = upload(client, commune, row(grade="NTM nâng cao"))
    assert lines_of(shown)[0].warnings
    apply(client, commune, shown)
    assert not Recognition.objects.exists()
    apply(client, commune, shown, note="xã điểm", seen="")
    assert not Recognition.objects.exists()
    apply(client, commune, shown, note="xã điểm")
    assert Recognition.objects.get().history.get().history_change_reason == "xã điểm"


def test_the_file_taken_along_changes_nothing(client, officer, commune):
    make_recognition(commune=commune, year=2020, decision="-1/QĐ", evidence="=báo")
    make_recognition(commune=commune, kind="garden", place="Vườn A", year=2021)
    make_recognition(district=commune.district, year=2022, decided_on=date(2022, 5, 4))
    for kind in ("csv", "xlsx"):
        taken = client.get(address(commune, "recognitions_file", kind=kind)).content
        file = SimpleUploadedFile(f"so.{kind}", taken)
        preview = client.post(address(commune), {"file": file}).context["preview"]
        assert preview.does_nothing, (kind, [line.errors for line in preview.lines])
        assert len(preview.lines) == 3


def test_changed_row_says_what_changes(client, officer, commune):
    entry = make_recognition(
        commune=commune, year=2023, decision="8/QĐ", decided_on=date(2023, 12, 1)
    )
    shown = upload(client, commune, row())
    [line] = lines_of(shown)
    assert line.changes == ["số quyết định: 8/QĐ → 9/QĐ-UBND"]
    apply(client, commune, shown, note="đính chính")
    entry.refresh_from_db()
    assert entry.decision == "9/QĐ-UBND"
    assert entry.history.first().history_user == officer


def test_same_row_twice_is_a_fault(client, officer, commune):
    assert lines_of(upload(client, commune, row(), row()))[1].errors


def test_code_used_again_is_the_unit_of_its_day(client, officer, commune):
    commune.valid_to = date(2024, 11, 30)
    commune.save()
    later = make_commune(
        province=commune.province, code="06100", name="Mới", valid_from=date(2024, 12, 1)
    )
    lines = lines_of(
        upload(client, commune, row(), row(year=2025, decided_on="02/06/2025", decision="7/QĐ"))
    )
    assert [line.row.commune for line in lines] == [commune, later]


def test_file_without_the_headings_says_which(client, officer, commune):
    response = upload(client, commune, "a;b", header="x;y")
    assert str(READ["code"]) in str(response.context["form"].errors)


def test_file_that_is_no_table_is_refused(client, officer, commune):
    file = SimpleUploadedFile("so.xlsx", b"%PDF-1.7")
    response = client.post(address(commune), {"file": file})
    assert response.context["form"].errors["file"]


@pytest.mark.parametrize("rows", ["", "{", "[]", "[[1, {}]]", "[[1, 5]]", '{"a": 1}'])
def test_rows_that_were_tampered_with_are_no_server_error(client, officer, commune, rows):
    response = client.post(address(commune), {"rows": rows})
    assert response.context["form"].errors["file"]


def test_costs_the_same_queries_for_any_number_of_rows(
    client, officer, commune, django_assert_max_num_queries
):
    more = [make_commune(district=commune.district, code=f"0620{n}") for n in range(9)]
    for communes in ([commune], more):
        shown = upload(client, commune, *(row(code=each.code) for each in communes))
        with django_assert_max_num_queries(24):
            apply(client, commune, shown, note="x")
    assert Recognition.objects.count() == 10


def test_the_file_of_the_reference_data_changes_nothing(client, reference):
    known = Recognition.objects.filter(province__code="20")
    province = known.first().province
    client.force_login(make_user(role="provincial_officer", province=province))
    where = {"province": province.code}
    url = reverse("criteria:recognitions_file", kwargs=where | {"kind": "xlsx"})
    file = SimpleUploadedFile("so.xlsx", client.get(url).content)
    upload_url = reverse("criteria:recognitions_upload", kwargs=where)
    preview = client.post(upload_url, {"file": file}).context["preview"]
    assert preview.does_nothing, [(line.about, line.errors) for line in preview.shown]
    assert len(preview.lines) == known.count()

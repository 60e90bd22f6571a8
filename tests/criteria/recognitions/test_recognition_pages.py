"""The register of recognitions as pages: read by all who may, written by officers."""

import csv
from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from criteria.models import DecisionFile, Recognition
from tests.criteria import samples
from tests.criteria.recognitions.asking import address, decision, text_of
from tests.factories import (
    make_commune,
    make_district,
    make_recognition,
    make_user,
)

pytestmark = pytest.mark.django_db


class TestAdding:
    def send(self, client, commune, kind="commune", **fields):
        return client.post(address("recognition_add", commune, kind=kind), decision(**fields))

    def test_several_communes_are_recorded_at_once(self, client, officer, commune, district):
        other = make_commune(name="Bắc Ái", district=district)
        response = self.send(client, commune, communes_given=[commune.pk, other.pk])
        assert response.url == address("recognitions", commune)
        rows = Recognition.objects.order_by("commune__name")
        assert [(row.commune, row.year, row.decision) for row in rows] == [
            (other, 2023, "9/QĐ-UBND"),
            (commune, 2023, "9/QĐ-UBND"),
        ]
        assert {row.history.get().history_user for row in rows} == {officer}

    def test_error_keeps_what_was_typed_and_writes_nothing(self, client, officer, commune):
        make_recognition(commune=commune, year=2023, decision="1/QĐ")
        response = self.send(client, commune, communes_given=[commune.pk], note="x")
        assert "1/QĐ" in text_of(response)
        assert f'value="{commune.pk}" id' in text_of(response)
        assert "checked" in text_of(response)
        assert Recognition.objects.count() == 1

    def test_warning_is_shown_before_anything_is_written(self, client, officer, commune):
        fields = {"communes_given": [commune.pk], "grade": "advanced", "note": "xã điểm"}
        response = self.send(client, commune, **fields)
        assert not Recognition.objects.exists()
        form = response.context["form"]
        assert [finding.text for finding in form.warnings]
        self.send(client, commune, **fields, seen=form["seen"].value())
        assert Recognition.objects.get().history.get().history_change_reason == "xã điểm"

    def test_warning_without_a_note_is_not_overruled(self, client, officer, commune):
        fields = {"communes_given": [commune.pk], "grade": "advanced"}
        seen = self.send(client, commune, **fields).context["form"]["seen"].value()
        response = self.send(client, commune, **fields, seen=seen)
        assert response.context["form"].errors["note"]
        assert not Recognition.objects.exists()

    def test_another_warning_than_the_one_seen_is_shown_first(self, client, officer, commune):
        fields = {"communes_given": [commune.pk], "grade": "advanced", "note": "xã điểm"}
        seen = self.send(client, commune, **fields).context["form"]["seen"].value()
        self.send(client, commune, **fields | {"year": 2021}, seen=seen)
        assert not Recognition.objects.exists()

    def test_file_outlives_an_answer_with_warnings(self, client, officer, commune):
        fields = {"communes_given": [commune.pk], "grade": "advanced", "note": "xã điểm"}
        form = self.send(client, commune, **fields, upload=a_pdf()).context["form"]
        hidden = {"seen": form["seen"].value(), "kept": form["kept"].value()}
        self.send(client, commune, **fields, **hidden)
        file = Recognition.objects.get().file
        assert file.filename == "QD 9.pdf"
        answer = client.get(reverse("criteria:decision_file", kwargs={"key": file.key}))
        assert answer.getvalue() == samples.PDF
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Content-Disposition"].startswith("attachment")

    def test_file_of_somebody_else_is_not_attached(self, client, officer, commune):
        form = self.send(client, commune, upload=a_pdf()).context["form"]
        client.force_login(make_user(role="administrator", province=commune.province))
        self.send(client, commune, communes_given=[commune.pk], kept=form["kept"].value())
        assert Recognition.objects.get().file is None

    def test_program_is_no_decision(self, client, officer, commune):
        upload = SimpleUploadedFile("QD.pdf", samples.PROGRAM)
        response = self.send(client, commune, communes_given=[commune.pk], upload=upload)
        assert response.context["form"].errors["upload"]
        assert not DecisionFile.objects.exists()

    def test_file_of_a_form_given_up_is_swept(self, client, officer, commune):
        self.send(client, commune, upload=a_pdf())
        DecisionFile.objects.update(uploaded_at=timezone.now() - timedelta(days=2))
        call_command("sweep_evidence")
        assert not DecisionFile.objects.exists()

    def test_commune_of_another_province_is_no_choice(self, client, officer, commune):
        response = self.send(client, commune, communes_given=[make_commune().pk])
        assert response.context["form"].errors["communes_given"]

    def test_units_of_a_day_are_offered(self, client, officer, commune):
        commune.valid_to = date(2024, 11, 30)
        commune.save()
        now = client.get(address("recognition_add", commune))
        then = client.get(address("recognition_add", commune, on="2024-11-30"))
        assert "Hội Hoan" not in text_of(now)
        assert "Hội Hoan" in text_of(then)

    def test_districts_are_recorded(self, client, officer, commune, district):
        self.send(client, commune, kind="district", districts_given=[district.pk])
        assert Recognition.objects.get().district == district

    def test_gardens_are_recorded_one_a_line(self, client, officer, commune):
        self.send(
            client, commune, kind="garden", commune_of=commune.pk, places=" Vườn A \n\nVườn  B"
        )
        assert sorted(Recognition.objects.values_list("place", "kind")) == [
            ("Vườn A", "garden"),
            ("Vườn B", "garden"),
        ]

    def test_costs_the_same_queries_for_any_number_of_communes(
        self, client, officer, commune, district, django_assert_max_num_queries
    ):
        more = [make_commune(district=district, name=f"Xã {n}") for n in range(20)]
        for given in ([commune.pk], [each.pk for each in more]):
            with django_assert_max_num_queries(24):
                self.send(client, commune, communes_given=given, decision=f"{len(given)}/QĐ")
        assert Recognition.objects.count() == 21


def a_pdf():
    return SimpleUploadedFile("QD 9.pdf", samples.PDF)


class TestReading:
    @pytest.fixture
    def rows(self, commune, district):
        other = make_commune(
            name="Bắc Ái", district=make_district(province=district.province, name="Tràng Định")
        )
        ended = make_commune(name="Xã Cũ", district=district, valid_to=date(2024, 11, 30))
        return {
            "standing": make_recognition(commune=commune, year=2020, decision="1/QĐ"),
            "revoked": make_recognition(
                commune=other,
                year=2021,
                grade="advanced",
                revoked_on=date(2023, 1, 1),
                revocation_reason="nợ tiêu chí",
            ),
            "lapsed": make_recognition(commune=ended, year=2019, is_illustrative=True),
            "garden": make_recognition(commune=commune, kind="garden", place="Vườn A", year=2022),
        }

    @pytest.mark.parametrize(
        ("query", "expected"),
        [
            ({}, {"standing", "revoked", "lapsed", "garden"}),
            ({"q": "hoi hoan"}, {"standing", "garden"}),
            ({"q": "1/QĐ"}, {"standing"}),
            ({"kind": "garden"}, {"garden"}),
            ({"grade": "advanced"}, {"revoked"}),
            ({"year": "2019"}, {"lapsed"}),
            ({"state": "standing"}, {"standing", "garden"}),
            ({"state": "revoked"}, {"revoked"}),
            ({"state": "lapsed"}, {"lapsed"}),
            ({"year": "1066"}, set()),
        ],
        ids=lambda names: " ".join(sorted(names)),
    )
    def test_register_is_narrowed(self, client, officer, commune, rows, query, expected):
        page = client.get(address("recognitions", commune, **query)).context["page"]
        assert {name for name, row in rows.items() if row in list(page)} == expected

    def test_district_narrows_too(self, client, officer, commune, district, rows):
        page = client.get(address("recognitions", commune, district=district.pk)).context["page"]
        assert set(page) == {rows["standing"], rows["lapsed"], rows["garden"]}

    def test_file_holds_what_the_page_shows_and_says_what_it_is(
        self, client, officer, commune, rows
    ):
        where = {"province": commune.province.code, "kind": "csv"}
        url = reverse("criteria:recognitions_file", kwargs=where, query={"state": "lapsed"})
        lines = list(csv.reader(StringIO(client.get(url).content.decode("utf-8-sig"))))
        assert lines[1][2] == "Xã Xã Cũ"
        text = str(lines)
        assert "Trạng thái: Đơn vị đã kết thúc" in text
        assert "minh họa" in text

    def test_anyone_reads_a_public_register_without_names_of_people(
        self, client, commune, rows, settings
    ):
        row = rows["standing"]
        assert client.get(address("recognitions", commune)).status_code == 302
        settings.PUBLIC_DASHBOARD = True
        assert "Hội Hoan" in text_of(client.get(address("recognitions", commune)))
        response = client.get(address("recognition", commune, row.pk))
        assert response.status_code == 200
        assert not response.context["changes"]
        assert address("recognition_revoke", commune, row.pk) not in text_of(response)

    def test_costs_the_same_queries_for_any_number_of_rows(
        self, client, officer, commune, rows, django_assert_num_queries
    ):
        client.get(address("recognitions", commune))
        for year in range(1990, 2015):
            make_recognition(commune=commune, year=year)
        # session, user, roles, province, years, districts, count, rows, carried over to,
        # whether the illustration fills it up
        with django_assert_num_queries(10):
            client.get(address("recognitions", commune))

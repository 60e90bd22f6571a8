"""One recognition on its pages: corrected, revoked, carried over, removed by officers."""

from datetime import date

import pytest

from communes.models import Province
from criteria.models import Recognition
from tests.criteria.recognitions.asking import address, decision, text_of
from tests.factories import (
    make_change,
    make_commune,
    make_recognition,
)

pytestmark = pytest.mark.django_db


class TestOneEntry:
    @pytest.fixture
    def row(self, commune, officer):
        return make_recognition(commune=commune, year=2020, decided_on=date(2020, 6, 1))

    def send(self, client, name, row, **fields):
        return client.post(address(name, row, row.pk), fields, follow=True)

    def test_revoking_needs_decision_day_and_reason(self, client, row):
        self.send(client, "recognition_revoke", row, on="2022-01-01", decision="5/QĐ")
        row.refresh_from_db()
        assert row.revoked_on is None
        before = row.province.data_version
        self.send(client, "recognition_revoke", row, on="2022-01-01", decision="5/QĐ", reason="nợ")
        row.refresh_from_db()
        assert (row.revoked_on, row.revocation) == (date(2022, 1, 1), "5/QĐ")
        assert Province.objects.get(pk=row.province.pk).data_version == before + 1

    @pytest.mark.parametrize("on", ["2020-05-31", "2999-01-01"])
    def test_day_of_revoking_is_after_the_decision_and_past(self, client, row, on):
        response = self.send(
            client, "recognition_revoke", row, on=on, decision="5/QĐ", reason="nợ"
        )
        assert response.context["form"].errors["on"]

    def test_history_says_who_what_and_why(self, client, row, officer):
        self.correct(client, row, decision="12/QĐ", note="số mới")
        [change] = client.get(row.get_absolute_url()).context["changes"][:1]
        assert (change.by, change.reason) == (officer, "số mới")
        assert ("số quyết định", "–", "12/QĐ") in change.parts

    def correct(self, client, row, version=None, **fields):
        fields = {
            "decision": "",
            "decided_on": "2020-06-01",
            "year": 2020,
            "grade": "standard",
            "source": "thử nghiệm",
            "version": row.history.count() if version is None else version,
        } | fields
        return self.send(client, "recognition_correct", row, **fields)

    def test_correction_needs_a_reason(self, client, row):
        assert self.correct(client, row, decision="12/QĐ").context["form"].errors["note"]

    def test_illustrative_entry_becomes_real_with_the_number_of_a_decision(self, client, row):
        row.is_illustrative = True
        row.save()
        self.correct(client, row, evidence="báo", note="thêm")
        row.refresh_from_db()
        assert row.is_illustrative
        self.correct(client, row, decision="12/QĐ", note="có quyết định")
        row.refresh_from_db()
        assert not row.is_illustrative

    def test_correction_over_somebody_elses_is_shown_first(self, client, row):
        self.correct(client, row, decision="12/QĐ", note="số mới")
        response = self.correct(client, row, version=1, decision="13/QĐ", note="số khác")
        assert "12/QĐ" in str(response.context["form"].errors)
        row.refresh_from_db()
        assert row.decision == "12/QĐ"

    def test_carried_over_only_to_a_successor_by_a_decision(self, client, row, commune):
        commune.valid_to = date(2024, 11, 30)
        commune.save()
        new = make_commune(province=row.province, valid_from=date(2024, 12, 1), name="Xã Mới")
        make_change(
            province=row.province, effective_on=date(2024, 12, 1), parts=[(commune, new, True)]
        )
        shown = client.get(address("recognition_carry", row, row.pk)).context["form"]
        assert shown["decided_on"].value() is None
        stranger = make_commune(province=row.province)
        fields = decision(decided_on="2024-12-20", year=2024)
        refused = self.send(client, "recognition_carry", row, **fields, commune_given=stranger.pk)
        assert refused.context["form"].errors["commune_given"]
        self.send(client, "recognition_carry", row, **fields, commune_given=new.pk)
        carried = new.recognitions.get()
        assert (carried.carried_from, carried.decision) == (row, "9/QĐ-UBND")

    def test_district_is_not_carried_over(self, client, row, district):
        held = make_recognition(district=district)
        assert client.get(address("recognition_carry", row, held.pk)).status_code == 404

    def test_removed_entry_is_in_the_history_of_the_register(self, client, row):
        self.send(client, "recognition_remove", row, reason="nhập nhầm")
        assert not Recognition.objects.exists()
        page = text_of(client.get(address("recognitions_history", row)))
        assert "nhập nhầm" in page
        assert "Hội Hoan" in page

    def test_complete_register_is_switched_with_a_reason(self, client, row):
        where = address("register_complete", row)
        client.post(where, {"is_complete": "True"})
        assert not Province.objects.get(pk=row.province.pk).register_complete
        client.post(where, {"is_complete": "True", "reason": "đủ 115 xã"})
        assert Province.objects.get(pk=row.province.pk).register_complete
        assert "đủ 115 xã" in text_of(client.get(address("recognitions_history", row)))

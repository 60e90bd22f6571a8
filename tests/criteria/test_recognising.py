"""What stands against an entry of the register of recognitions, and how it is written."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from accounts.refusals import Refused
from communes.models import Province
from criteria.models import Recognition
from criteria.recognising import acts
from criteria.recognising.carrying import successors_of
from criteria.recognising.checks import check
from tests.criteria.world import World
from tests.factories import (
    make_assessment,
    make_change,
    make_commune,
    make_district,
    make_province,
    make_recognition,
    make_user,
)

pytestmark = pytest.mark.django_db


def a_row(holder, **fields):
    fields = {"decision": "9/QĐ-UBND", "decided_on": date(2023, 12, 1), "year": 2023} | fields
    kind = "district" if holder._meta.model_name == "district" else "commune"
    holders = {kind: holder}
    return Recognition(
        province=holder.province, kind=fields.pop("kind", kind), **holders, **fields
    )


def found(*rows, province=None):
    """The findings on rows as pairs of is_error and text."""
    province = province or rows[0].province
    return [(finding.is_error, finding.text) for finding in check(province, list(rows))]


@pytest.fixture
def commune():
    return make_commune(name="Hội Hoan", district=make_district(name="Văn Lãng"))


def test_nothing_speaks_against_a_plain_decision(commune):
    assert found(a_row(commune)) == []


def test_date_in_the_future_is_an_error(commune):
    tomorrow = timezone.localdate() + timedelta(days=1)
    [(is_error, text)] = found(a_row(commune, decided_on=tomorrow, year=tomorrow.year))
    assert is_error
    assert f"{tomorrow:%d/%m/%Y}" in text


def test_year_in_the_future_is_an_error(commune):
    row = a_row(commune, decided_on=None, year=timezone.localdate().year + 1)
    assert [is_error for is_error, _text in found(row)] == [True]


@pytest.mark.parametrize(
    ("decided_on", "year", "is_usual"),
    [
        (date(2023, 1, 20), 2022, True),
        (date(2023, 1, 20), 2023, True),
        (date(2023, 2, 1), 2022, False),
        (date(2023, 12, 1), 2024, False),
        (date(2023, 1, 20), 2021, False),
    ],
)
def test_year_is_that_of_the_decision_or_the_one_before(commune, decided_on, year, is_usual):
    findings = found(a_row(commune, decided_on=decided_on, year=year))
    assert [is_error for is_error, _text in findings] == ([] if is_usual else [False])


def test_commune_that_ended_is_an_error_that_says_when(commune):
    commune.valid_to = date(2023, 11, 30)
    commune.save()
    [(is_error, text)] = found(a_row(commune))
    assert is_error
    assert "Hội Hoan" in text
    assert "30/11/2023" in text


def test_decision_after_the_end_counts_on_the_last_day_of_its_year(commune):
    commune.valid_to = date(2022, 12, 31)
    commune.save()
    assert found(a_row(commune, decided_on=date(2023, 1, 20), year=2022)) == []


def test_commune_that_began_later_is_an_error(commune):
    commune.valid_from = date(2024, 1, 1)
    commune.save()
    assert [is_error for is_error, _text in found(a_row(commune))] == [True]


def test_township_is_an_error(commune):
    commune.kind = "township"
    commune.save()
    assert [is_error for is_error, _text in found(a_row(commune))] == [True]


def test_same_commune_grade_and_year_is_an_error(commune):
    make_recognition(commune=commune, year=2023, decision="1/QĐ")
    [(is_error, text)] = found(a_row(commune))
    assert is_error
    assert "1/QĐ" in text


def test_the_same_twice_in_one_list_is_an_error(commune):
    assert [is_error for is_error, _text in found(a_row(commune), a_row(commune))] == [True]


def test_a_second_decision_for_a_grade_held_is_a_warning(commune):
    make_recognition(commune=commune, year=2019)
    assert [is_error for is_error, _text in found(a_row(commune))] == [False]


def test_a_revoked_recognition_may_be_given_again(commune):
    revoked = {"revoked_on": date(2021, 1, 1), "revocation_reason": "nợ tiêu chí"}
    make_recognition(commune=commune, year=2019, **revoked)
    assert found(a_row(commune)) == []


@pytest.mark.parametrize("is_complete", [True, False])
def test_grade_without_the_lower_one_is_an_error_in_a_complete_register(commune, is_complete):
    commune.province.register_complete = is_complete
    commune.province.save()
    [(is_error, text)] = found(a_row(commune, grade="advanced"))
    assert is_error == is_complete
    assert "Hội Hoan" in text


def test_grade_is_in_order_after_the_lower_one(commune):
    make_recognition(commune=commune, year=2020)
    assert found(a_row(commune, grade="advanced")) == []


@pytest.mark.parametrize("fields", [{"year": 2024}, {"revoked_on": date(2021, 1, 1)}], ids=str)
def test_lower_grade_that_is_later_or_revoked_is_not_enough(commune, fields):
    make_recognition(commune=commune, **({"year": 2020, "revocation_reason": "nợ"} | fields))
    assert len(found(a_row(commune, grade="advanced"))) == 1


def test_lower_grade_in_the_same_list_is_enough(commune):
    lower = a_row(commune, year=2022, decided_on=date(2022, 12, 1), decision="8/QĐ-UBND")
    assert found(a_row(commune, grade="advanced"), lower) == []


def test_field_is_for_model_communes_only(commune):
    make_recognition(commune=commune, year=2019)
    make_recognition(commune=commune, year=2020, grade="advanced")
    assert found(a_row(commune, grade="model", field="giáo dục")) == []
    assert found(a_row(commune, grade="advanced", field="giáo dục"))[0][0]


def test_number_used_for_others_is_a_warning_whatever_its_spaces(commune):
    other = make_commune(province=commune.province, name="Bắc Ái")
    make_recognition(commune=other, year=2022, decision="9 / qđ-ubnd", decided_on=date(2022, 5, 4))
    [(is_error, text)] = found(a_row(commune))
    assert not is_error
    assert "04/05/2022" in text


def test_criteria_not_met_as_verified_are_a_warning_with_the_numbers():
    world = World()
    make_assessment(
        commune=world.other_commune, criteria_set=world.criteria_set, period=world.period, met=2
    )
    row = a_row(world.other_commune, decided_on=date(2025, 12, 1), year=2025)
    [(is_error, text)] = found(row)
    assert not is_error
    assert "2" in text
    assert "3" in text
    before = a_row(world.other_commune, decided_on=date(2025, 5, 1), year=2025)
    assert len(found(before)) == 1  # nothing was verified by then


def test_all_criteria_met_is_no_warning():
    world = World()
    make_assessment(
        commune=world.other_commune, criteria_set=world.criteria_set, period=world.period, met=3
    )
    assert found(a_row(world.other_commune, decided_on=date(2025, 12, 1), year=2025)) == []


def test_districts_and_gardens_are_recognised_too(commune):
    garden = a_row(commune, kind="garden", place="Vườn nhà ông Lý")
    assert found(a_row(commune.district), garden) == []
    assert len(found(garden, a_row(commune, kind="garden", place="vườn nhà ông lý"))) == 1


# writing


@pytest.fixture
def officer(commune):
    return make_user(role="provincial_officer", province=commune.province)


def version_of(province):
    return Province.objects.get(pk=province.pk).data_version


def test_recording_writes_history_and_raises_the_data_version(commune, officer):
    before = version_of(commune.province)
    acts.record(commune.province, [a_row(commune, source="9")], by=officer, reason="đã xem")
    [row] = commune.recognitions.all()
    assert not row.is_illustrative
    [history] = row.history.all()
    assert (history.history_user, history.history_change_reason) == (officer, "đã xem")
    assert version_of(commune.province) == before + 1


def test_revoked_once_and_taken_back(commune, officer):
    row = make_recognition(commune=commune)
    revocation = {"on": date(2024, 3, 1), "decision": "5/QĐ", "reason": "nợ tiêu chí"}
    acts.revoke(row, by=officer, **revocation)
    with pytest.raises(Refused):
        acts.revoke(row, by=officer, **revocation)
    acts.restore(row, by=officer, reason="nhập nhầm")
    row.refresh_from_db()
    assert (row.revoked_on, row.revocation, row.revocation_reason) == (None, "", "")
    assert row.history.first().history_change_reason == "nhập nhầm"
    with pytest.raises(Refused):
        acts.restore(row, by=officer, reason="")


def test_removed_entry_stays_in_the_history(commune, officer):
    row = make_recognition(commune=commune)
    pk = row.pk
    acts.remove(row, by=officer, reason="nhập nhầm")
    last = Recognition.history.filter(id=pk).first()
    assert (last.history_type, last.history_change_reason) == ("-", "nhập nhầm")
    assert last.history_user == officer


def test_entry_that_another_one_was_carried_from_is_not_removed(commune, officer):
    row = make_recognition(commune=commune)
    make_recognition(commune=make_commune(province=commune.province), carried_from=row)
    with pytest.raises(Refused), transaction.atomic():
        acts.remove(row, by=officer, reason="nhập nhầm")


def test_history_of_the_register_is_never_changed(commune, officer):
    row = make_recognition(commune=commune)
    with pytest.raises(DatabaseError), transaction.atomic():
        row.history.all().delete()


def test_complete_register_is_said_once_with_history(commune, officer):
    province = commune.province
    acts.set_complete(province, is_complete=True, by=officer, reason="đã đủ 115 xã")
    province.refresh_from_db()
    assert province.register_complete
    assert province.history.first().history_change_reason == "đã đủ 115 xã"
    with pytest.raises(Refused):
        acts.set_complete(province, is_complete=True, by=officer, reason="")


def test_successors_are_followed_through_later_changes():
    province = make_province()
    first, second, third, other = [make_commune(province=province) for _ in range(4)]
    make_change(province=province, effective_on=date(2024, 12, 1), parts=[(first, second, True)])
    make_change(
        province=province,
        effective_on=date(2025, 7, 1),
        parts=[(second, third, True), (other, third, True)],
    )
    assert set(successors_of(first)) == {second, third}

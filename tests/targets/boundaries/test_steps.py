"""Applying a draft and taking it back: what becomes of units, roles and the register."""

from datetime import date

import pytest

from accounts.models import Membership, Role
from accounts.refusals import Refused
from communes.models import BoundaryChange, Commune, District, Province
from targets.boundaries import steps
from targets.boundaries.models import MovedRole
from targets.boundaries.proposal import Proposal
from tests.factories import (
    make_assessment,
    make_change,
    make_commune,
    make_criteria_set,
    make_period,
    make_recognition,
    make_user,
)
from tests.targets.boundaries.drafts import Merger

pytestmark = pytest.mark.django_db
DAY, EVE = date(2026, 1, 1), date(2025, 12, 31)


def units_of(province):
    """Everything about the units but when they were written."""
    return {
        model: list(model.objects.filter(province=province).order_by("pk").values())
        for model in (Commune, District)
    }


def test_merger_ends_the_old_units_and_forms_the_new(merger):
    change = merger.apply()
    merger.old.refresh_from_db()
    made = Commune.objects.get(code="99901", valid_from=DAY)
    assert merger.old.valid_to == EVE
    assert (made.name, made.kind, made.district) == ("Tân Lập", "commune", merger.district)
    assert made.search_key == "tan lap"
    parts = change.parts.values_list("old", "new", "kind", "is_whole")
    assert list(parts) == [
        (merger.old.pk, made.pk, "merged_into_new", True),
        (merger.other.pk, made.pk, "merged_into_new", True),
    ]


def test_unit_that_takes_another_in_keeps_its_row(merger):
    merger.draft.units.all().delete()
    merger.line(merger.old, merger.other, kind="absorbed")
    merger.apply()
    merger.other.refresh_from_db()
    assert merger.other.valid_to is None
    assert Commune.objects.filter(valid_from=DAY).count() == 0


def test_code_of_a_unit_that_ends_is_used_again(merger):
    merger.unit.code = merger.old.code
    merger.unit.save()
    merger.apply()
    assert Commune.objects.at(merger.old.code, DAY).name == "Tân Lập"
    assert Commune.objects.at(merger.old.code, EVE) == merger.old


def test_history_says_who_ended_and_who_formed(merger):
    merger.apply()
    rows = [merger.old.history.first(), Commune.objects.get(code="99901").history.get()]
    assert {(row.history_user, row.history_change_reason) for row in rows} == {
        (merger.officer, "9/NQ")
    }


def test_data_version_rises_when_applied_and_when_taken_back(merger):
    def version():
        return Province.objects.get(pk=merger.province.pk).data_version

    before = version()
    merger.apply()
    assert version() == before + 1
    merger.undo()
    assert version() == before + 2


def test_draft_with_a_fault_changes_nothing(merger):
    before = units_of(merger.province)
    merger.line(merger.old, merger.third, kind="absorbed")
    with pytest.raises(Refused, match="one line only"):
        merger.apply()
    assert units_of(merger.province) == before
    assert not BoundaryChange.objects.exists()


def test_draft_changed_since_its_preview_is_not_applied(merger):
    seen = steps.fingerprint(Proposal.of(merger.draft))
    merger.unit.name = "Tân Tiến"
    merger.unit.save()
    with pytest.raises(Refused, match="since this preview"):
        merger.apply(seen=seen)


def test_data_changed_since_the_preview_ask_for_another_look(merger):
    seen = steps.fingerprint(Proposal.of(merger.draft))
    Province.objects.filter(pk=merger.province.pk).raise_data_version()
    with pytest.raises(Refused, match="since this preview"):
        merger.apply(seen=seen)


def test_second_of_two_who_apply_is_refused(merger):
    merger.apply()
    with pytest.raises(Refused, match="already"):
        merger.apply()


def test_district_ends_with_the_units_in_it(merger):
    merger.line(merger.third, merger.unit)
    merger.abolish(merger.district)
    merger.apply()
    merger.district.refresh_from_db()
    assert merger.district.valid_to == EVE
    assert Commune.objects.get(code="99901").district is None


class TestRoles:
    @pytest.fixture(autouse=True)
    def _staff(self, merger):
        self.staff = make_user(role=Role.COMMUNE_STAFF, commune=merger.old)
        self.role = self.staff.memberships.get()

    def commune(self):
        return Membership.objects.get(pk=self.role.pk).commune

    def test_moves_with_its_unit_where_that_is_chosen(self, merger):
        merger.apply(moving={self.role.pk})
        assert self.commune() == Commune.objects.get(code="99901")
        assert self.role.history.first().history_user == merger.officer

    def test_stays_where_it_is_not_chosen(self, merger):
        merger.apply()
        assert self.commune() == merger.old

    def test_moves_back_when_the_change_is_taken_back(self, merger):
        merger.apply(moving={self.role.pk})
        merger.undo()
        assert self.commune() == merger.old
        assert not MovedRole.objects.exists()

    def test_of_a_person_with_both_units_moves_once(self, merger):
        second = Membership.objects.create(
            user=self.staff,
            role=Role.COMMUNE_STAFF,
            province=merger.province,
            commune=merger.other,
        )
        merger.apply(moving={self.role.pk, second.pk})
        second.refresh_from_db()
        assert [self.commune().code, second.commune] == ["99901", merger.other]

    def test_of_somebody_elsewhere_never_moves(self, merger):
        other = make_user(role=Role.COMMUNE_STAFF, commune=make_commune()).memberships.get()
        merger.apply(moving={other.pk})
        before = other.commune
        other.refresh_from_db()
        assert other.commune == before


class TestUndo:
    def test_restores_every_unit_exactly(self, merger):
        merger.line(merger.third, merger.unit)
        merger.abolish(merger.district)
        before = units_of(merger.province)
        merger.apply()
        merger.undo()
        assert units_of(merger.province) == before
        assert not BoundaryChange.objects.exists()

    def test_leaves_a_trail_that_says_who_and_why(self, merger):
        merger.apply()
        made = Commune.objects.get(code="99901")
        merger.undo(reason="nhầm số")
        gone = Commune.history.filter(id=made.pk).first()
        change = BoundaryChange.history.first()
        for row in (gone, change, merger.draft.history.first()):
            assert (row.history_user, row.history_change_reason) == (merger.officer, "nhầm số")
        assert (gone.history_type, change.history_type) == ("-", "-")

    def test_lets_the_draft_be_applied_again(self, merger):
        merger.apply()
        merger.undo()
        merger.apply()
        assert Commune.objects.in_force(DAY).filter(code="99901").exists()

    def test_is_refused_while_the_new_unit_has_an_assessment(self, merger):
        merger.apply()
        made = Commune.objects.get(code="99901")
        make_assessment(
            commune=made,
            criteria_set=make_criteria_set(criteria=1),
            period=make_period(province=merger.province, year=2026, quarter=1),
        )
        with pytest.raises(Refused, match=r"Assessments: there are some for Commune Tân Lập\."):
            merger.undo()
        assert Commune.objects.filter(pk=made.pk).exists()

    def test_is_refused_while_the_new_unit_is_recognised(self, merger):
        merger.apply()
        make_recognition(commune=Commune.objects.get(code="99901"), year=2026)
        with pytest.raises(Refused, match="Recognitions"):
            merger.undo()

    def test_is_refused_once_somebody_got_a_role_in_the_new_unit(self, merger):
        moved = make_user(role=Role.COMMUNE_STAFF, commune=merger.old).memberships.get()
        merger.apply(moving={moved.pk})
        make_user(role=Role.COMMUNE_STAFF, commune=Commune.objects.get(code="99901"))
        with pytest.raises(Refused, match="Memberships"):
            merger.undo()

    def test_is_refused_after_a_later_change_of_the_new_unit(self, merger):
        merger.apply()
        later = make_commune(district=merger.district, valid_from=date(2026, 7, 1))
        make_change(
            province=merger.province,
            effective_on=date(2026, 7, 1),
            parts=[(Commune.objects.get(code="99901"), later, False)],
            resolution="10/NQ",
        )
        with pytest.raises(Refused, match=r"10/NQ .* came after it"):
            merger.undo()

    def test_is_refused_while_another_draft_names_the_new_unit(self, merger):
        merger.apply()
        second = Merger(province=merger.province)
        second.line(Commune.objects.get(code="99901"), second.unit)
        with pytest.raises(Refused, match=r"draft .*9/NQ \(01/01/2026\) names units"):
            merger.undo()

    def test_is_refused_once_a_freed_code_is_borne_by_another(self, merger):
        merger.apply()
        make_commune(code=merger.old.code, district=merger.district, valid_from=date(2026, 7, 1))
        with pytest.raises(Refused, match="borne by others"):
            merger.undo()

    def test_of_a_draft_that_is_not_applied_is_refused(self, merger):
        with pytest.raises(Refused, match="not applied"):
            merger.undo()

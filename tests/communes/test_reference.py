"""The units in `fixtures/`: how many, which, and what became of them."""

from datetime import date

import pytest

from communes.models import BoundaryChangePart, Commune, CommuneGroup, District, Province

pytestmark = pytest.mark.usefixtures("reference")

BEFORE, AFTER_2020, AFTER_2024, AFTER_2025 = (
    date(2019, 12, 31),
    date(2020, 1, 1),
    date(2024, 12, 1),
    date(2025, 7, 1),
)


@pytest.mark.parametrize(
    ("on", "communes", "towns", "wards"),
    [
        (date(2011, 1, 1), 207, 14, 5),
        (BEFORE, 207, 14, 5),
        (AFTER_2020, 181, 14, 5),
        (date(2024, 11, 30), 181, 14, 5),
        (AFTER_2024, 175, 14, 5),
        (date(2025, 6, 30), 175, 14, 5),
        (AFTER_2025, 61, 0, 4),
    ],
)
def test_as_many_units_are_in_force_as_the_official_lists_say(on, communes, towns, wards):
    units = Commune.objects.in_force(on)
    assert [units.filter(kind=kind).count() for kind in ("commune", "township", "ward")] == [
        communes,
        towns,
        wards,
    ]
    assert units.in_programme().count() == communes


def test_there_are_eleven_districts_until_the_end_of_june_2025():
    assert District.objects.in_force(date(2025, 6, 30)).count() == 11
    assert not District.objects.in_force(AFTER_2025).exists()
    assert not Commune.objects.in_force(AFTER_2025).exclude(district=None).exists()
    assert not Commune.objects.filter(district=None, valid_from__lt=AFTER_2025).exists()


def test_twenty_communes_of_2020_lie_on_the_border():
    assert Commune.objects.in_force(AFTER_2020).in_programme().filter(is_border=True).count() == 20


def test_every_unit_since_2020_has_a_point():
    since = Commune.objects.filter(valid_to__gte=AFTER_2020) | Commune.objects.filter(
        valid_to=None
    )
    assert not since.filter(latitude=None).exists()
    assert not since.filter(longitude=None).exists()


def test_every_unit_of_2020_and_2025_has_its_census_population():
    for on in (AFTER_2020, AFTER_2025):
        assert not Commune.objects.in_force(on).filter(population=None).exists()


def test_the_province_has_as_many_people_as_its_districts():
    people = sum(District.objects.values_list("population", flat=True))
    assert Province.objects.get().population == people


def test_a_unit_that_takes_others_in_keeps_its_row():
    on_both_sides = [Commune.objects.at("06385", on).pk for on in (BEFORE, AFTER_2024)]
    assert len(set(on_both_sides)) == 1


def test_a_code_used_again_is_another_unit():
    assert [Commune.objects.at("06283", on).name for on in (BEFORE, AFTER_2020)] == [
        "Đại An",
        "An Sơn",
    ]


def test_a_town_with_a_new_code_is_a_new_unit():
    old, new = Commune.objects.at("06064", BEFORE), Commune.objects.at("06112", AFTER_2020)
    assert (old.full_name, new.full_name) == ("Thị trấn Bình Gia", "Thị trấn Bình Gia")
    assert old.passed_into.get().new == new
    assert Commune.objects.at("06112", BEFORE).name == "Tô Hiệu"


def test_every_unit_of_july_2025_is_a_new_row():
    assert set(Commune.objects.in_force(AFTER_2025).values_list("valid_from", flat=True)) == {
        AFTER_2025
    }


def test_son_ha_went_into_the_town_of_huu_lung():
    son_ha = Commune.objects.at("06454", date(2024, 11, 30))
    part = son_ha.passed_into.get()
    assert (part.new.full_name, part.is_whole) == ("Thị trấn Hữu Lũng", True)


def identity(unit):
    return unit.code, unit.name, unit.district and unit.district.code


def in_force(on):
    return {identity(unit) for unit in Commune.objects.in_force(on).select_related("district")}


def test_replaying_the_changes_from_2019_gives_each_official_list():
    units, sizes = in_force(BEFORE), []
    for on in (AFTER_2020, AFTER_2024, AFTER_2025):
        parts = BoundaryChangePart.objects.filter(change__effective_on=on).select_related(
            "old__district", "new__district"
        )
        units -= {identity(part.old) for part in parts if part.kind != "boundary_transfer"}
        units |= {identity(part.new) for part in parts}
        assert units == in_force(on)
        sizes.append(len(units))
    assert sizes == [200, 194, 65]


def test_every_unit_that_ended_says_where_its_land_went():
    ended = Commune.objects.exclude(valid_to=None)
    assert not ended.filter(passed_into=None).exists()


def test_shares_of_a_split_unit_add_up_to_one():
    split = BoundaryChangePart.objects.filter(is_whole=False, share_area__isnull=False)
    by_unit = {}
    for part in split.exclude(kind="boundary_transfer"):
        by_unit.setdefault(part.old, []).append(part.share_area)
    assert len(by_unit) == 5
    assert {sum(shares) for shares in by_unit.values()} == {1}


def test_no_commune_has_a_group_of_2026_because_no_source_gives_one():
    assert not CommuneGroup.objects.exists()

"""What the database refuses of units and boundary changes."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from communes.models import AreaGroup, BoundaryChangePart, CommuneGroup
from tests.factories import make_change, make_commune, make_province

pytestmark = pytest.mark.django_db
ON = date(2020, 1, 1)


def refused():
    return pytest.raises(IntegrityError)


def test_a_unit_does_not_end_before_it_begins():
    with refused(), transaction.atomic():
        make_commune(valid_from=ON, valid_to=date(2019, 12, 31))


def test_two_units_in_force_do_not_share_a_code():
    make_commune(code="00001")
    with refused(), transaction.atomic():
        make_commune(code="00001", valid_from=ON)


@pytest.fixture
def change():
    return make_change(province=make_province(), effective_on=ON)


@pytest.fixture
def part(change):
    return {
        "change": change,
        "old": make_commune(province=change.province, valid_to=date(2019, 12, 31)),
        "new": make_commune(province=change.province, valid_from=ON),
        "kind": "merged_into_new",
        "is_whole": True,
    }


def test_a_change_stands_once(change):
    with refused(), transaction.atomic():
        make_change(province=change.province, effective_on=ON)


def test_a_unit_does_not_pass_into_itself(part):
    with refused(), transaction.atomic():
        BoundaryChangePart.objects.create(**part | {"new": part["old"]})


def test_a_unit_passes_as_a_whole_into_one_unit_only(part, change):
    BoundaryChangePart.objects.create(**part)
    with refused(), transaction.atomic():
        BoundaryChangePart.objects.create(
            **part | {"new": make_commune(province=change.province, valid_from=ON)}
        )


@pytest.mark.parametrize("share", ["-0.1", "1.1"])
@pytest.mark.parametrize("field", ["share_people", "share_area"])
def test_a_share_lies_between_nothing_and_all(part, field, share):
    with refused(), transaction.atomic():
        BoundaryChangePart.objects.create(**part | {field: share})


def test_a_commune_has_one_group_at_a_time():
    group = AreaGroup.objects.create(scheme="commune_group", code="3", name="Nhóm 3")
    commune = make_commune()
    CommuneGroup.objects.create(commune=commune, group=group, valid_from=ON)
    with refused(), transaction.atomic():
        CommuneGroup.objects.create(commune=commune, group=group, valid_from=date(2021, 1, 1))

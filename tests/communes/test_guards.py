"""That units in force never share a code: held by the database, however rows are written."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from communes.models import Commune, District, Province
from tests.factories import make_commune, make_district, make_province

pytestmark = pytest.mark.django_db
END = date(2019, 12, 31)


@pytest.fixture
def old():
    return make_commune(code="00001", valid_to=END)


def copy_of(commune, **fields):
    values = {"code": commune.code, "name": "Khác", "province": commune.province}
    return Commune(**(values | fields))


@pytest.mark.parametrize("valid_to", [None, END, date(2030, 1, 1)])
def test_a_second_unit_on_a_shared_day_is_refused(old, valid_to):
    with pytest.raises(IntegrityError), transaction.atomic():
        copy_of(old, valid_from=END, valid_to=valid_to).save()


def test_a_unit_that_ends_on_the_first_day_of_another_is_refused(old):
    with pytest.raises(IntegrityError), transaction.atomic():
        copy_of(old, valid_from=date(2000, 1, 1), valid_to=old.valid_from).save()


def test_a_unit_within_the_days_of_another_is_refused(old):
    with pytest.raises(IntegrityError), transaction.atomic():
        copy_of(old, valid_from=date(2015, 1, 1), valid_to=date(2016, 1, 1)).save()


def test_a_code_may_be_used_again_from_the_next_day(old):
    copy_of(old, valid_from=END + timedelta(days=1)).save()
    assert Commune.objects.filter(code=old.code).count() == 2


def test_a_bulk_insert_is_refused_too(old):
    with pytest.raises(IntegrityError), transaction.atomic():
        Commune.objects.bulk_create([copy_of(old, valid_from=END)])


def test_an_update_is_refused_too(old):
    new = copy_of(old, valid_from=END + timedelta(days=1))
    new.save()
    with pytest.raises(IntegrityError), transaction.atomic():
        Commune.objects.filter(pk=new.pk).update(valid_from=END)
    with pytest.raises(IntegrityError), transaction.atomic():
        Commune.objects.filter(pk=old.pk).update(valid_to=None)


def test_a_unit_may_be_written_again_as_it_is(old):
    old.name = "Tên mới"
    old.save()
    Commune.objects.filter(pk=old.pk).update(valid_to=END)


@pytest.mark.parametrize(("model", "make"), [(Province, make_province), (District, make_district)])
def test_provinces_and_districts_are_guarded_alike(model, make):
    unit = make(code="00", valid_to=END)
    with pytest.raises(IntegrityError), transaction.atomic():
        make(code="00", valid_from=END)
    assert model.objects.filter(code="00").get() == unit

"""Days and moments in a query string, and rows by when they were last written."""

from datetime import UTC, date, datetime

import pytest
from django import forms
from django.utils import translation

from communes.models import District
from ntm_tracker.web.api.history import SinceQuery, with_last_change
from ntm_tracker.web.api.query import DayField, MomentField
from tests.factories import make_district


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_day_is_iso_in_every_language(language):
    with translation.override(language):
        assert DayField().clean("2025-06-30") == date(2025, 6, 30)


@pytest.mark.parametrize("text", ["30/06/2025", "2025-02-30", "20250630", "2025-W01-1", "today"])
def test_another_writing_of_a_day_is_refused_with_an_example(text):
    with translation.override("en"), pytest.raises(forms.ValidationError, match="2025-06-30"):
        DayField().clean(text)


@pytest.mark.parametrize("field", [DayField(), MomentField()])
@pytest.mark.parametrize("text", ["0001-01-01", "9999-12-31"])
def test_a_year_out_of_reach_is_refused(field, text):
    with translation.override("en"), pytest.raises(forms.ValidationError, match="1900"):
        field.clean(text)


@pytest.mark.parametrize(
    "text",
    [
        "2025-06-30T08:00:00+07:00",
        "2025-06-30T08:00:00 07:00",
        "2025-06-30T01:00:00Z",
        "2025-06-30T08:00:00",
    ],
)
def test_a_moment_has_its_zone_or_the_countrys(text):
    assert MomentField().clean(text) == datetime(2025, 6, 30, 1, tzinfo=UTC)


def test_an_unreadable_moment_is_refused_with_an_example():
    with translation.override("en"), pytest.raises(forms.ValidationError, match="08:00:00"):
        MomentField().clean("yesterday")


def found_since(moment):
    form = SinceQuery({"updated_since": moment.isoformat()})
    assert form.is_valid()
    return list(form.narrow(with_last_change(District.objects.all())))


@pytest.mark.django_db
def test_rows_are_told_by_their_last_change():
    district = make_district()
    before = district.history.get().history_date
    assert with_last_change(District.objects.all()).get().changed_at == before
    district.name = "Huyện khác"
    district.save()
    after = district.history.first().history_date
    assert after > before
    assert with_last_change(District.objects.all()).get().changed_at == after
    assert found_since(after) == [district]
    assert found_since(after.replace(year=after.year + 1)) == []


@pytest.mark.django_db
def test_a_row_whose_moment_is_not_known_is_always_found():
    district = make_district()
    moment = district.history.get().history_date
    district.history.all().delete()
    assert found_since(moment.replace(year=moment.year + 1)) == [district]

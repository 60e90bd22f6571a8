"""The database that the tests run on."""

import os

import pytest
from django.db import connection


@pytest.mark.django_db
def test_is_the_one_that_was_asked_for():
    assert connection.vendor == os.environ.get("EXPECT_VENDOR", connection.vendor)


@pytest.mark.django_db
def test_keeps_vietnamese_letters_whole():
    with connection.cursor() as cursor:
        cursor.execute("SELECT CAST(%s AS varchar(20))", ["Đắk Ữ ặ"])
        assert cursor.fetchone() == ("Đắk Ữ ặ",)

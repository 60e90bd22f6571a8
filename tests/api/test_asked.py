"""Which province a request is about."""

import pytest
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.request import Request
from rest_framework.test import APIRequestFactory

from communes.api.asked import province_asked
from tests.factories import make_province, make_user

pytestmark = pytest.mark.django_db


def asked(user, **query):
    request = Request(APIRequestFactory().get("/", query))
    request.user = user
    return province_asked(request)


def test_the_only_province_of_a_reader_need_not_be_named():
    province, _other = make_province(), make_province()
    assert asked(make_user(role="viewer", province=province)) == province


def test_of_several_provinces_one_is_named():
    make_province(code="20")
    second = make_province(code="21")
    reader = make_user(is_superuser=True)
    assert asked(reader, province="21") == second
    with pytest.raises(ValidationError, match="20, 21"):
        asked(reader)


def test_a_strangers_province_is_as_good_as_none():
    make_province(code="20")
    reader = make_user(role="viewer", province=make_province(code="21"))
    with pytest.raises(NotFound, match="20"):
        asked(reader, province="20")


def test_who_may_read_no_province_is_told_so():
    with pytest.raises(NotFound):
        asked(make_user())

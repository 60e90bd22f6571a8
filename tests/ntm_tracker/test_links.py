"""Addresses in e-mails."""

import pytest

from ntm_tracker.web.links import full_address


@pytest.mark.parametrize(
    ("site_url", "address"),
    [("", "http://testserver/work/"), ("https://ntm.example", "https://ntm.example/work/")],
)
def test_address_is_the_sites_where_it_is_set_else_the_requests(rf, settings, site_url, address):
    settings.SITE_URL = site_url
    assert full_address("/work/", rf.get("/")) == address


def test_without_a_request_it_is_of_this_machine(settings):
    settings.SITE_URL = ""
    assert full_address("/work/") == "http://127.0.0.1:8000/work/"

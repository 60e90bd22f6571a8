"""A merger in the making, its pages, and sentences in English."""

import pytest
from django.urls import reverse
from django.utils import translation

from tests.targets.boundaries.drafts import Merger


@pytest.fixture(autouse=True)
def _in_english(settings):
    settings.LANGUAGE_CODE = "en"
    with translation.override("en"):
        yield


@pytest.fixture
def merger(db):
    return Merger()


@pytest.fixture
def pages(client, merger):
    return Pages(client, merger)


class Pages:
    def __init__(self, client, merger):
        self.client, self.merger = client, merger
        client.force_login(merger.officer)

    def address(self, name, pk=None, **more):
        args = {"province": self.merger.province.code} | ({"pk": pk} if pk else {}) | more
        return reverse(name, kwargs=args)

    def draft(self, name, **more):
        return self.address(name, self.merger.draft.pk, **more)

    def get(self, address, **query):
        return self.client.get(address, query)

    def post(self, address, follow=True, **data):
        return self.client.post(address, data, follow=follow)

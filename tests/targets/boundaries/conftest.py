"""Sentences in tests of this folder are the English ones."""

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def _in_english(settings):
    settings.LANGUAGE_CODE = "en"
    with translation.override("en"):
        yield
